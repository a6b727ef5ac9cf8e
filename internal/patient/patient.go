// Package patient is the register of a clinic's patients: who they are, how
// they are found again, and every state their data ever had.
//
// The whole identity of a person travels as one sealed token under a data key
// of her own. Lists open a second, small token, the card. Search runs on keyed
// hashes of what people type (tokens.go); whatever it finds is opened and
// checked again. Patients are archived, not deleted; Erase, which only a restore
// calls, destroys the key of one whose erasure was decided before.
package patient

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/mx"
	"historias/internal/vault"
)

// The sealed fields. The texts are part of the keys: they survive any renaming
// of columns and never change.
const (
	purposeIdentity = "patient.identity"
	purposeCard     = "patient.card"
	purposeArchive  = "patient.archive"
	purposeVersion  = "patient.version"
)

// Status says whether a record is in use.
type Status string

// The states of a record.
const (
	StatusActive   Status = "active"
	StatusArchived Status = "archived"
)

// IdentityStatus says how the identity is known. A person in an emergency may
// be registered before anybody knows the name (NOM-004-SSA3-2012, 7.1).
type IdentityStatus string

// How an identity can be known.
const (
	IdentityVerified    IdentityStatus = "verified"    // somebody saw the document
	IdentityDeclared    IdentityStatus = "declared"    // the person said so
	IdentityProvisional IdentityStatus = "provisional" // not known yet
)

// Biological sex, which doses and ranges depend on. What the CURP says and the
// gender are separate facts.
const (
	SexMale     = "H"
	SexFemale   = "M"
	SexIntersex = "I"
)

// MajorityAge is the age in complete years from which a person acts for
// herself (Código Civil Federal, 646).
const MajorityAge = 18

// Contact is somebody who answers for the patient or is called for her.
type Contact struct {
	FullName     string `json:"full_name"`
	Relationship string `json:"relationship"`
	Phone        string `json:"phone,omitempty"` // +52 and ten digits
	Email        string `json:"email,omitempty"`
}

// Identity is everything that identifies a person: the content of the sealed
// token. Optional facts that do not exist are empty.
type Identity struct {
	GivenNames    string  `json:"given_names,omitempty"`
	FirstSurname  string  `json:"first_surname,omitempty"`
	SecondSurname string  `json:"second_surname,omitempty"`
	BirthDate     mx.Date `json:"birth_date,omitzero"`
	Sex           string  `json:"sex"`
	StateOfBirth  string  `json:"state_of_birth,omitempty"` // INEGI code, or NE abroad
	CURP          string  `json:"curp,omitempty"`
	Gender        string  `json:"gender,omitempty"`
	Phone         string  `json:"phone,omitempty"` // +52 and ten digits
	Email         string  `json:"email,omitempty"`
	// Address is required data (NOM-004-SSA3-2012, 5.2.3).
	Address          *mx.Address    `json:"address,omitempty"`
	BloodType        string         `json:"blood_type,omitempty"`
	Occupation       string         `json:"occupation,omitempty"`
	MaritalStatus    string         `json:"marital_status,omitempty"`
	EmergencyContact *Contact       `json:"emergency_contact,omitempty"`
	Representative   *Contact       `json:"representative,omitempty"`
	IdentityStatus   IdentityStatus `json:"identity_status"`
}

// FullName is the name as it is spoken, empty when it is not known yet.
func (i Identity) FullName() string {
	return joinNames(i.GivenNames, i.FirstSurname, i.SecondSurname)
}

// names are the three fields in which people and CURPs are compared.
func (i Identity) names() mx.Names {
	return mx.Names{GivenNames: i.GivenNames, FirstSurname: i.FirstSurname, SecondSurname: i.SecondSurname}
}

// words are the words of the name, normalized, each once.
func (i Identity) words() []string { return mx.Words(i.GivenNames, i.FirstSurname, i.SecondSurname) }

// card is the content of the small token.
func (i Identity) card() Card {
	return Card{
		GivenNames: i.GivenNames, FirstSurname: i.FirstSurname, SecondSurname: i.SecondSurname,
		BirthDate: i.BirthDate, Sex: i.Sex, CURP: i.CURP, Phone: i.Phone,
	}
}

// phones are the numbers at which the patient, or who answers for her, is reached.
func (i Identity) phones() []string {
	var all []string
	if i.Phone != "" {
		all = append(all, i.Phone)
	}
	if r := i.Representative; r != nil && r.Phone != "" && r.Phone != i.Phone {
		all = append(all, r.Phone)
	}
	return all
}

// Patient is one record, opened.
type Patient struct {
	Identity
	ID            uuid.UUID
	RecordNumber  Number
	Status        Status
	Archive       *Archive // only while archived
	ConsentStatus ConsentStatus
	LastSeenAt    time.Time
	Version       int64
	CreatedAt     time.Time
	UpdatedAt     time.Time
	AsOf          mx.Date // the day, where the clinic is, that ages are counted to
	dataKey       vault.Key
}

// Age is the age in complete years; known is false without a birth date.
func (p Patient) Age() (years int, known bool) {
	return p.BirthDate.Age(p.AsOf).Years, !p.BirthDate.IsZero()
}

// AgeText says the age as charts do, empty without a birth date.
func (p Patient) AgeText() string { return ageText(p.BirthDate, p.AsOf) }

// Minor tells whether the patient is known to be under age.
func (p Patient) Minor() bool { return isMinor(p.BirthDate, p.AsOf) }

// Archive says why and when a record was put away.
type Archive struct {
	Reason string
	At     time.Time
	By     uuid.UUID // zero for the system
}

// archiveNote is the sealed part of an Archive.
type archiveNote struct {
	Reason string `json:"reason"`
}

// Card is what a list shows of a patient: the content of the small token.
type Card struct {
	GivenNames    string  `json:"g,omitempty"`
	FirstSurname  string  `json:"f,omitempty"`
	SecondSurname string  `json:"s,omitempty"`
	BirthDate     mx.Date `json:"b,omitzero"`
	Sex           string  `json:"x"`
	CURP          string  `json:"c,omitempty"`
	Phone         string  `json:"p,omitempty"`
}

// FullName is the name as it is spoken, empty when it is not known yet.
func (c Card) FullName() string { return joinNames(c.GivenNames, c.FirstSurname, c.SecondSurname) }

// Listed is one row of a list.
type Listed struct {
	Card
	ID             uuid.UUID
	RecordNumber   Number
	Status         Status
	IdentityStatus IdentityStatus
	ConsentStatus  ConsentStatus
	LastSeenAt     time.Time
	AsOf           mx.Date // the day that ages are counted to
}

// Age is the age in complete years; known is false without a birth date.
func (l Listed) Age() (years int, known bool) {
	return l.BirthDate.Age(l.AsOf).Years, !l.BirthDate.IsZero()
}

// AgeText says the age as charts do, empty without a birth date.
func (l Listed) AgeText() string { return ageText(l.BirthDate, l.AsOf) }

// ConsentStatus is where the privacy consent of a patient stands.
type ConsentStatus string

// ConsentNone is the status before anybody asked.
const ConsentNone ConsentStatus = "none"

// ConsentStatuses lists every status, in the order of the path to consent.
func ConsentStatuses() []ConsentStatus {
	return []ConsentStatus{
		ConsentNone, "requested", "queued", "sent", "delivered", "read", "failed",
		"accepted", "refused", "revoked", "expired",
	}
}

const consentAccepted ConsentStatus = "accepted"
