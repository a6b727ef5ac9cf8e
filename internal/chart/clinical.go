package chart

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/measures"
	"historias/internal/mx"
)

// Allergies is what is known of the patient's allergies: not_asked, none_known
// or listed, and the active ones.
type Allergies struct {
	Status string
	Items  []Allergy
}

// Allergy is one active allergy.
type Allergy struct {
	ID        uuid.UUID
	Substance string
	Code      string
	Reaction  string
	Severity  string
	OnsetOn   string
	Version   int64
}

// Problem is an active problem, or one that was resolved lately.
type Problem struct {
	ID         uuid.UUID
	Code       string
	Label      string
	Status     string
	OnsetOn    string
	ResolvedOn string
	Version    int64
}

// Medication is a medicine that the patient takes now.
type Medication struct {
	ID             uuid.UUID
	PrescriptionID uuid.UUID
	MedicationID   uuid.UUID // zero for what is in no catalog
	GenericName    string
	BrandName      string
	Presentation   string
	Dosage         string
	Frequency      string
	StartsOn       mx.Date
	EndsOn         mx.Date // zero for continuous use, and where nobody knows
}

// Vitals is what was measured lately.
type Vitals struct {
	// Latest is the newest reading, nil where nothing was measured.
	Latest *Reading
	// Previous holds, for each measure of the latest, its last value before.
	Previous map[string]measures.Point
	Series   []measures.Series
}

// Reading is one set of values measured at one moment.
type Reading struct {
	ID             uuid.UUID
	ConsultationID uuid.UUID
	MeasuredAt     time.Time
	TakenBy        uuid.UUID
	TakenByName    string
	Set            measures.Set
	States         map[string]measures.State
}

// Note is one of the latest notes.
type Note struct {
	ID         uuid.UUID
	Type       string
	Label      string
	Status     string
	OpenedAt   time.Time
	SignedAt   time.Time // zero for a draft
	AuthorID   uuid.UUID
	AuthorName string
	// Excerpt begins the note; empty for somebody else's draft.
	Excerpt       string
	Prescriptions int
}

// Counts says how much there is of what the page shows a part of.
type Counts struct {
	Consultations int // signed ones
	Prescriptions int // signed ones, voided among them
}
