package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

// Clinics makes the clinic of a new doctor.
type Clinics interface {
	// Found queues the clinic into a transaction that stands in it.
	Found(ctx context.Context, t *db.Tx, id uuid.UUID, name string, demo bool) error
}

// Sessions opens the session of somebody who proved who she is.
type Sessions interface {
	// Open queues the session into a transaction of the clinic.
	Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (Ticket, error)
}

// Ticket is a new session. The token is shown once.
type Ticket struct {
	SessionID uuid.UUID
	Token     string
	ExpiresAt time.Time
}
