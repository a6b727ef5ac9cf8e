package audit

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

func TestAnEventWhoseTransactionEndsLateIsSealedThen(t *testing.T) {
	w := newWorld(t)
	begun, finish, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- w.db.WithTx(w.ctx(), func(ctx context.Context, tx *db.Tx) error {
			err := w.Record(ctx, Event{Action: PatientUpdated})
			if err == nil {
				err = tx.Flush()
			}
			close(begun)
			<-finish
			return err
		})
	}()
	<-begun
	w.read(4)
	before, err := w.sealOpen(w.Context(), w.clinic, true)
	w.must(err)
	if before.Events != 0 {
		t.Errorf("%d events were sealed past a transaction that still ran", before.Events)
	}
	if r := w.expectIntact(); r.Open != 4 || r.OldestOpen.IsZero() {
		t.Errorf("open events %d since %v, want 4", r.Open, r.OldestOpen)
	}
	close(finish)
	w.must(<-ended)
	if head := w.sealAll(w.clinic); head.Events != 5 {
		t.Errorf("%d events sealed, want 5", head.Events)
	}
	w.expectIntact()
}

func TestWritersAndSealersAtTheSameTimeLoseNothing(t *testing.T) {
	w := newWorld(t)
	const writers, each = 6, 40
	var work sync.WaitGroup
	stop := make(chan struct{})
	sealers := sync.WaitGroup{}
	for range 3 {
		sealers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = w.sealOpen(w.Context(), w.clinic, false)
				}
			}
		})
	}
	for i := range writers {
		work.Go(func() {
			for n := range each {
				err := w.Record(w.ctx(), Event{Action: PatientRead, PatientID: uuid.New()})
				if (i+n)%3 == 0 {
					err = w.db.WithTx(w.ctx(), func(ctx context.Context, tx *db.Tx) error {
						if err := w.Record(ctx, Event{Action: PatientUpdated}); err != nil {
							return err
						}
						if err := tx.Flush(); err != nil {
							return err
						}
						time.Sleep(time.Millisecond)
						return nil
					})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	close(stop)
	sealers.Wait()
	w.sealAll(w.clinic)
	r := w.expectIntact()
	if kept := one[int64](w, `select count(*) from audit_events where clinic_id = $1`, w.clinic); r.Events != kept || r.Open != 0 {
		t.Errorf("%d events kept, %d sealed, %d open", kept, r.Events, r.Open)
	}
}

func TestALargeTransactionIsNeverPartedBetweenSeals(t *testing.T) {
	w := newWorld(t)
	for _, size := range []int{4000, 4000, 4000, sealLimit + 5, 10} {
		w.must(w.db.WithTx(w.ctx(), func(ctx context.Context, _ *db.Tx) error {
			for range size {
				if err := w.Record(ctx, Event{Action: PatientCreated}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	head := w.sealAll(w.clinic)
	if head.Events != 12000+sealLimit+15 || head.Seq < 3 {
		t.Errorf("head %+v", head)
	}
	if largest := one[int](w, `select max(cardinality(event_ids)) from audit_seals`); largest != sealLimit+5 {
		t.Errorf("the largest seal holds %d events", largest)
	}
	w.expectIntact()
}

func TestAClockThatGoesBackDisturbsNothing(t *testing.T) {
	w := newWorld(t)
	w.read(3)
	w.sealAll(w.clinic)
	w.must(w.sweep(w.Context()))
	w.fake.Advance(-3 * time.Hour)
	w.read(3)
	w.sealAll(w.clinic)
	w.must(w.sweep(w.Context()))
	if r := w.expectIntact(); r.Events != 6 {
		t.Errorf("report %+v", r)
	}
}

func TestSubjectsOfASearchAreUnfoldedWithItsSeal(t *testing.T) {
	w := newWorld(t)
	shown := []uuid.UUID{uuid.New(), uuid.New()}
	w.must(w.Record(w.ctx(), Event{Action: PatientSearched, Subjects: shown}))
	w.sealAll(w.clinic)
	for _, patient := range shown {
		if n := one[int](w, `select count(*) from audit_event_subjects where clinic_id = $1 and patient_id = $2`, w.clinic, patient); n != 1 {
			t.Errorf("%d rows for a patient who was shown", n)
		}
	}
}

func TestTheLoopSealsWhatWasTouchedAndStops(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(w.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	w.read(2)
	cancel()
	w.must(<-ended)
	if head := w.sealAll(w.clinic); head.Events != 2 {
		t.Errorf("head %+v", head)
	}
	w.expectIntact()
}

func TestABusyClinicIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.read(1)
	_, err := w.sealWith(w.Context(), w.clinic, true, func(*sealing, context.Context) error {
		w.must(w.sealTouched(w.Context()))
		return nil
	})
	w.must(err)
	w.touched.mu.Lock()
	defer w.touched.mu.Unlock()
	if !w.touched.set[w.clinic] {
		t.Error("a clinic that another process was sealing is forgotten")
	}
}

// moveServer makes the database believe that it was restored on another server.
func moveServer(w *world, cluster string) {
	w.attack(`create or replace function cluster_id() returns bigint language sql stable security definer
		set search_path = pg_catalog as 'select ` + cluster + `::bigint'`)
}

func TestACopyOnAnotherServerIsSealedOnAndProved(t *testing.T) {
	w := newWorld(t)
	w.read(4)
	w.sealAll(w.clinic)
	w.read(3) // these were not sealed when the copy was made
	moveServer(w, "42")
	first, err := w.sealOpen(w.Context(), w.clinic, true)
	w.must(err)
	if first.Events != 7 {
		t.Errorf("%d events sealed, want what the old server left open too", first.Events)
	}
	w.read(5)
	if head := w.sealAll(w.clinic); head.Events != 12 {
		t.Errorf("head %+v", head)
	}
	w.expectIntact()
	moveServer(w, "41")
	w.read(2)
	w.sealAll(w.clinic)
	if r := w.expectIntact(); r.Events != 14 {
		t.Errorf("report %+v", r)
	}
}
