// Package chart is the first page of a patient's record, put together from what
// the other features know of her.
package chart

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/mx"
)

// Banner is what stays in sight on every clinical screen.
type Banner struct {
	ID             uuid.UUID
	RecordNumber   string
	GivenNames     string
	FirstSurname   string
	SecondSurname  string
	BirthDate      mx.Date // zero while it is not known
	Age            int     // complete years; meaningless without a birth date
	AgeText        string
	Sex            string
	CURP           string
	Phone          string
	BloodType      string
	Minor          bool
	Status         string // active or archived
	Representative *Representative
	Archive        *Archive // only while archived
	IdentityStatus string
	ConsentStatus  string
	LastSeenAt     time.Time
	Version        int64
}

// Representative is who answers for the patient.
type Representative struct {
	FullName     string
	Relationship string
	Phone        string
}

// Archive says why and since when the record is put away.
type Archive struct {
	Reason string
	At     time.Time
}

// Consent is where the privacy consent stands.
type Consent struct {
	Purposes []Purpose
	Events   []ConsentEvent // the latest, the newest first
}

// Purpose is the consent to one purpose.
type Purpose struct {
	Purpose string
	Status  string
}

// ConsentEvent is one link of the chain of consent.
type ConsentEvent struct {
	ID       uuid.UUID
	Type     string
	Purposes []string
	At       time.Time
	Channel  string
}

// Message is one message to the patient.
type Message struct {
	ID      uuid.UUID
	Kind    string
	Channel string
	Status  string
	At      time.Time // when it came to this status
}

// Summary is the first page of a chart. Facts of subjects that do not exist yet
// are not in it.
type Summary struct {
	Banner      Banner
	Consent     Consent
	Messages    []Message
	Allergies   Allergies
	Problems    []Problem
	Medications []Medication
	Vitals      Vitals
	Notes       []Note
	Counts      Counts
}
