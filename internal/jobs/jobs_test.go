package jobs_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/testkit/dbtest"
)

type greet struct {
	ID uuid.UUID `json:"id"`
}

func (greet) Kind() string { return "test_greet" }

type tick struct{}

func (tick) Kind() string { return "test_tick" }

type bundle struct {
	db    *db.DB
	queue *jobs.Queue
	ctx   context.Context
	mu    sync.Mutex
	told  []error
}

func setup(t *testing.T, options ...func(*jobs.Options)) *bundle {
	t.Helper()
	base := dbtest.New(t)
	owner, err := pgxpool.New(t.Context(), base.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	for range 2 { // migrating twice changes nothing
		if err := jobs.Migrate(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
	}
	d, err := db.Open(t.Context(), db.Options{URL: base.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	b := &bundle{db: d, ctx: actor.System(t.Context(), actor.Platform, "test")}
	o := jobs.Options{Pool: d.Pool(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Report: b.report}
	for _, option := range options {
		option(&o)
	}
	if b.queue, err = jobs.New(o); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bundle) report(_ context.Context, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, err)
}

func (b *bundle) reported() []error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]error(nil), b.told...)
}

func (b *bundle) start(t *testing.T) {
	t.Helper()
	if err := b.queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.queue.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
}

func (b *bundle) enqueue(t *testing.T, fail error, args jobs.Args, options ...jobs.Option) {
	t.Helper()
	err := b.db.WithTx(b.ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := b.queue.Enqueue(ctx, tx, args, options...); err != nil {
			return err
		}
		return fail
	})
	if !errors.Is(err, fail) {
		t.Fatalf("enqueue: %v", err)
	}
}

func receive[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came")
	}
	panic("unreachable")
}

// A job exists exactly when the act that causes it does.
func TestJobsFollowTheirTransaction(t *testing.T) {
	t.Parallel()
	b := setup(t)
	done := make(chan uuid.UUID, 2)
	jobs.Handle(b.queue, func(_ context.Context, j jobs.Job[greet]) error { done <- j.Args.ID; return nil })
	undone, kept := uuid.New(), uuid.New()
	b.enqueue(t, errors.New("rolled back"), greet{undone})
	b.enqueue(t, nil, greet{kept})
	b.start(t)
	if got := receive(t, done); got != kept {
		t.Fatalf("worked the job of an act that never was")
	}
}

// Behind a pooler nobody listens, and jobs are found all the same.
func TestPollOnly(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *jobs.Options) { o.PollOnly = true })
	done := make(chan uuid.UUID, 1)
	jobs.Handle(b.queue, func(_ context.Context, j jobs.Job[greet]) error { done <- j.Args.ID; return nil })
	b.start(t)
	id := uuid.New()
	b.enqueue(t, nil, greet{id})
	if got := receive(t, done); got != id {
		t.Fatal("another job")
	}
}

// A job that puts itself back is tried again without using up its attempts; the
// last failure, and only that, is told.
func TestLaterAndLastFailure(t *testing.T) {
	t.Parallel()
	b := setup(t)
	attempts := make(chan int, 4)
	var calls atomic.Int32
	jobs.Handle(b.queue, func(_ context.Context, j jobs.Job[greet]) error {
		attempts <- j.Attempt
		if calls.Add(1) == 1 {
			return jobs.Later(0)
		}
		if !j.Last {
			t.Error("one attempt is the last")
		}
		return errors.New("no use")
	})
	b.enqueue(t, nil, greet{uuid.New()}, jobs.Attempts(1))
	b.start(t)
	if first, second := receive(t, attempts), receive(t, attempts); first != 1 || second != 1 {
		t.Fatalf("attempts %d, %d", first, second)
	}
	for deadline := time.Now().Add(30 * time.Second); len(b.reported()) == 0 && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if got := b.reported(); len(got) != 1 {
		t.Fatalf("told %v", got)
	}
}

// What recurs runs once at the start; a panic ends a job, not the program.
func TestEveryAndPanic(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ticked := make(chan struct{}, 8)
	jobs.Handle(b.queue, func(context.Context, jobs.Job[tick]) error { ticked <- struct{}{}; return nil })
	jobs.Handle(b.queue, func(context.Context, jobs.Job[greet]) error { panic("María") })
	b.queue.Every(time.Hour, tick{})
	b.start(t)
	receive(t, ticked)
	b.enqueue(t, nil, greet{uuid.New()}, jobs.Attempts(1))
	for deadline := time.Now().Add(30 * time.Second); len(b.reported()) == 0 && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if got := b.reported(); len(got) != 1 || got[0].Error() != "job test_greet: panic of string" {
		t.Fatalf("told %v", got)
	}
}

// Draining works what is due at a moment and leaves the rest for its time.
func TestDrain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var worked []uuid.UUID
	again := true
	jobs.Handle(b.queue, func(_ context.Context, j jobs.Job[greet]) error {
		if again {
			again = false
			return jobs.Later(time.Minute)
		}
		worked = append(worked, j.Args.ID)
		return nil
	})
	noon := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	first, second := uuid.New(), uuid.New()
	b.enqueue(t, nil, greet{first})
	b.enqueue(t, nil, greet{second}, jobs.At(noon.Add(time.Hour)))
	for _, step := range []struct {
		at   time.Duration
		want int
	}{{0, 0}, {time.Minute, 1}, {59 * time.Minute, 1}, {time.Hour, 2}, {2 * time.Hour, 2}} {
		if _, err := b.queue.Drain(t.Context(), noon.Add(step.at)); err != nil || len(worked) != step.want {
			t.Fatalf("at %s: %d worked, %v", step.at, len(worked), err)
		}
	}
	if worked[0] != first || worked[1] != second {
		t.Fatal("another order")
	}
}
