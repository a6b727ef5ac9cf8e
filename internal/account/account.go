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
	var faults []errs.Field
	add := func(field, code, message string) {
		faults = append(faults, errs.Field{Field: field, Code: code, Message: message})
	}
	mxFault := func(field string, err error) {
		var e *mx.Error
		if errors.As(err, &e) {
			add(field, string(e.Reason), e.Message())
		}
	}
	text := func(field, value string, required bool) string {
		value = mx.Line(value)
		switch {
		case value == "" && required:
			add(field, "required", "Falta este dato.")
		case len([]rune(value)) > longestText:
			add(field, "length", "Admite hasta 160 caracteres.")
		case !mx.Printable(value):
			add(field, "format", mx.Unprintable)
		}
		return value
	}
	if r.FullName = text("full_name", r.FullName, true); r.FullName != "" && len(faults) == 0 {
		_, err := mx.ValidateFullName(r.FullName)
		mxFault("full_name", err)
	}
	email, err := mx.ParseEmail(r.Email)
	mxFault("email", err)
	r.Email = email.String()
	if code, message := CheckPassword(r.Password, r.Person, r.ClinicName); code != "" {
		add("password", code, message)
	}
	if !validProfession(r.Profession) {
		add("profession", "enum", "Elija su profesión.")
	}
	r.LicenseNumber, err = mx.ParseLicense(r.LicenseNumber)
	mxFault("license_number", err)
	r.TitleInstitution = text("title_institution", r.TitleInstitution, true)
	phone, err := mx.ParsePhone(r.Phone)
	mxFault("phone", err)
	r.Phone = phone.String()
	r.Specialty = text("specialty", r.Specialty, false)
	if r.SpecialtyLicenseNumber != "" {
		r.SpecialtyLicenseNumber, err = mx.ParseLicense(r.SpecialtyLicenseNumber)
		mxFault("specialty_license_number", err)
	}
	if r.ClinicName = text("clinic_name", r.ClinicName, false); r.ClinicName == "" {
		r.ClinicName = r.FullName
	}
	if !r.AcceptTerms {
		add("accept_terms", "required", "Es necesario aceptar los términos para crear la cuenta.")
	}
	return r, errs.Invalid(faults...)
}

func validProfession(p Profession) bool {
	for _, known := range Professions() {
		if p == known {
			return true
		}
	}
	return false
}
