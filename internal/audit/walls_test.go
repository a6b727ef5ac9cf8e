package audit

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
)

func TestTheTrailOnlyGrows(t *testing.T) {
	w, _ := sealedWorld(t)
	w.must(w.Record(w.ctx(), Event{Action: PatientSearched, Subjects: []uuid.UUID{uuid.New()}}))
	w.sealAll(w.clinic)
	month := "audit_events_" + noon.Format("2006_01")
	statements := []string{
		`update audit_events set reason = 'x'`, `delete from audit_events`, `truncate audit_events`,
		`update ` + month + ` set reason = 'x'`, `delete from ` + month, `truncate ` + month,
		`update audit_seals set note = 'x'`, `delete from audit_seals`, `truncate audit_seals`,
		`update audit_event_subjects set patient_id = event_id`, `delete from audit_event_subjects`, `truncate audit_event_subjects`,
	}
	owner := connect(t, w.database.OwnerURL)
	_, err := owner.ExecContext(t.Context(), `set app.maintenance = 'on'`)
	w.must(err)
	for _, s := range statements {
		t.Run(s, func(t *testing.T) {
			err := w.db.WithTx(w.ctx(), func(_ context.Context, tx *db.Tx) error {
				_, err := tx.Affected(s)
				return err
			})
			if db.SQLState(err) != "42501" {
				t.Errorf("the program's role: %v", err)
			}
			if _, err := owner.ExecContext(t.Context(), s); db.SQLState(err) != "HS003" {
				t.Errorf("the owner: %v", err)
			}
		})
	}
	w.expectIntact()
}

func TestEveryPartitionIsWalledAlsoThoseMadeLater(t *testing.T) {
	w := newWorld(t)
	w.fake.Advance(400 * 24 * time.Hour)
	w.read(1)
	rows, err := w.root.QueryContext(t.Context(), `select c.relname, c.relrowsecurity and c.relforcerowsecurity,
		(select count(*) from pg_policy p where p.polrelid = c.oid),
		has_table_privilege((select app_role from schema_info), c.oid, 'select, insert, update, delete, truncate')
		from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'audit_events'::regclass`)
	w.must(err)
	defer func() { _ = rows.Close() }()
	made := map[string]bool{}
	for rows.Next() {
		var name string
		var walled, open bool
		var policies int
		w.must(rows.Scan(&name, &walled, &policies, &open))
		made[name] = true
		if !walled || policies != 2 || open {
			t.Errorf("%s: walled %t, %d policies, open to the program %t", name, walled, policies, open)
		}
	}
	w.must(rows.Err())
	if !made["audit_events_2027_12"] {
		t.Errorf("partitions %v", made)
	}
}

func TestAClinicSeesNothingOfAnothersTrail(t *testing.T) {
	w, ids := sealedWorld(t)
	other := w.addClinic("cedros")
	w.must(w.Record(w.at(other), Event{Action: PatientSearched, Subjects: []uuid.UUID{uuid.New()}}))
	w.sealAll(other)
	for _, table := range []string{"audit_events", "audit_seals", "audit_event_subjects"} {
		var rows, foreign int
		w.must(w.db.Read(w.at(other), func(q *db.Reader) error {
			q.One([]any{&rows, &foreign}, `select count(*), count(*) filter (where clinic_id <> $1) from `+table, other)
			return nil
		}))
		if rows == 0 || foreign > 0 {
			t.Errorf("%s shows %d rows, %d of another clinic", table, rows, foreign)
		}
	}
	if _, _, err := w.Detail(w.at(other), ids[0]); errs.KindOf(err) != errs.KindNotFound {
		t.Errorf("another clinic's event: %v", err)
	}
}

func TestNoEventNoAct(t *testing.T) {
	w := newWorld(t)
	w.attack(`alter table audit_events add constraint closed check (reason <> 'cerrado')`)
	err := w.db.WithTx(w.ctx(), func(ctx context.Context, tx *db.Tx) error {
		tx.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, 'prueba', 1)`, w.clinic)
		return w.Record(ctx, Event{Action: PatientCreated, Reason: "cerrado"})
	})
	if err == nil {
		t.Error("the act was done without its event")
	}
	if n := one[int](w, `select count(*) from clinic_counters where name = 'prueba'`); n != 0 {
		t.Error("the act was kept without its event")
	}
	if err := w.Record(w.ctx(), Event{Action: PatientRead, Reason: "cerrado"}); err == nil {
		t.Error("a read is told to answer without its event")
	}
}

func TestAnEventOfAMonthWithoutPartitionIsKept(t *testing.T) {
	for name, keep := range map[string]func(*world) error{
		"read":  func(w *world) error { return w.Record(w.ctx(), Event{Action: PatientRead}) },
		"write": func(w *world) error { return w.write(Event{Action: PatientUpdated}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			for _, years := range []int{1, 40, -60} {
				w.fake.Advance(time.Duration(years) * 365 * 24 * time.Hour)
				w.must(keep(w))
			}
			w.sealAll(w.clinic)
			if r := w.expectIntact(); r.Events != 3 {
				t.Errorf("%d events", r.Events)
			}
		})
	}
}

func TestPartitionsAreMadeAheadInAnyTimeZone(t *testing.T) {
	w := newWorld(t)
	w.attack(`do $$ begin execute format('alter database %I set timezone to ''America/Mexico_City''', current_database()); end $$`)
	trail := w.pooled()
	w.fake.Advance(200 * 24 * time.Hour)
	w.must(trail.ensureAhead(t.Context()))
	if n := one[int](w, `select count(*) from pg_class where relname in ('audit_events_2027_06', 'audit_events_2027_07', 'audit_events_2027_08')`); n != 3 {
		t.Errorf("%d of 3 months were made", n)
	}
	edge := time.Date(2027, 7, 1, 0, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{edge.Add(-time.Microsecond), edge} {
		trail.clock = &still{at}
		w.must(trail.Record(w.ctx(), Event{Action: PatientRead}))
	}
	if name := one[string](w, `select tableoid::regclass::text from audit_events order by at limit 1`); name != "audit_events_2027_06" {
		t.Errorf("the last moment of June stands in %s", name)
	}
}

// pooled is another trail over the same database, as behind a transaction pooler.
func (w *world) pooled() *Trail {
	w.Helper()
	d, err := db.Open(w.Context(), db.Options{URL: w.database.URL, TransactionPooler: true})
	w.must(err)
	w.Cleanup(d.Close)
	trail, err := New(w.Context(), d, w.vault, w.fake, WithCheckpoints(w.file))
	w.must(err)
	w.Cleanup(trail.Close)
	return trail
}

func TestTheTrailWorksBehindATransactionPooler(t *testing.T) {
	w := newWorld(t)
	trail, shown := w.pooled(), []uuid.UUID{uuid.New(), uuid.New()}
	w.must(trail.Record(w.ctx(), Event{Action: PatientSearched, Subjects: shown}))
	w.must(trail.db.WithTx(w.ctx(), func(ctx context.Context, _ *db.Tx) error {
		return trail.Record(ctx, Event{Action: PatientSearched, Subjects: shown, PatientID: shown[0]})
	}))
	w.Trail = trail
	w.sealAll(w.clinic)
	w.must(trail.sweep(t.Context()))
	if r := w.expectIntact(); r.Events != 2 {
		t.Errorf("report %+v", r)
	}
	list, err := trail.List(w.ctx(), Filter{PatientID: shown[1], ActorID: w.user, Outcome: Success, From: noon.Add(-time.Hour)}, page.Request{})
	w.must(err)
	if len(list.Items) != 2 {
		t.Errorf("list %+v", list)
	}
	if _, place, err := trail.Detail(w.ctx(), list.Items[0].ID); err != nil || !place.Sealed() {
		t.Errorf("place %+v (%v)", place, err)
	}
}

type still struct{ at time.Time }

func (s *still) Now() time.Time { return s.at }

func TestRecordingInsideAReadIsRefused(t *testing.T) {
	w := newWorld(t)
	err := w.db.ReadSteps(w.ctx(), func(ctx context.Context, _ *db.Tx) error {
		return w.Record(ctx, Event{Action: PatientRead})
	})
	if !errors.Is(err, errInsideRead) {
		t.Error("a read that waits for the shared commit while it holds a connection is let through")
	}
}

func TestTheColumnsSayWhoWhenAndFromWhere(t *testing.T) {
	w := newWorld(t)
	w.must(w.Record(actor.WithOrigin(actor.System(t.Context(), w.clinic, "whatsapp"),
		actor.Origin{RequestID: "a\xff\x00b", Address: "192.0.2.9"}), Event{Action: MessageStatus}))
	got := one[string](w, `select concat_ws('|', actor_kind, actor_id, role, action, outcome, request_id, address) from audit_events`)
	if got != "system|whatsapp|message.status|success|ab|192.0.2.9" {
		t.Errorf("columns %s", got)
	}
}
