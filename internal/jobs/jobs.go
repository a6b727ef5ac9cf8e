// Package jobs runs what must happen after an act, apart from its request:
// messages, clocks, upkeep. A job is written in the transaction of the act that
// causes it, so it exists exactly when the act does, and it is worked at least
// once: whoever works it must stand being called twice.
//
// Arguments hold ids, never personal data: the queue's tables stand outside the
// walls of the clinics. Whoever works a job steps into its clinic itself.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"historias/internal/db"
)

// schema holds the queue's tables.
const schema = "river"

// Args is what a job carries. Kind names the work and never changes, because
// jobs outlive a release.
type Args interface{ Kind() string }

// Job is one piece of work being done.
type Job[T Args] struct {
	Args T
	// Attempt counts from 1.
	Attempt int
	// Last says that the job will not be tried again if this attempt fails.
	Last bool
}

// Options says how a queue runs.
type Options struct {
	// Pool connects as the program does.
	Pool *pgxpool.Pool
	// PollOnly asks for new jobs on a timer: behind a pooler in transaction
	// mode nobody can listen.
	PollOnly bool
	// Workers is how many jobs this process works at a time; 0 takes 8.
	Workers int
	Log     *slog.Logger
	// Report hears of failures that end a job, and of panics.
	Report func(ctx context.Context, err error)
}

const (
	defaultWorkers = 8
	jobTimeout     = 5 * time.Minute
	rescueAfter    = 15 * time.Minute
	pollInterval   = time.Second
	stopPatience   = 20 * time.Second
)

// Queue takes jobs and, once started, works them.
type Queue struct {
	options  Options
	inserter *river.Client[pgx.Tx]
	worker   *river.Client[pgx.Tx]
	workers  *river.Workers
	periodic []*river.PeriodicJob
	byKind   map[string]rawWork
}

// New makes a queue that takes jobs. Start makes it work them as well.
func New(o Options) (*Queue, error) {
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	inserter, err := river.NewClient(riverpgxv5.New(o.Pool), &river.Config{Schema: schema, Logger: o.Log})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return &Queue{options: o, inserter: inserter, workers: river.NewWorkers(), byKind: map[string]rawWork{}}, nil
}

// Handle says who works the jobs of T's kind. It is called before Start, once
// for each kind; a second time panics.
func Handle[T Args](q *Queue, do func(ctx context.Context, job Job[T]) error) {
	river.AddWorker(q.workers, &worker[T]{do: do})
	var none T
	q.byKind[none.Kind()] = raw(do)
}

type worker[T Args] struct {
	river.WorkerDefaults[T]
	do func(ctx context.Context, job Job[T]) error
}

// Work hands a job over.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	return w.do(ctx, Job[T]{Args: job.Args, Attempt: job.Attempt, Last: job.Attempt >= job.MaxAttempts})
}

// Every queues args again and again, in one process of all that run. It is
// called before Start.
func (q *Queue) Every(interval time.Duration, args Args) {
	q.periodic = append(q.periodic, river.NewPeriodicJob(
		river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) {
			return args, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByPeriod: interval}}
		},
		&river.PeriodicJobOpts{ID: args.Kind(), RunOnStart: true},
	))
}

// Start works jobs until Stop.
func (q *Queue) Start(ctx context.Context) error {
	worker, err := river.NewClient(riverpgxv5.New(q.options.Pool), &river.Config{
		Schema:               schema,
		Logger:               q.options.Log,
		Workers:              q.workers,
		PeriodicJobs:         q.periodic,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.options.Workers}},
		PollOnly:             q.options.PollOnly,
		FetchPollInterval:    pollInterval,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		// The program owns no index, so it can rebuild none.
		ReindexerSchedule: river.NeverSchedule(),
		ErrorHandler:      &faults{report: q.options.Report},
	})
	if err != nil {
		return fmt.Errorf("jobs: %w", err)
	}
	// The context of Start ends every running job with it; Stop lets them finish.
	if err := worker.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("jobs: start: %w", err)
	}
	q.worker = worker
	return nil
}

// Stop takes no more jobs, lets those that run finish for a while and then
// cancels them; a job cut off is worked again later.
func (q *Queue) Stop(ctx context.Context) error {
	if q.worker == nil {
		return nil
	}
	soft, cancel := context.WithTimeout(ctx, stopPatience)
	defer cancel()
	err := q.worker.Stop(soft)
	if errors.Is(err, context.DeadlineExceeded) {
		err = q.worker.StopAndCancel(context.WithoutCancel(ctx))
	}
	return err
}

// Option shapes one job.
type Option func(*river.InsertOpts)

// At keeps a job until a moment.
func At(when time.Time) Option {
	return func(o *river.InsertOpts) { o.ScheduledAt = when }
}

// Attempts bounds how often a job is tried; without it, 25 times over weeks.
func Attempts(n int) Option {
	return func(o *river.InsertOpts) { o.MaxAttempts = n }
}

// Enqueue writes a job into the transaction. It runs what the transaction has
// queued first.
func (q *Queue) Enqueue(ctx context.Context, t *db.Tx, args Args, options ...Option) error {
	tx, err := t.Pgx()
	if err != nil {
		return err
	}
	var o river.InsertOpts
	for _, option := range options {
		option(&o)
	}
	if _, err := q.inserter.InsertTx(context.WithoutCancel(ctx), tx, args, &o); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// EnqueueAll writes several jobs into the transaction at once.
func (q *Queue) EnqueueAll(ctx context.Context, t *db.Tx, all []Args) error {
	if len(all) == 0 {
		return nil
	}
	tx, err := t.Pgx()
	if err != nil {
		return err
	}
	params := make([]river.InsertManyParams, 0, len(all))
	for _, args := range all {
		params = append(params, river.InsertManyParams{Args: args})
	}
	if _, err := q.inserter.InsertManyTx(context.WithoutCancel(ctx), tx, params); err != nil {
		return fmt.Errorf("jobs: enqueue %d: %w", len(all), err)
	}
	return nil
}

// Abandon ends a job that no further attempt can help.
func Abandon(err error) error { return river.JobCancel(err) }

// Later puts a job back for a while without counting an attempt.
func Later(wait time.Duration) error { return river.JobSnooze(wait) }
