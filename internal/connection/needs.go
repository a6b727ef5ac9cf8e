package connection

import (
	"context"
	"time"

	"historias/internal/db"
)

// Notices gives the texts that the template points to.
type Notices interface {
	// InForce gives the text of the notice in force of the actor's clinic, empty
	// when there is none.
	InForce(ctx context.Context) (string, error)
}

// Messages is what the messages know and do.
type Messages interface {
	// LastDelivery tells when Meta delivered a webhook last; zero for never.
	LastDelivery(ctx context.Context) (time.Time, error)
	// Release lets what waited for the template leave.
	Release(ctx context.Context, t *db.Tx, line Line) error
}
