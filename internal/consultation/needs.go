package consultation

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/letterhead"
	"historias/internal/measures"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Subject is a patient as a note sees her.
type Subject struct {
	ID        uuid.UUID
	DataKey   vault.Key
	Sex       string
	BirthDate mx.Date
	Archived  bool
}

// Card is what a list shows of a patient, with the key that opens her rows.
type Card struct {
	FullName     string
	RecordNumber string
	AgeText      string
	Sex          string
	DataKey      vault.Key
}

// Patients is what this feature needs of the register.
type Patients interface {
	// Subject gives a patient of the clinic; errs.NotFound("patient") otherwise.
	Subject(ctx context.Context, id uuid.UUID) (Subject, error)
	// Cards gives several; ids that are not the clinic's are left out.
	Cards(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Card, error)
	// DataKeys gives the keys that seal what belongs to several patients; ids that
	// are not the clinic's are left out.
	DataKeys(ctx context.Context, patients []uuid.UUID) (map[uuid.UUID]vault.Key, error)
}

// Heads gives the header of a document.
type Heads interface {
	// Head gives it for the signed-in professional, as of a moment, with the
	// patient's key. 422 clinic.incomplete, user.no_license, patient.archived,
	// office.required; 404 for a patient or office that is not the clinic's.
	Head(ctx context.Context, patient, office uuid.UUID, at time.Time) (letterhead.Head, vault.Key, error)
	// Office says where a visit takes place: the office that is named, or the
	// clinic's only one; zero where the clinic has none. 404 for one that is not
	// the clinic's, 422 office.required where it must be said which.
	Office(ctx context.Context, named uuid.UUID) (uuid.UUID, error)
}

// People is what this feature needs of the staff.
type People interface {
	// Names gives the names of several persons; unknown ones are left out.
	Names(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]string, error)
	// Reauthenticate proves that whoever acts is the person of the session, and
	// says how. 422 auth.wrong_password, auth.totp_not_enrolled; 429.
	Reauthenticate(ctx context.Context, p Proof) (method string, err error)
}

// Proof is what a person offers before she signs.
type Proof struct {
	Password string
	TOTPCode string
	// Passkey is the answer of a passkey; nil without one.
	Passkey *Passkey
}

// Passkey is the answer of a passkey to a challenge.
type Passkey struct {
	ChallengeID uuid.UUID
	Credential  json.RawMessage
}

// KnownDiagnosis is a diagnosis as the catalog has it. Doubt asks in Spanish whether
// it fits the patient's sex and age, empty where it does.
type KnownDiagnosis struct {
	Label   string
	Version string
	Doubt   string
}

// Diagnoses is what this feature needs of the catalog.
type Diagnoses interface {
	// Find gives the codes that exist.
	Find(ctx context.Context, codes []string, who Who) (map[string]KnownDiagnosis, error)
	// Used counts what an author signed, so that her favourites come first.
	Used(ctx context.Context, t *db.Tx, codes []string, at time.Time) error
}

// Vitals is what this feature needs of the vital signs.
type Vitals interface {
	// Adopt ties what was measured shortly before to the visit that opens.
	Adopt(ctx context.Context, t *db.Tx, patient, consultation uuid.UUID) error
	// Keep replaces what was measured in a visit.
	Keep(ctx context.Context, t *db.Tx, patient, consultation uuid.UUID, set measures.Set) error
	// QueueOf queues what was measured in a visit; an empty set when nothing was.
	QueueOf(ctx context.Context, q *db.Reader, consultation uuid.UUID) func() (set measures.Set, at time.Time, by uuid.UUID)
}

// Readings keeps the vital signs of a visit while its note is signed.
type Readings interface {
	// Hold gives what was measured in a visit, as it is inside the transaction, and
	// keeps it until that ends.
	Hold(ctx context.Context, t *db.Tx, consultation uuid.UUID) (set measures.Set, at time.Time, by uuid.UUID, err error)
}

// Prescriptions is what this feature needs of the recetas.
type Prescriptions interface {
	// InForceOn tells, inside a transaction, whether a receta was signed on a visit
	// and not voided.
	InForceOn(ctx context.Context, t *db.Tx, consultation uuid.UUID) (bool, error)
}

// Paper is a note or an addendum about to be printed.
type Paper struct {
	ID        uuid.UUID
	PatientID uuid.UUID
	Key       vault.Key
	Head      letterhead.Head
	Type      *NoteType
	OpenedAt  time.Time
	Content   Content
	// Addendum is set when the paper is one; Content is then empty.
	Addendum *PaperAddendum
	// SignedAt, Hash and Method are empty in a draft.
	SignedAt time.Time
	Hash     []byte
	Method   string
}

// PaperAddendum is what an addendum prints beyond its header.
type PaperAddendum struct {
	Text string
	// NoteFolio and NoteSignedAt name the note that it adds to.
	NoteFolio    string
	NoteSignedAt time.Time
}

// Issued is a paper that was drawn. Keep stores it in the transaction that signs.
type Issued struct {
	Folio string
	Code  string
	Keep  func(ctx context.Context, t *db.Tx) error
}

// File is a paper as it is handed out.
type File struct {
	Name string
	PDF  []byte
}

// Documents draws and keeps papers.
type Documents interface {
	// Issue draws a signed paper, before the transaction, with its folio and code.
	Issue(ctx context.Context, p Paper) (Issued, error)
	// Preview draws a draft. Nothing is kept.
	Preview(ctx context.Context, p Paper, format string) (File, error)
	// File gives the paper that was kept of a note or of an addendum;
	// errs.NotFound("document") for what is not there.
	File(ctx context.Context, addendum bool, id uuid.UUID, format string) (File, error)
}
