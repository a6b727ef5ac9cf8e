package chart

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// The subjects queue what they need on one reader, so that the first page of a
// chart is one round trip however many subjects it shows. Each gives a function
// that opens what was read; it is called after the read, with the patient's
// data key.

// Patients provides the person.
type Patients interface {
	// QueueBanner queues the patient. The read fails with db.ErrNoRow where the
	// clinic has no such patient.
	QueueBanner(ctx context.Context, q *db.Reader, patient uuid.UUID) func() (Banner, vault.Key, error)
	// Seen notes that somebody looks at the record.
	Seen(ctx context.Context, b Banner)
}

// Consents provides the privacy consent.
type Consents interface {
	// QueueConsent queues where the consent stands and its latest events.
	QueueConsent(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) (Consent, error)
}

// Messages provides what was sent to the patient.
type Messages interface {
	// QueueMessages queues the latest messages, the newest first.
	QueueMessages(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) ([]Message, error)
}

// Conditions provides allergies and problems.
type Conditions interface {
	// QueueConditions queues what is known of the patient's allergies, the active
	// problems and those resolved lately.
	QueueConditions(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) (Allergies, []Problem, error)
}

// VitalSigns provides what was measured. The values are judged at the patient's
// age, so it is called with her banner.
type VitalSigns interface {
	// QueueVitals queues the latest readings.
	QueueVitals(ctx context.Context, q *db.Reader, patient uuid.UUID) func(b Banner, key vault.Key) (Vitals, error)
}

// Notes provides the latest notes.
type Notes interface {
	// QueueNotes queues the latest notes, the newest first, and how many are signed.
	// Their prescriptions are counted elsewhere.
	QueueNotes(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) ([]Note, int, error)
}

// Prescribed is what was prescribed to a patient.
type Prescribed struct {
	Medications []Medication
	// Signed counts the signed prescriptions, voided ones among them.
	Signed int
	// OfNotes counts those that hang on each note.
	OfNotes map[uuid.UUID]int
}

// Prescriptions provides what was prescribed.
type Prescriptions interface {
	// QueuePrescribed queues the medicines in force and the counts.
	QueuePrescribed(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) (Prescribed, error)
}
