package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mail"
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

// Letters writes to people.
type Letters interface {
	// Queue writes a letter into the transaction of the act that causes it.
	Queue(ctx context.Context, t *db.Tx, l mail.Letter) error
	// Link gives the address of a page of ours.
	Link(path string) string
}

// Factors knows who has a second factor.
type Factors interface {
	// Enrolled tells whether a person has one, so that a shorter password will do.
	Enrolled(ctx context.Context, user uuid.UUID) (bool, error)
}

// Ticket is a new session. The token is shown once.
type Ticket struct {
	SessionID uuid.UUID
	Token     string
	ExpiresAt time.Time
}
