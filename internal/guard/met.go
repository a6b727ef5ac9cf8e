package guard

import (
	"context"
	"time"

	"historias/internal/db"
)

// Met tells whether the person of a try has signed in with the browser of the
// request before, whatever was counted.
func (g *Guard) Met(ctx context.Context, t Try) (met bool, err error) {
	err = g.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&met, []any{new(time.Time)}, `select at from known_devices where subject = $1`, t.device)
		return nil
	})
	return met, err
}
