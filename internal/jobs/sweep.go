package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// How much one sweep drops at a time, and at most: a table that grew for years is
// emptied over several days, and nobody waits for a lock meanwhile.
const (
	sweepBatch = 1000
	sweepTurns = 100
	sweepEvery = 24 * time.Hour
)

// Broom drops rows of one kind that are past their end.
type Broom struct {
	// Name says of what kind; it stands in errors.
	Name string
	// Drop drops at most limit rows, in a transaction of its own, and says how many.
	Drop func(ctx context.Context, limit int) (int64, error)
}

// sweepArgs is the daily job.
type sweepArgs struct{}

// Kind names the job.
func (sweepArgs) Kind() string { return "sweep" }

// Sweep has the queue drop what is past its end, once a day in one process of all
// that run. It is called once, before Start.
func Sweep(q *Queue, brooms ...Broom) {
	Handle(q, func(ctx context.Context, _ Job[sweepArgs]) error { return sweep(ctx, brooms) })
	q.Every(sweepEvery, sweepArgs{})
}

// sweep lets each broom work; one that fails keeps no other from it.
func sweep(ctx context.Context, brooms []Broom) error {
	var faults []error
	for _, b := range brooms {
		if err := b.work(ctx); err != nil {
			faults = append(faults, fmt.Errorf("jobs: sweep %s: %w", b.Name, err))
		}
	}
	return errors.Join(faults...)
}

func (b Broom) work(ctx context.Context) error {
	for range sweepTurns {
		n, err := b.Drop(ctx, sweepBatch)
		if err != nil || n < sweepBatch {
			return err
		}
	}
	return nil
}
