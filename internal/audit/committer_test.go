package audit

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"historias/internal/vault"
)

func TestReadsShareCommits(t *testing.T) {
	w := newWorld(t)
	other := w.addClinic("cedros")
	const readers = 200
	var all sync.WaitGroup
	for i := range readers {
		ctx := w.ctx()
		if i%2 == 1 {
			ctx = w.at(other)
		}
		all.Go(func() {
			if err := w.Record(ctx, Event{Action: PatientRead, Subjects: []uuid.UUID{uuid.New()}}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	kept := one[int](w, `select count(*) from audit_events`)
	commits := one[int](w, `select count(distinct txid) from audit_events`)
	if kept != readers || commits >= readers/2 {
		t.Errorf("%d events of %d reads in %d commits", kept, readers, commits)
	}
}

func TestOneBadEventDoesNotTakeTheOthersWithIt(t *testing.T) {
	w := newWorld(t)
	w.attack(`alter table audit_events add constraint closed check (reason <> 'cerrado')`)
	var batch []waiting
	event := func(reason string) waiting {
		e := newEntry(w.ctx(), Event{Action: PatientRead, Reason: reason}, w.clock.Now())
		e.sign(vault.NewKey())
		return waiting{row: e, answer: make(chan error, 1)}
	}
	for i := range 5 {
		batch = append(batch, event(fmt.Sprint(i)))
	}
	batch[2] = event("cerrado")
	w.commits.write(batch)
	for i, e := range batch {
		if err := <-e.answer; (err != nil) != (i == 2) {
			t.Errorf("event %d: %v", i, err)
		}
	}
	if kept := one[int](w, `select count(*) from audit_events`); kept != 4 {
		t.Errorf("%d events kept, want 4", kept)
	}
}

func TestAnEventIsKeptWhenItsCallerHasGone(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(w.ctx())
	cancel()
	_ = w.Record(ctx, Event{Action: PatientRead})
	w.must(w.Record(w.ctx(), Event{Action: PatientRead}))
	w.Close()
	if err := w.Record(w.ctx(), Event{Action: PatientRead}); err == nil {
		t.Error("a closed trail takes an event")
	}
	if kept := one[int](w, `select count(*) from audit_events`); kept < 1 || kept > 2 {
		t.Errorf("%d events kept", kept)
	}
}

func TestWithTheDatabaseAwayEveryReaderIsTold(t *testing.T) {
	w := newWorld(t)
	w.attack(`do $$ begin execute format('alter database %I connection limit 0', current_database()); end $$`)
	w.attack(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := w.Record(w.ctx(), Event{Action: PatientRead}); err == nil {
				t.Error("a read may answer although its event was not kept")
			}
		})
	}
	all.Wait()
}
