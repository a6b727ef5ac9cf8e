package prescription

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/letterhead"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Subject is a patient as a prescription sees her.
type Subject struct {
	ID       uuid.UUID
	DataKey  vault.Key
	Archived bool
}

// Card is what a list shows of a patient.
type Card struct {
	FullName     string
	RecordNumber string
	Key          vault.Key
}

// Patients is what this feature needs of the register.
type Patients interface {
	// Subject gives a patient of the clinic; errs.NotFound("patient") otherwise.
	Subject(ctx context.Context, id uuid.UUID) (Subject, error)
	// Cards gives what a list shows of several, with the keys of their rows.
	Cards(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Card, error)
	// DataKeys gives the keys that seal what belongs to several patients; ids that
	// are not the clinic's are left out.
	DataKeys(ctx context.Context, patients []uuid.UUID) (map[uuid.UUID]vault.Key, error)
}

// Visit is the consultation that a prescription belongs to.
type Visit struct {
	ID        uuid.UUID
	PatientID uuid.UUID
	AuthorID  uuid.UUID
	OfficeID  uuid.UUID
	Status    string // draft, signed or discarded
}

// Visits is what this feature needs of consultations.
type Visits interface {
	// Visit gives a consultation of the clinic; errs.NotFound("consultation")
	// otherwise.
	Visit(ctx context.Context, id uuid.UUID) (Visit, error)
	// Hold gives its status and keeps it until the transaction ends.
	Hold(ctx context.Context, t *db.Tx, id uuid.UUID) (status string, err error)
}

// Prescriber is who writes.
type Prescriber struct {
	FullName   string
	Profession string
}

// People is what this feature needs of accounts.
type People interface {
	// Prescriber gives a person of the staff.
	Prescriber(ctx context.Context, user uuid.UUID) (Prescriber, error)
	// Names gives the names of several.
	Names(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]string, error)
	// Reauthenticate proves that the caller is who she is and says how.
	// 422 auth.wrong_password or auth.totp_not_enrolled; 429 after too many.
	Reauthenticate(ctx context.Context, p Proof) (method string, err error)
}

// Heads gives the header of a document.
type Heads interface {
	// Head gives it for the signed-in professional, with the patient's key.
	// 422 clinic.incomplete, user.no_license, patient.archived, office.required.
	Head(ctx context.Context, patient, office uuid.UUID, at time.Time) (letterhead.Head, vault.Key, error)
}

// Medicine is a product of the catalog.
type Medicine struct {
	ID          uuid.UUID
	GenericName string
	ATC         string // empty where the catalog does not know it
	Antibiotic  bool
	Fraction    string // of LGS 226, I to VI
	Version     string
	Withdrawn   bool
}

// Catalog is what this feature needs of the catalog of medicines.
type Catalog interface {
	// Medicines gives the products of these ids, withdrawn ones too, and by each of
	// these generic names, folded, the products of that name.
	Medicines(ctx context.Context, ids []uuid.UUID, names []string) (byID map[uuid.UUID]Medicine, byName map[string][]Medicine, err error)
	// Alternatives gives active products whose ATC code begins as one of codes, to
	// its third letter; with text, what a search finds instead.
	Alternatives(ctx context.Context, codes []string, text string, limit int) ([]Option, error)
}

// AllergyFact is one active allergy of a patient.
type AllergyFact struct {
	ID        uuid.UUID
	Substance string // as it was written
	Code      string // "class:penicillins", "generic:amoxicilina", or empty
	Reaction  string
	Severity  string // mild, moderate, severe, or empty
	Since     string // year or date, or empty
}

// Allergies is what this feature needs of conditions.
type Allergies interface {
	// QueueActive queues the active allergies of a patient. status is not_asked,
	// none_known or listed.
	QueueActive(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) (status string, facts []AllergyFact, err error)
}

// Weights is what this feature needs of vital signs.
type Weights interface {
	// QueueWeight queues the last weight of a patient, as it is printed ("18.5 kg");
	// empty where nobody weighed her.
	QueueWeight(ctx context.Context, q *db.Reader, patient uuid.UUID) func() string
}

// Number is what a document is called by before it is rendered.
type Number struct {
	Folio string
	Code  string
}

// Paper is a prescription about to become a document.
type Paper struct {
	Document Document
	Hash     []byte
	Key      vault.Key
	// Replaces is the folio of the voided one that it replaces, or empty.
	Replaces string
}

// Keep writes what was rendered into the transaction of the act.
type Keep func(ctx context.Context, t *db.Tx) error

// Documents makes and voids the papers of prescriptions. Rendering happens before
// the transaction; what comes back keeps the result in it.
type Documents interface {
	// Number takes the next folio of the day's year and a verification code.
	Number(ctx context.Context, day mx.Date) (Number, error)
	// Issue renders every format of a signed prescription.
	Issue(ctx context.Context, p Paper) (Keep, error)
	// Void renders every format with the mark that says that it is void.
	Void(ctx context.Context, p Paper, at time.Time) (Keep, error)
}

// Files reads the papers of prescriptions.
type Files interface {
	// File gives the stored document of one format.
	File(ctx context.Context, id uuid.UUID, format string) ([]byte, error)
	// Preview renders a draft, with BORRADOR across it.
	Preview(ctx context.Context, p Paper, format string) ([]byte, error)
}

// Favourites counts what a prescriber uses.
type Favourites interface {
	// Used queues one use of each product by the caller.
	Used(ctx context.Context, t *db.Tx, medications []uuid.UUID) error
}
