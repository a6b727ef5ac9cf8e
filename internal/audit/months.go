package audit

import (
	"context"
	"fmt"
	"sync"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
)

// months remembers which monthly partitions this process knows to exist.
type months struct{ known sync.Map }

// monthsAhead is how far partitions are made before they are needed.
const monthsAhead = 2

func monthOf(at time.Time) int {
	at = at.UTC()
	return at.Year()*12 + int(at.Month())
}

// ensureMonth makes sure that the partition of an instant exists. It asks the
// database once a month, so that an event never meets a missing partition.
func (t *Trail) ensureMonth(ctx context.Context, at time.Time) error {
	month := monthOf(at)
	if _, ok := t.months.known.Load(month); ok {
		return nil
	}
	ctx = actor.System(db.WithoutScope(db.Apart(ctx)), actor.Platform, "audit")
	err := t.db.WithTx(ctx, func(_ context.Context, tx *db.Tx) error {
		tx.Exec(`select audit_partition($1::date)`, at.UTC().Format(time.DateOnly))
		return nil
	})
	if err != nil {
		return fmt.Errorf("audit: partition: %w", err)
	}
	t.months.known.Store(month, true)
	return nil
}

// ensureAhead makes the partitions of this month and the next ones.
func (t *Trail) ensureAhead(ctx context.Context) error {
	now := t.clock.Now()
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for m := range monthsAhead + 1 {
		if err := t.ensureMonth(ctx, first.AddDate(0, m, 0)); err != nil {
			return err
		}
	}
	return nil
}
