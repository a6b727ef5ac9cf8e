// Package document keeps the papers that a clinic hands out: the PDF of each
// signed note, addendum and prescription, sealed with its hash and never drawn
// again, and the code by which anybody who holds the paper can ask whether it
// is genuine and in force.
//
// NOM-004-SSA3-2012, 5.10 and 5.11: every note carries date, hour, author and
// signature, and is kept without alterations.
package document

import (
	"crypto/sha256"
	"time"

	"github.com/google/uuid"
)

// Kind is what a document is. Its text never changes: it is bound into what is
// sealed.
type Kind string

// The kinds. The subject of a note is its consultation.
const (
	Note         Kind = "note"
	Addendum     Kind = "addendum"
	Prescription Kind = "prescription"
)

// letter begins the folio of a kind.
func (k Kind) letter() string {
	switch k {
	case Prescription:
		return "R"
	case Addendum:
		return "A"
	}
	return "N"
}

// File is one document on one paper. Format is "letter", "half_letter" or
// "letter_large".
type File struct {
	Format string
	PDF    []byte
}

// Hash is the SHA-256 of the PDF.
func (f File) Hash() [sha256.Size]byte { return sha256.Sum256(f.PDF) }

// Issuer is who signed and where, as it is printed on the paper.
type Issuer struct {
	FullName         string `json:"full_name"`
	License          string `json:"license_number"`
	TitleInstitution string `json:"title_institution"`
	Establishment    string `json:"establishment"`
}

// Issue is a document at its signing.
type Issue struct {
	Kind Kind
	// SubjectID is the consultation, the addendum or the prescription.
	SubjectID uuid.UUID
	PatientID uuid.UUID
	// Code is of NewCode, Folio of NextFolio; both stand on the paper.
	Code     string
	Folio    string
	IssuedAt time.Time
	// TimeZone is the IANA name by which the paper prints its hours.
	TimeZone string
	Issuer   Issuer
	// Files are the same document on its papers, one for each format.
	Files []File
}

// Voiding is that a document is no longer in force. Files are its papers with
// the mark that says so; without them the first ones are given still.
type Voiding struct {
	Kind      Kind
	SubjectID uuid.UUID
	At        time.Time
	Files     []File
}

// Status is whether a document is in force.
type Status string

// The statuses.
const (
	InForce Status = "in_force"
	Voided  Status = "voided"
)

// Face is what anybody who holds the paper may read: never the patient.
type Face struct {
	Kind     Kind
	Status   Status
	IssuedAt time.Time
	// VoidedAt is zero while the document is in force.
	VoidedAt time.Time
	Folio    string
	// TimeZone is the IANA name by which the paper prints its hours.
	TimeZone string
	Issuer   Issuer
}
