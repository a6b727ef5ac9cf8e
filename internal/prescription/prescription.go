// Package prescription holds recetas: what a prescriber indicates on a
// consultation, the alerts that she answers before signing, signing, voiding and
// issuing anew, and the medicines that a patient takes because of them.
//
// Sources, read through reference/regulacion.md 4: Ley General de Salud 28 Bis
// (who may prescribe), 225 and 226 (generic name, fractions), 240, 241, 251 and
// 252; Reglamento de Insumos para la Salud 29 to 31 (content of a receta).
package prescription

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/letterhead"
)

// Status is where a prescription stands.
type Status string

// The states. A draft is its author's; signed and voided ones never change.
const (
	StatusDraft     Status = "draft"
	StatusDiscarded Status = "discarded"
	StatusSigned    Status = "signed"
	StatusVoided    Status = "voided"
)

// Statuses lists the states.
func Statuses() []Status {
	return []Status{StatusDraft, StatusDiscarded, StatusSigned, StatusVoided}
}

// Item is one medicine of a prescription. The texts are printed as they stand.
type Item struct {
	ID uuid.UUID `json:"id"`
	// MedicationID is the product of the catalog, zero where it was written by
	// hand.
	MedicationID      uuid.UUID   `json:"medication_id,omitzero"`
	GenericName       string      `json:"generic_name"`
	BrandName         string      `json:"brand_name,omitempty"`
	AllowSubstitution bool        `json:"allow_substitution"`
	Presentation      string      `json:"presentation"`
	Dose              string      `json:"dose"`
	Route             string      `json:"route"`
	Frequency         string      `json:"frequency"`
	Duration          string      `json:"duration"`
	Quantity          int         `json:"quantity,omitempty"` // whole packages; 0 while it is not known
	Instructions      string      `json:"instructions,omitempty"`
	Structured        *Structured `json:"structured,omitempty"`
	// SpecialFolio is the folio of the special recetario of a fraction I medicine.
	SpecialFolio string `json:"special_form_folio,omitempty"`
	// Fills is how often a pharmacy may fill the item, 0 while nobody said.
	Fills int `json:"fills,omitempty"`
	// Replaces is the course of medicine that this item takes the place of.
	Replaces uuid.UUID `json:"replaces_course_id,omitzero"`
}

// Structured is the dose as numbers, beside the texts.
type Structured struct {
	// DoseAmount is as it was written ("1/2", "2,5"); DoseRatio the same as an
	// exact fraction ("1/2", "5/2").
	DoseAmount   string `json:"dose_amount,omitempty"`
	DoseRatio    string `json:"dose_ratio,omitempty"`
	DoseUnit     string `json:"dose_unit,omitempty"`
	EveryHours   int    `json:"every_hours,omitempty"`
	TimesPerDay  int    `json:"times_per_day,omitempty"`
	AsNeeded     bool   `json:"as_needed,omitempty"`
	DurationDays int    `json:"duration_days,omitempty"`
	Continuous   bool   `json:"continuous,omitempty"`
}

// Acknowledgement is the reason for which the author went on in spite of an alert.
type Acknowledgement struct {
	AlertID string    `json:"alert_id"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
	By      uuid.UUID `json:"by"`
}

// Content is what the author of a draft writes.
type Content struct {
	Items            []Item            `json:"items"`
	Acknowledgements []Acknowledgement `json:"acknowledgements,omitempty"`
}

// Document is what was signed: everything the paper shows, and the answered
// alerts, which only the record shows. Its canonical form is what the signature
// covers.
type Document struct {
	Format         string          `json:"format"`
	ClinicID       uuid.UUID       `json:"clinic_id"`
	PrescriptionID uuid.UUID       `json:"prescription_id"`
	PatientID      uuid.UUID       `json:"patient_id"`
	ConsultationID uuid.UUID       `json:"consultation_id"`
	Reissues       uuid.UUID       `json:"reissues,omitzero"`
	Folio          string          `json:"folio"`
	Code           string          `json:"code"`
	IssuedAt       time.Time       `json:"issued_at"`
	Method         string          `json:"method"` // how the signer proved who she is
	Head           letterhead.Head `json:"head"`
	Items          []Signed        `json:"items"`
	Allergies      Declared        `json:"allergies"`
	Weight         string          `json:"weight,omitempty"`
	Alerts         []Alert         `json:"alerts,omitempty"`
}

// documentFormat names the shape of Document that the signature covers.
const documentFormat = "historias.receta.v1"

// Signed is an item with what the catalog said of it on the day of signing.
type Signed struct {
	Item
	Fraction       string `json:"fraction,omitempty"` // I to VI, empty where nobody knows
	Antibiotic     bool   `json:"antibiotic,omitempty"`
	CatalogVersion string `json:"catalog_version,omitempty"`
}

// Declared is what the record said of allergies when the prescription was signed.
type Declared struct {
	// Status is not_asked, none_known or listed.
	Status     string   `json:"status"`
	Substances []string `json:"substances,omitempty"`
}

// Voided says why, when and by whom a signed prescription was annulled.
type Voided struct {
	Reason string
	At     time.Time
	By     uuid.UUID
	ByName string
}

// Prescription is one receta.
type Prescription struct {
	ID             uuid.UUID
	PatientID      uuid.UUID
	ConsultationID uuid.UUID
	AuthorID       uuid.UUID
	AuthorName     string
	Status         Status
	Items          []Item
	Alerts         []Alert
	// Acknowledgements are the reasons that answer alerts of now.
	Acknowledgements []Acknowledgement
	// Sheets are the papers, SpecialForm what is only recorded.
	Sheets      []Sheet
	SpecialForm []string
	// Reissues is the voided prescription that this one replaces, ReissuedAs the
	// one that replaces this.
	Reissues   uuid.UUID
	ReissuedAs uuid.UUID
	Version    int64
	CreatedAt  time.Time
	UpdatedAt  time.Time
	// Of a signed one only.
	SignedAt time.Time
	Hash     []byte
	Document *Document
	Voided   *Voided
}

// Listed is a prescription in a list. Of somebody else's draft it says nothing
// but that it exists.
type Listed struct {
	ID             uuid.UUID
	PatientID      uuid.UUID
	Patient        Card
	ConsultationID uuid.UUID
	AuthorID       uuid.UUID
	AuthorName     string
	Status         Status
	Reissues       uuid.UUID
	Folio          string
	Items          []Line
	CreatedAt      time.Time
	SignedAt       time.Time
	VoidedAt       time.Time
}

// Line is an item in a list.
type Line struct {
	GenericName  string
	BrandName    string
	Presentation string
	Dosage       string // how it is taken, in one sentence
}
