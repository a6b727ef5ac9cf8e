package patient

import "historias/internal/mx"

// address reads a domicile.
func (c *checker) address(field string, a *mx.Address) *mx.Address {
	if a == nil {
		return nil
	}
	at := field + "."
	out := mx.Address{
		Street:         c.text(at+"street", a.Street, longestAny),
		ExteriorNumber: c.text(at+"exterior_number", a.ExteriorNumber, longestAny),
		InteriorNumber: c.text(at+"interior_number", a.InteriorNumber, longestAny),
		Neighborhood:   c.text(at+"neighborhood", a.Neighborhood, longestAny),
		Municipality:   c.text(at+"municipality", a.Municipality, longestAny),
		State:          c.text(at+"state", a.State, longestAny),
		PostalCode:     c.text(at+"postal_code", a.PostalCode, longestAny),
		Country:        c.text(at+"country", a.Country, longestAny),
	}.Trim()
	for _, fault := range out.Faults() {
		c.fault(at+fault.Field, string(fault.Reason), fault.Message)
	}
	return &out
}

// contact reads a person who is not the patient. An emergency contact without
// a phone would be of no use.
func (c *checker) contact(field string, p *Contact, needsPhone bool) *Contact {
	if p == nil {
		return nil
	}
	at := field + "."
	c.required(at+"full_name", p.FullName, "Escriba el nombre completo.")
	c.required(at+"relationship", p.Relationship, "Escriba el parentesco.")
	if needsPhone {
		c.required(at+"phone", p.Phone, "Escriba el teléfono.")
	}
	return &Contact{
		FullName:     c.fullName(at+"full_name", p.FullName),
		Relationship: c.text(at+"relationship", p.Relationship, longestShort),
		Phone:        c.phone(at+"phone", p.Phone),
		Email:        c.email(at+"email", p.Email),
	}
}
