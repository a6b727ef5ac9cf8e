package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/mx"
	"historias/internal/patient"
)

// floorPatient is a patient as a small program would keep her.
type floorPatient struct {
	ID             uuid.UUID
	RecordNumber   int64
	GivenNames     string
	FirstSurname   string
	SecondSurname  string
	BirthDate      time.Time
	Sex            string
	CURP           *string
	Phone          *string
	Email          *string
	Address        mx.Address
	BloodType      *string
	Occupation     *string
	Status         string
	IdentityStatus string
	Consent        string
	LastSeenAt     time.Time
	Version        int64
	CreatedAt      time.Time
	UpdatedAt      time.Time
	words          string
}

var floorColumns = []string{
	"id", "record_number", "given_names", "first_surname", "second_surname", "birth_date", "sex", "curp", "phone", "email",
	"street", "exterior_number", "interior_number", "neighborhood", "municipality", "state", "postal_code", "country",
	"blood_type", "occupation", "status", "identity_status", "consent_status", "last_seen_at", "version", "created_at", "updated_at", "words",
}

func floorPerson(id uuid.UUID, number int64, f patient.Form, now time.Time) *floorPatient {
	born, _ := time.Parse(time.DateOnly, f.BirthDate)
	return &floorPatient{
		ID: id, RecordNumber: number, GivenNames: f.GivenNames, FirstSurname: f.FirstSurname, SecondSurname: f.SecondSurname,
		BirthDate: born, Sex: f.Sex, Phone: &f.Phone, Address: *f.Address, BloodType: &f.BloodType, Occupation: &f.Occupation,
		Status: "active", IdentityStatus: "declared", Consent: "none", LastSeenAt: now, Version: 1, CreatedAt: now, UpdatedAt: now,
		words: " " + strings.Join(mx.Words(f.GivenNames, f.FirstSurname, f.SecondSurname), " "),
	}
}

func (p *floorPatient) values() []any {
	a := p.Address
	return []any{
		p.ID, p.RecordNumber, p.GivenNames, p.FirstSurname, p.SecondSurname, p.BirthDate, p.Sex, p.CURP, p.Phone, p.Email,
		a.Street, a.ExteriorNumber, a.InteriorNumber, a.Neighborhood, a.Municipality, a.State, a.PostalCode, a.Country,
		p.BloodType, p.Occupation, p.Status, p.IdentityStatus, p.Consent, p.LastSeenAt, p.Version, p.CreatedAt, p.UpdatedAt, p.words,
	}
}

func (p *floorPatient) targets() []any {
	a := &p.Address
	return []any{
		&p.ID, &p.RecordNumber, &p.GivenNames, &p.FirstSurname, &p.SecondSurname, &p.BirthDate, &p.Sex, &p.CURP, &p.Phone, &p.Email,
		&a.Street, &a.ExteriorNumber, &a.InteriorNumber, &a.Neighborhood, &a.Municipality, &a.State, &a.PostalCode, &a.Country,
		&p.BloodType, &p.Occupation, &p.Status, &p.IdentityStatus, &p.Consent, &p.Version, &p.CreatedAt, &p.UpdatedAt,
	}
}

// floorSelect reads what an answer shows of one patient.
var floorSelect = "select " + strings.Join(slices.DeleteFunc(slices.Clone(floorColumns), func(c string) bool {
	return c == "words" || c == "last_seen_at"
}), ", ") + " from floor.patients "

// floorAnswer is a patient as the program answers one: the same facts under the
// same names.
type floorAnswer struct {
	GivenNames     string     `json:"given_names"`
	FirstSurname   string     `json:"first_surname"`
	SecondSurname  string     `json:"second_surname"`
	BirthDate      string     `json:"birth_date"`
	Sex            string     `json:"sex"`
	CURP           *string    `json:"curp,omitempty"`
	Phone          *string    `json:"phone,omitempty"`
	Email          *string    `json:"email,omitempty"`
	Address        mx.Address `json:"address"`
	BloodType      *string    `json:"blood_type,omitempty"`
	Occupation     *string    `json:"occupation,omitempty"`
	IdentityStatus string     `json:"identity_status"`
	ID             uuid.UUID  `json:"id"`
	RecordNumber   string     `json:"record_number"`
	Age            int        `json:"age"`
	AgeText        string     `json:"age_text"`
	Minor          bool       `json:"minor"`
	Status         string     `json:"status"`
	Consent        consent    `json:"consent"`
	Version        int64      `json:"version"`
	CreatedAt      time.Time  `json:"created_at"`
	UpdatedAt      time.Time  `json:"updated_at"`
	Warnings       []string   `json:"warnings,omitempty"`
}

type consent struct {
	Status string `json:"status"`
}

func (p *floorPatient) answer() floorAnswer {
	age := ageOf(p.BirthDate)
	return floorAnswer{
		GivenNames: p.GivenNames, FirstSurname: p.FirstSurname, SecondSurname: p.SecondSurname,
		BirthDate: p.BirthDate.Format(time.DateOnly), Sex: p.Sex, CURP: p.CURP, Phone: p.Phone, Email: p.Email, Address: p.Address,
		BloodType: p.BloodType, Occupation: p.Occupation, IdentityStatus: p.IdentityStatus, ID: p.ID,
		RecordNumber: recordNumber(p.RecordNumber), Age: age.years, AgeText: age.text, Minor: age.years < patient.MajorityAge,
		Status: p.Status, Consent: consent{p.Consent}, Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
}

// floorItem is a patient of a list, again as the program answers one.
type floorItem struct {
	ID             uuid.UUID `json:"id"`
	RecordNumber   string    `json:"record_number"`
	GivenNames     string    `json:"given_names"`
	FirstSurname   string    `json:"first_surname"`
	SecondSurname  string    `json:"second_surname"`
	BirthDate      string    `json:"birth_date"`
	Age            int       `json:"age"`
	AgeText        string    `json:"age_text"`
	Sex            string    `json:"sex"`
	CURP           *string   `json:"curp,omitempty"`
	Phone          *string   `json:"phone,omitempty"`
	Status         string    `json:"status"`
	IdentityStatus string    `json:"identity_status"`
	Consent        consent   `json:"consent"`
	LastSeenAt     time.Time `json:"last_seen_at"`
}

const floorItemColumns = `p.id, p.record_number, p.given_names, p.first_surname, p.second_surname, p.birth_date, p.sex, p.curp,
 p.phone, p.status, p.identity_status, p.consent_status, p.last_seen_at`

// scan reads floorItemColumns.
func (f *floorItem) scan(row interface{ Scan(...any) error }) error {
	var number int64
	var born time.Time
	err := row.Scan(&f.ID, &number, &f.GivenNames, &f.FirstSurname, &f.SecondSurname, &born, &f.Sex, &f.CURP, &f.Phone,
		&f.Status, &f.IdentityStatus, &f.Consent.Status, &f.LastSeenAt)
	age := ageOf(born)
	f.RecordNumber, f.BirthDate, f.Age, f.AgeText = recordNumber(number), born.Format(time.DateOnly), age.years, age.text
	return err
}

func recordNumber(n int64) string { return fmt.Sprintf("H-%06d", n) }

type age struct {
	years int
	text  string
}

func ageOf(born time.Time) age {
	birth, today := mx.DateOf(born), mx.DateOf(time.Now())
	return age{birth.Age(today).Years, mx.AgeText(birth, today)}
}

// tokensOf are the entries by which a name is found.
func tokensOf(names ...string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(token string) {
		if !seen[token] {
			seen[token] = true
			out = append(out, token)
		}
	}
	words := mx.IndexWords(names...)
	for i, word := range words {
		for _, b := range mx.Beginnings(word) {
			add(b)
		}
		for _, other := range words[i+1:] {
			if pair, ok := pairOf(word, other); ok {
				add(pair)
			}
		}
	}
	return out
}

// pairOf joins the first three letters of two words, which are those of a plain
// name; ok is false where that says no more than one of them.
func pairOf(a, b string) (pair string, ok bool) {
	if len(a) < 3 || len(b) < 3 || a[:3] == b[:3] {
		return "", false
	}
	return min(a[:3], b[:3]) + "|" + max(a[:3], b[:3]), true
}
