package vitals

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Patient is a patient as her values are judged.
type Patient struct {
	ID        uuid.UUID
	BirthDate mx.Date // zero while it is not known
	Sex       string
	Archived  bool
	Key       vault.Key
	// Zone is where the clinic's days begin.
	Zone *time.Location
}

// Patients provides the person.
type Patients interface {
	// QueuePatient queues the patient. The read fails with db.ErrNoRow where the
	// clinic has no such patient.
	QueuePatient(ctx context.Context, q *db.Reader, id uuid.UUID) func() (Patient, error)
}

// People names those who measured.
type People interface {
	// Names gives what names the clinic's people, once a read is done.
	Names(ctx context.Context) func(uuid.UUID) (string, error)
}
