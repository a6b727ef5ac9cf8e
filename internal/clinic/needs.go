package clinic

import (
	"context"

	"historias/internal/db"
)

// Notices publishes the base notice for a clinic that became complete.
type Notices interface {
	// PublishBase publishes version 1, filled with the clinic's data, unless the
	// clinic has a published notice.
	PublishBase(ctx context.Context, t *db.Tx, p Profile) error
}
