// Package consultation holds visits and their notes. A note is a draft that its
// author writes, and that saves itself; the program says what the norm still asks
// of it; once she signs it nothing changes it, only dated and signed addenda stand
// beside it.
//
// What kinds of note there are, with their sections and what each needs, is data
// (types/*.json, one file an edition): a note keeps the edition it was written in.
//
// Sources, as read through the reference: NOM-004-SSA3-2012 5.10 and 5.11 (author,
// date, hour, signature; nothing is erased), 6.1 to 6.4 and 7.1 (contents by kind
// of note).
package consultation

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/letterhead"
	"historias/internal/measures"
)

// Status says how far a note has come.
type Status string

// The states of a note. Only a draft changes.
const (
	Draft     Status = "draft"
	Signed    Status = "signed"
	Discarded Status = "discarded"
)

// Statuses lists them all.
func Statuses() []Status { return []Status{Draft, Signed, Discarded} }

// Omission is an honest answer instead of a text (NOM-004 asks for the section,
// not for a finding).
type Omission string

// The omissions.
const (
	Denied        Omission = "negado"
	NotApplicable Omission = "no_aplica"
	NotAssessable Omission = "no_valorable"
)

var omissionTexts = map[Omission]string{
	Denied: "Interrogado y negado", NotApplicable: "No aplica", NotAssessable: "No valorable",
}

// Text says the answer in Spanish.
func (o Omission) Text() string { return omissionTexts[o] }

// Kind of a diagnosis.
const (
	Principal = "principal"
	Secondary = "secundario"
)

// Diagnosis is one diagnosis or clinical problem of a note. Label is what the
// author sees and signs, Version the edition of the catalog her code was read in.
type Diagnosis struct {
	Code    string `json:"code"`
	Label   string `json:"label"`
	Kind    string `json:"kind"`
	Version string `json:"catalog_version,omitempty"`
}

// Content is what an author writes. Vital signs are kept with those of the patient
// while the note is a draft, and in the note itself once it is signed.
type Content struct {
	Sections  map[string]string   `json:"sections,omitempty"`
	Omissions map[string]Omission `json:"omissions,omitempty"`
	Vitals    measures.Set        `json:"-"`
	Diagnoses []Diagnosis         `json:"diagnoses,omitempty"`
	Prognosis string              `json:"prognosis,omitempty"`
	Plan      string              `json:"plan,omitempty"`
}

// Consultation is one visit with its note.
type Consultation struct {
	ID         uuid.UUID
	PatientID  uuid.UUID
	OfficeID   uuid.UUID // zero where the clinic has no office
	AuthorID   uuid.UUID
	AuthorName string
	Type       *NoteType
	Status     Status
	OpenedAt   time.Time
	UpdatedAt  time.Time
	Version    int64
	// Missing counts what is still asked of a draft; Completeness says what.
	Missing      int
	Completeness Completeness
	Content      Content
	// Taken says when and by whom the vital signs were measured.
	Taken    Taken
	Warnings []Warning
	// Signature is what a signed note has; nil before.
	Signature *Signature
	Addenda   []Addendum
}

// Taken is when and by whom vital signs were measured.
type Taken struct {
	At time.Time
	By uuid.UUID
	// Name is empty when the person is not known any more.
	Name string
}

// Warning is worth a second look and stops nothing.
type Warning struct{ Field, Code, Message string }

// Signature is what a signed note has beyond its text.
type Signature struct {
	At     time.Time
	Hash   []byte
	Method string
	// Head are the facts of the header as they were.
	Head letterhead.Head
	// Folio and Code are of the printed document.
	Folio, Code string
}

// Addendum is a text appended to a signed note, signed itself.
type Addendum struct {
	ID         uuid.UUID
	Seq        int
	AuthorID   uuid.UUID
	AuthorName string
	License    string
	Text       string
	At         time.Time
	Hash       []byte
	Folio      string
	Code       string
}

// Listed is one row of a list.
type Listed struct {
	ID         uuid.UUID
	PatientID  uuid.UUID
	OfficeID   uuid.UUID
	AuthorID   uuid.UUID
	AuthorName string
	Type       *NoteType
	Status     Status
	OpenedAt   time.Time
	UpdatedAt  time.Time
	SignedAt   time.Time
	Missing    int
	// Excerpt begins the note, and Diagnosis is its principal one; both are empty
	// for somebody else's draft.
	Excerpt   string
	Diagnosis string
}

// The sealed fields. The texts are part of the keys and never change.
const (
	purposeDraft    = "consultation.draft"
	purposeNote     = "consultation.note"
	purposeCard     = "consultation.card"
	purposeCopy     = "consultation.copy"
	purposeAddendum = "consultation.addendum"
	purposeAddCard  = "consultation.addendum_card"
)

// What a signature is of.
const (
	subjectNote     = "consultation"
	subjectAddendum = "addendum"
)
