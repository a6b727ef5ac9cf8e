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
