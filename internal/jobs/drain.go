package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/rivertype"
)

// rawWork works a job whose arguments are still JSON.
type rawWork func(ctx context.Context, args []byte, attempt, maxAttempts int) error

func raw[T Args](do func(ctx context.Context, job Job[T]) error) rawWork {
	return func(ctx context.Context, args []byte, attempt, maxAttempts int) error {
		job := Job[T]{Attempt: attempt, Last: attempt >= maxAttempts}
		if err := json.Unmarshal(args, &job.Args); err != nil {
			return err
		}
		return do(ctx, job)
	}
}

const (
	selectDue = `select id, kind, args, attempt, max_attempts from river.river_job
		where state = 'available' or state in ('scheduled', 'retryable') and scheduled_at <= $1
		order by scheduled_at, id limit 1`
	finish = `update river.river_job set state = $2::river.river_job_state, finalized_at = now(), attempt = attempt + 1 where id = $1`
	snooze = `update river.river_job set state = 'scheduled', scheduled_at = $2 where id = $1`
)

// Drain works every job that is due at a moment, here and one after the other,
// until none is left, and gives how many it worked. It is for programs that end
// before a queue would get to them, and for tests, which choose the moment. The
// queue must not be started. A job's failure ends it and is returned.
func (q *Queue) Drain(ctx context.Context, now time.Time) (int, error) {
	for n := 0; ; n++ {
		var id int64
		var kind string
		var args []byte
		var attempt, maxAttempts int
		err := q.options.Pool.QueryRow(ctx, selectDue, now).Scan(&id, &kind, &args, &attempt, &maxAttempts)
		if errors.Is(err, pgx.ErrNoRows) {
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("jobs: drain: %w", err)
		}
		work, known := q.byKind[kind]
		if !known {
			return n, fmt.Errorf("jobs: drain: nobody works %s", kind)
		}
		if err := q.close(ctx, id, now, work(ctx, args, attempt+1, maxAttempts)); err != nil {
			return n, fmt.Errorf("jobs: %s: %w", kind, err)
		}
	}
}

// close writes down what came of a job.
func (q *Queue) close(ctx context.Context, id int64, now time.Time, outcome error) error {
	var later *rivertype.JobSnoozeError
	var abandoned *rivertype.JobCancelError
	state := rivertype.JobStateCompleted
	switch {
	case errors.As(outcome, &later):
		_, err := q.options.Pool.Exec(ctx, snooze, id, now.Add(max(later.Duration, time.Microsecond)))
		return err
	case errors.As(outcome, &abandoned):
		state, outcome = rivertype.JobStateCancelled, nil
	case outcome != nil:
		state = rivertype.JobStateDiscarded
	}
	_, err := q.options.Pool.Exec(ctx, finish, id, state)
	return errors.Join(outcome, err)
}
