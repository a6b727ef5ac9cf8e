// Package conditions keeps what a patient has: her allergies, with the answer of
// who knows of none, and her problems, coded by CIE-10.
//
// A condition is never deleted. What ended is inactive or resolved, what was
// entered by mistake has the status error, and every earlier state is kept.
package conditions

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/errs"
)

// Status says whether a condition counts.
type Status string

// The statuses. Only problems are resolved.
const (
	Active   Status = "active"
	Inactive Status = "inactive"
	Resolved Status = "resolved"
	Mistaken Status = "error" // entered by mistake
)

// Head is what every condition has.
type Head struct {
	ID             uuid.UUID
	PatientID      uuid.UUID
	Status         Status
	Version        int64
	CreatedAt      time.Time
	RecordedBy     uuid.UUID
	RecordedByName string
	UpdatedAt      time.Time
}

// Allergy is what somebody reacts to, and how: the content of its token.
type Allergy struct {
	Substance string `json:"substance"`
	// Code is of the catalog of allergens: "class:penicillins",
	// "generic:amoxicilina", "food:peanut"; empty for what is in none.
	Code     string `json:"code,omitempty"`
	Reaction string `json:"reaction,omitempty"`
	Severity string `json:"severity,omitempty"` // mild, moderate, severe
	// OnsetOn is a year, a month or a day, as far as it is known.
	OnsetOn string `json:"onset_on,omitempty"`
}

// Problem is a diagnosis that goes on or went: the content of its token.
type Problem struct {
	Code string `json:"code"`
	// Label is what the doctor calls it; CatalogLabel what CIE-10 does, in the
	// version of CatalogVersion.
	Label          string `json:"label"`
	CatalogLabel   string `json:"catalog_label"`
	CatalogVersion string `json:"catalog_version"`
	OnsetOn        string `json:"onset_on,omitempty"`
	ResolvedOn     string `json:"resolved_on,omitempty"`
}

// Entry is one condition of a patient.
type Entry[T any] struct {
	Head
	Data T
}

// Warning is a question about a condition that can be kept.
type Warning struct {
	Field   string
	Code    string
	Message string
}

// AllergyStatus says what is known of a patient's allergies.
type AllergyStatus string

// The three answers: nobody asked, she knows of none, there are some.
const (
	NotAsked  AllergyStatus = "not_asked"
	NoneKnown AllergyStatus = "none_known"
	Listed    AllergyStatus = "listed"
)

// Denial is the answer of a patient who knows of no allergy.
type Denial struct {
	At     time.Time
	By     uuid.UUID
	ByName string
}

// Allergies is what is known of a patient's allergies.
type Allergies struct {
	Status AllergyStatus
	// Denial is there while the status is NoneKnown.
	Denial *Denial
	Items  []Entry[Allergy]
}

// kind is what differs between allergies and problems.
type kind struct {
	name             string // in the database and in the trail
	statuses         []Status
	created, updated audit.Action
	listed           audit.Action
	purpose          string // of the sealed content
	missing          error
	stale            error
	duplicate        *errs.Error
}

var allergies = kind{
	name: "allergy", statuses: []Status{Active, Inactive, Mistaken},
	created: audit.AllergyCreated, updated: audit.AllergyUpdated, listed: audit.AllergiesListed,
	purpose: "conditions.allergy", missing: errs.NotFound("allergy"), stale: errs.Stale("allergy"),
	duplicate: errs.Conflict("allergy.duplicate", "Esta alergia ya está registrada. Abra la que existe para completarla."),
}

var problems = kind{
	name: "problem", statuses: []Status{Active, Inactive, Resolved, Mistaken},
	created: audit.ProblemCreated, updated: audit.ProblemUpdated, listed: audit.ProblemsListed,
	purpose: "conditions.problem", missing: errs.NotFound("problem"), stale: errs.Stale("problem"),
	duplicate: errs.Conflict("problem.duplicate", "Este problema ya está en la lista. Abra el que existe para actualizarlo."),
}

const (
	purposeVersion = "conditions.version"
	indexSame      = "conditions.same"
)

// errArchived refuses to change a record that is put away.
var errArchived = errs.Rule("patient.archived", "Este expediente está archivado y no se puede modificar. Desarchívelo primero.")

// errHasAllergies refuses to say that none is known where some are listed.
var errHasAllergies = errs.Rule("allergy.listed",
	"Hay alergias activas en la lista. Márquelas como inactivas o como registradas por error antes de indicar que no se conocen.")
