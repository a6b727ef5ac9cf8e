package audit

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// How often the trail works in the background.
const (
	sealEvery       = 2 * time.Second
	sweepEvery      = time.Minute // all clinics and a checkpoint
	partitionsEvery = 24 * time.Hour
	lastSealing     = 5 * time.Second
)

// Run seals touched clinics every two seconds, all clinics and a checkpoint
// every minute, and makes partitions ahead of time, until ctx ends. Any number
// of processes may run it over one database. What fails is logged and tried
// again at the next turn.
func (t *Trail) Run(ctx context.Context) error {
	t.try(ctx, "partitions", t.ensureAhead)
	t.try(ctx, "sweep", t.sweep)
	seal, sweep, partitions := time.NewTicker(sealEvery), time.NewTicker(sweepEvery), time.NewTicker(partitionsEvery)
	defer seal.Stop()
	defer sweep.Stop()
	defer partitions.Stop()
	for {
		select {
		case <-seal.C:
			t.try(ctx, "seal", t.sealTouched)
		case <-sweep.C:
			t.try(ctx, "sweep", t.sweep)
		case <-partitions.C:
			t.try(ctx, "partitions", t.ensureAhead)
		case <-ctx.Done():
			t.leave(ctx)
			return nil
		}
	}
}

// leave seals what came last, so that nothing waits open while the program is down.
func (t *Trail) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastSealing)
	defer cancel()
	t.try(ctx, "seal", t.sealTouched)
}

func (t *Trail) try(ctx context.Context, what string, work func(context.Context) error) {
	if err := work(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.log.ErrorContext(ctx, "audit trail", slog.String("step", what), slog.Any("error", err))
	}
}

func (t *Trail) sealTouched(ctx context.Context) error {
	var faults []error
	for _, clinic := range t.touched.take() {
		_, err := t.sealOpen(ctx, clinic, false)
		if err == nil {
			continue
		}
		t.touched.add(clinic)
		if !errors.Is(err, errBusy) {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// sweep visits every clinic, for events that another process wrote before it
// died, and then sends the heads away.
func (t *Trail) sweep(ctx context.Context) error {
	clinics, err := t.directory(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for _, clinic := range clinics {
		if _, err := t.sealOpen(ctx, clinic, false); err != nil && !errors.Is(err, errBusy) {
			faults = append(faults, err)
		}
	}
	return errors.Join(append(faults, t.writeCheckpoint(ctx, clinics))...)
}

// directory lists every clinic, the platform's own included.
func (t *Trail) directory(ctx context.Context) ([]uuid.UUID, error) {
	var clinics []uuid.UUID
	err := t.db.Read(actor.System(db.Apart(ctx), actor.Platform, "audit"), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			err := r.Scan(&id)
			clinics = append(clinics, id)
			return err
		}, `select id from clinics order by id`)
		return nil
	})
	return clinics, err
}
