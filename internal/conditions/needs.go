package conditions

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Patient is a patient as her conditions see her.
type Patient struct {
	ID        uuid.UUID
	BirthDate mx.Date // zero while it is not known
	Sex       string
	Archived  bool
	Key       vault.Key
	// Today is the day it is where the clinic is.
	Today mx.Date
}

// Patients provides the person.
type Patients interface {
	// QueuePatient queues the patient. The read fails with db.ErrNoRow where the
	// clinic has no such patient.
	QueuePatient(ctx context.Context, q *db.Reader, id uuid.UUID) func() (Patient, error)
}

// People names those who recorded.
type People interface {
	// Names gives what names the clinic's people, once a read is done.
	Names(ctx context.Context) func(uuid.UUID) (string, error)
}

// Diagnosis is a code of CIE-10 as the catalog has it.
type Diagnosis struct {
	Code    string
	Label   string
	Version string
	// Doubt asks whether it fits the sex and the age of the patient; empty where
	// it does.
	Doubt string
}

// Catalog provides what conditions are coded by.
type Catalog interface {
	// Diagnosis gives a code of CIE-10 with what is odd about it in this patient;
	// ok is false for a code that does not exist.
	Diagnosis(ctx context.Context, code string, p Patient) (d Diagnosis, ok bool, err error)
	// Substances finds the generic names of medicines by the beginnings of their
	// words, the shortest first.
	Substances(ctx context.Context, text string, limit int) ([]string, error)
}
