// Package clinic holds the clinic, the law's responsable (LFPDPPP 2-XIV): its
// profile and its offices. A solo doctor is a clinic of one.
package clinic

import (
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Profile is what a clinic says of itself. The law wants identity and address in
// the notice (LFPDPPP 15-I) and somebody who answers requests (29).
type Profile struct {
	ID             uuid.UUID
	Slug           string
	LegalName      string
	TradeName      string
	RFC            string
	Address        mx.Address
	PrivacyContact Contact
	Custodian      string
	Demo           bool
	Version        int64
	UpdatedAt      time.Time
}

// Contact is the person or department that processes privacy requests.
type Contact struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Phone string `json:"phone"`
}

// sealedProfile is the sealed part of a profile.
type sealedProfile struct {
	LegalName string     `json:"legal_name"`
	TradeName string     `json:"trade_name,omitempty"`
	RFC       string     `json:"rfc,omitempty"`
	Address   mx.Address `json:"address"`
	Contact   Contact    `json:"privacy_contact"`
	Custodian string     `json:"custodian,omitempty"`
}

const (
	purposeProfile = "clinic.profile"
	purposeOffice  = "clinic.office"
)

type profileToken = vault.Sealed[sealedProfile]

// DisplayName is the name by which people know the clinic.
func (p Profile) DisplayName() string {
	if p.TradeName != "" {
		return p.TradeName
	}
	return p.LegalName
}

// Missing lists the fields without which consent cannot be asked, nothing be
// signed and no notice be published.
func (p Profile) Missing() []string {
	var out []string
	if p.LegalName == "" {
		out = append(out, "legal_name")
	}
	if len(p.Address.Faults()) > 0 {
		out = append(out, "address")
	}
	if p.PrivacyContact.Name == "" {
		out = append(out, "privacy_contact.name")
	}
	if p.PrivacyContact.Email == "" && p.PrivacyContact.Phone == "" {
		out = append(out, "privacy_contact.email")
	}
	return out
}

// Complete says that nothing is missing.
func (p Profile) Complete() bool { return len(p.Missing()) == 0 }

// Update is the editable part of a profile; PUT replaces it whole.
type Update struct {
	LegalName      string
	TradeName      string
	RFC            string
	Address        mx.Address
	PrivacyContact Contact
	Custodian      string
}

const longestName = 160

// Clean normalises the texts and lists every fault, all at once (400).
func (u Update) Clean() (Update, error) {
	f := &faults{}
	u.LegalName = f.text("legal_name", u.LegalName, true)
	u.TradeName = f.text("trade_name", u.TradeName, false)
	u.Custodian = f.text("custodian", u.Custodian, false)
	if u.RFC = strings.TrimSpace(u.RFC); u.RFC != "" {
		rfc, err := mx.ParseRFC(u.RFC)
		f.mx("rfc", err)
		u.RFC = rfc.String()
	}
	u.Address = u.Address.Trim()
	if !u.Address.IsZero() {
		f.address("address", u.Address)
	}
	u.PrivacyContact = f.contact("privacy_contact", u.PrivacyContact)
	return u, errs.Invalid(f.list...)
}

// faults collects what is wrong with a form.
type faults struct{ list []errs.Field }

func (f *faults) add(field, code, message string) {
	f.list = append(f.list, errs.Field{Field: field, Code: code, Message: message})
}

func (f *faults) text(field, value string, required bool) string {
	value = mx.Line(value)
	switch {
	case value == "" && required:
		f.add(field, "required", "Falta este dato.")
	case len([]rune(value)) > longestName:
		f.add(field, "length", "Admite hasta 160 caracteres.")
	case !mx.Printable(value):
		f.add(field, "format", mx.Unprintable)
	}
	return value
}

func (f *faults) mx(field string, err error) {
	var e *mx.Error
	if errors.As(err, &e) {
		f.add(field, string(e.Reason), e.Message())
	}
}

func (f *faults) address(prefix string, a mx.Address) {
	for _, x := range a.Faults() {
		f.add(prefix+"."+x.Field, string(x.Reason), x.Message)
	}
}

func (f *faults) contact(prefix string, c Contact) Contact {
	c.Name = f.text(prefix+".name", c.Name, false)
	if c.Email = strings.TrimSpace(c.Email); c.Email != "" {
		email, err := mx.ParseEmail(c.Email)
		f.mx(prefix+".email", err)
		c.Email = email.String()
	}
	if c.Phone = strings.TrimSpace(c.Phone); c.Phone != "" {
		phone, err := mx.ParsePhone(c.Phone)
		f.mx(prefix+".phone", err)
		c.Phone = phone.String()
	}
	return c
}
