package mx

import (
	"strings"
	"unicode/utf8"
)

// Address is a postal address as the API carries it: a patient's, a clinic's
// and an office's have the same form. State is the INEGI code 01 to 32, Country
// is ISO 3166-1 alpha-3.
type Address struct {
	Street         string `json:"street" example:"Calle Ficticia"`
	ExteriorNumber string `json:"exterior_number" example:"48"`
	InteriorNumber string `json:"interior_number,omitempty" example:"2"`
	Neighborhood   string `json:"neighborhood" example:"Centro"`
	Municipality   string `json:"municipality" example:"Puebla"`
	State          string `json:"state" example:"21"`
	PostalCode     string `json:"postal_code" example:"72000"`
	Country        string `json:"country" example:"MEX"`
}

// AddressFault is what is wrong with one field of an address.
type AddressFault struct {
	Field   string
	Reason  Reason
	Message string
}

const longestAddressField = 120

// Trim returns the address with each field as a Line, and with Mexico as the
// country when none is given.
func (a Address) Trim() Address {
	for _, f := range a.fields() {
		*f.value = Line(*f.value)
	}
	if a.Country == "" && a != (Address{}) {
		a.Country = "MEX"
	}
	return a
}

// IsZero tells whether nothing was written.
func (a Address) IsZero() bool { return a == Address{} }

type addressField struct {
	name     string
	value    *string
	optional bool
}

func (a *Address) fields() []addressField {
	return []addressField{
		{"street", &a.Street, false},
		{"exterior_number", &a.ExteriorNumber, false},
		{"interior_number", &a.InteriorNumber, true},
		{"neighborhood", &a.Neighborhood, false},
		{"municipality", &a.Municipality, false},
		{"state", &a.State, false},
		{"postal_code", &a.PostalCode, false},
		{"country", &a.Country, true},
	}
}

// Faults lists everything that is wrong, field by field. Outside Mexico the
// state and the postal code keep the form of their country.
func (a Address) Faults() []AddressFault {
	var out []AddressFault
	add := func(name string, r Reason, message string) {
		out = append(out, AddressFault{Field: name, Reason: r, Message: message})
	}
	for _, f := range a.fields() {
		switch {
		case *f.value == "" && !f.optional:
			add(f.name, ReasonEmpty, "Falta este dato del domicilio.")
		case !Printable(*f.value):
			add(f.name, ReasonFormat, Unprintable)
		case utf8.RuneCountInString(*f.value) > longestAddressField:
			add(f.name, ReasonLength, "Admite hasta 120 caracteres.")
		}
	}
	if a.Country != "" && (len(a.Country) != 3 || a.Country != strings.ToUpper(a.Country)) {
		add("country", ReasonFormat, "Use la clave de tres letras del país, por ejemplo MEX.")
	}
	if a.Country != "MEX" {
		return out
	}
	if a.State != "" && (!ValidStateCode(a.State) || a.State == "NE") {
		add("state", ReasonFormat, "Elija uno de los 32 estados.")
	}
	if _, err := ParsePostalCode(a.PostalCode); a.PostalCode != "" && err != nil {
		add("postal_code", ReasonFormat, "Debe tener cinco dígitos.")
	}
	return out
}

// Line gives the address in one line, as it is printed.
func (a Address) Line() string {
	number := a.ExteriorNumber
	if a.InteriorNumber != "" {
		number += " int. " + a.InteriorNumber
	}
	parts := []string{
		strings.TrimSpace(a.Street + " " + number), a.Neighborhood,
		strings.TrimSpace("C.P. " + a.PostalCode), a.Municipality, StateName(a.State),
	}
	var kept []string
	for _, p := range parts {
		if p != "" && p != "C.P." {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}

var stateNames = [...]string{
	"Aguascalientes", "Baja California", "Baja California Sur", "Campeche", "Coahuila de Zaragoza", "Colima",
	"Chiapas", "Chihuahua", "Ciudad de México", "Durango", "Guanajuato", "Guerrero", "Hidalgo", "Jalisco",
	"México", "Michoacán de Ocampo", "Morelos", "Nayarit", "Nuevo León", "Oaxaca", "Puebla", "Querétaro",
	"Quintana Roo", "San Luis Potosí", "Sinaloa", "Sonora", "Tabasco", "Tamaulipas", "Tlaxcala",
	"Veracruz de Ignacio de la Llave", "Yucatán", "Zacatecas",
}

// StateName gives the name of a state by its INEGI code, "" for an unknown one.
func StateName(code string) string {
	n, ok := digits(code)
	if !ok || len(code) != 2 || n < 1 || n > len(stateNames) {
		return ""
	}
	return stateNames[n-1]
}
