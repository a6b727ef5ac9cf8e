// Package account holds people: registration, sign-in and who they are. What a
// person may do is a matter of her membership in a clinic.
package account

import (
	"errors"

	"github.com/google/uuid"

	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Profession is the field in which a person has a title. Who may prescribe
// follows from it (LGS 28 Bis).
type Profession string

// Professions lists them all, in the order of the form.
func Professions() []Profession {
	return []Profession{
		"medico_cirujano", "medico_homeopata", "cirujano_dentista", "enfermeria",
		"psicologia", "nutricion", "fisioterapia", "otra",
	}
}

// Person is a user of the program, over all clinics.
type Person struct {
	ID                     uuid.UUID
	FullName               string
	Email                  string
	Phone                  string
	Profession             Profession
	LicenseNumber          string
	TitleInstitution       string
	Specialty              string
	SpecialtyLicenseNumber string
	// EmailVerified says that the person opened a link sent to her address.
	EmailVerified bool
}

// Licensed says that the person has a cédula profesional (LGS 83).
func (p Person) Licensed() bool { return p.LicenseNumber != "" }

// sealedPerson is the sealed part of a user's row.
type sealedPerson struct {
	FullName               string     `json:"full_name"`
	Email                  string     `json:"email"`
	Phone                  string     `json:"phone,omitempty"`
	Profession             Profession `json:"profession,omitempty"`
	LicenseNumber          string     `json:"license_number,omitempty"`
	TitleInstitution       string     `json:"title_institution,omitempty"`
	Specialty              string     `json:"specialty,omitempty"`
	SpecialtyLicenseNumber string     `json:"specialty_license_number,omitempty"`
}

type personToken = vault.Sealed[sealedPerson]

const (
	purposePerson = "account.person"
	indexEmail    = "user.email"
)

func (p Person) sealed() sealedPerson {
	return sealedPerson{
		FullName: p.FullName, Email: p.Email, Phone: p.Phone, Profession: p.Profession,
		LicenseNumber: p.LicenseNumber, TitleInstitution: p.TitleInstitution,
		Specialty: p.Specialty, SpecialtyLicenseNumber: p.SpecialtyLicenseNumber,
	}
}

func (s sealedPerson) person(id uuid.UUID) Person {
	return Person{
		ID: id, FullName: s.FullName, Email: s.Email, Phone: s.Phone, Profession: s.Profession,
		LicenseNumber: s.LicenseNumber, TitleInstitution: s.TitleInstitution,
		Specialty: s.Specialty, SpecialtyLicenseNumber: s.SpecialtyLicenseNumber,
	}
}

// Registration is what a new doctor tells.
type Registration struct {
	Person
	Password    string
	ClinicName  string
	AcceptTerms bool
	Demo        bool
}

const longestText = 160

// Clean normalises a registration and lists every fault at once (400).
func (r Registration) Clean() (Registration, error) {
	p, faults := r.cleaned(demands{phone: true, license: true})
	r.Person = p
	email, err := mx.ParseEmail(r.Email)
	faults.mx("email", err)
	r.Email = email.String()
	if r.ClinicName = faults.text("clinic_name", r.ClinicName, false); r.ClinicName == "" {
		r.ClinicName = r.FullName
	}
	if code, message := CheckPassword(r.Password, r.Person, r.ClinicName); code != "" {
		faults.add("password", code, message)
	}
	if !r.AcceptTerms {
		faults.add("accept_terms", "required", "Es necesario aceptar los términos para crear la cuenta.")
	}
	return r, errs.Invalid(faults...)
}

// demands are what a form cannot do without, besides the name.
type demands struct{ phone, license bool }

// cleaned normalises what a person says of herself, all but her address.
func (p Person) cleaned(must demands) (Person, faults) {
	var f faults
	var err error
	if p.FullName = f.text("full_name", p.FullName, true); p.FullName != "" && len(f) == 0 {
		_, err = mx.ValidateFullName(p.FullName)
		f.mx("full_name", err)
	}
	if !validProfession(p.Profession) {
		f.add("profession", "enum", "Elija su profesión.")
	}
	if p.LicenseNumber != "" || must.license {
		p.LicenseNumber, err = mx.ParseLicense(p.LicenseNumber)
		f.mx("license_number", err)
	}
	p.TitleInstitution = f.text("title_institution", p.TitleInstitution, must.license)
	if p.Phone != "" || must.phone {
		phone, err := mx.ParsePhone(p.Phone)
		f.mx("phone", err)
		p.Phone = phone.String()
	}
	p.Specialty = f.text("specialty", p.Specialty, false)
	if p.SpecialtyLicenseNumber != "" {
		p.SpecialtyLicenseNumber, err = mx.ParseLicense(p.SpecialtyLicenseNumber)
		f.mx("specialty_license_number", err)
	}
	return p, f
}

// faults are what is wrong with the fields of a form.
type faults []errs.Field

func (f *faults) add(field, code, message string) {
	*f = append(*f, errs.Field{Field: field, Code: code, Message: message})
}

func (f *faults) mx(field string, err error) {
	var e *mx.Error
	if errors.As(err, &e) {
		f.add(field, string(e.Reason), e.Message())
	}
}

// text cleans one line of text.
func (f *faults) text(field, value string, required bool) string {
	value = mx.Line(value)
	switch {
	case value == "" && required:
		f.add(field, "required", "Falta este dato.")
	case len([]rune(value)) > longestText:
		f.add(field, "length", "Admite hasta 160 caracteres.")
	case !mx.Printable(value):
		f.add(field, "format", mx.Unprintable)
	}
	return value
}

func validProfession(p Profession) bool {
	for _, known := range Professions() {
		if p == known {
			return true
		}
	}
	return false
}
