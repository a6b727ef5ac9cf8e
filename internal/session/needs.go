package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

// Herald writes to people about their sessions.
type Herald interface {
	// NewDevice queues the letter that somebody signed in with a browser that the
	// person had never used. device says in Spanish what it is, address where from.
	NewDevice(ctx context.Context, t *db.Tx, user uuid.UUID, device, address string, at time.Time) error
}
