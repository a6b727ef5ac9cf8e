package audit

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

// noon is where the clock of a world stands at first.
var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// world is a trail over a database of its own, with one clinic.
type world struct {
	testing.TB
	*Trail
	database *dbtest.Database
	fake     *clock.Fake
	clinic   uuid.UUID
	// root is a superuser's connection: whoever got hold of the server.
	root *sql.Conn
	file string
	// user is the person who acts in ctx.
	user uuid.UUID
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		TB: t, database: dbtest.New(t), fake: clock.NewFake(noon), user: vault.NewID(),
		file: filepath.Join(t.TempDir(), "checkpoints", "audit.log"),
	}
	d, err := db.Open(t.Context(), db.Options{URL: w.database.URL})
	w.must(err)
	t.Cleanup(d.Close)
	ring, err := vault.ParseKeys(vault.NewMaster())
	w.must(err)
	v := vault.New(ring, d, w.fake)
	w.must(v.Prepare(t.Context()))
	w.Trail, err = New(t.Context(), d, v, w.fake, WithCheckpoints(w.file), WithLog(slog.New(slog.DiscardHandler)))
	w.must(err)
	t.Cleanup(w.Trail.Close)
	w.root = connect(t, w.database.AdminURL)
	w.clinic = w.addClinic("jacarandas")
	return w
}

func connect(t testing.TB, url string) *sql.Conn {
	t.Helper()
	pool, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// attack runs SQL as a superuser with every trigger off.
func (w *world) attack(statement string, args ...any) int64 {
	w.Helper()
	_, err := w.root.ExecContext(w.Context(), `set session_replication_role = replica`)
	w.must(err)
	done, err := w.root.ExecContext(w.Context(), statement, args...)
	w.must(err)
	_, err = w.root.ExecContext(w.Context(), `reset session_replication_role`)
	w.must(err)
	n, err := done.RowsAffected()
	w.must(err)
	return n
}

// one asks as a superuser for one value.
func one[T any](w *world, query string, args ...any) T {
	w.Helper()
	var v T
	w.must(w.root.QueryRowContext(w.Context(), query, args...).Scan(&v))
	return v
}

func (w *world) addClinic(slug string) uuid.UUID {
	w.Helper()
	id := vault.NewID()
	w.attack(`insert into clinics (id, slug) values ($1, $2)`, id, slug)
	w.must(w.db.WithTx(actor.System(w.Context(), id, "test"), func(_ context.Context, t *db.Tx) error {
		return w.vault.Provision(t, id)
	}))
	return id
}

// ctx is a request at the clinic of this world. Its actor is not of the kind
// user, because no session stands behind it for the wall to check.
func (w *world) ctx() context.Context { return w.at(w.clinic) }

func (w *world) at(clinic uuid.UUID) context.Context {
	ctx := actor.WithOrigin(w.Context(), actor.Origin{RequestID: "0192f3c8-7e11", Address: "192.0.2.41"})
	return actor.With(ctx, &actor.Actor{Kind: actor.KindPublic, ClinicID: clinic, UserID: w.user, Role: actor.RoleDoctor})
}

// read records n reads of a patient and gives their ids, oldest first.
func (w *world) read(n int) []uuid.UUID {
	w.Helper()
	patient := vault.NewID()
	for range n {
		w.fake.Advance(time.Second)
		w.must(w.Record(w.ctx(), Event{Action: PatientRead, SubjectType: "patient", SubjectID: patient, PatientID: patient}))
	}
	return w.lastIDs(n)
}

func (w *world) lastIDs(n int) []uuid.UUID {
	w.Helper()
	rows, err := w.root.QueryContext(w.Context(),
		`select id from (select at, id from audit_events where clinic_id = $1 order by at desc, id desc limit $2) e order by at, id`, w.clinic, n)
	w.must(err)
	defer func() { _ = rows.Close() }()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		w.must(rows.Scan(&id))
		ids = append(ids, id)
	}
	w.must(rows.Err())
	return ids
}

// write records an act inside its own transaction.
func (w *world) write(e Event) error {
	w.fake.Advance(time.Second)
	return w.db.WithTx(w.ctx(), func(ctx context.Context, t *db.Tx) error { return w.Record(ctx, e) })
}

// sealAll seals until nothing is open: other tests' transactions on the same
// server hold the horizon back for a while.
func (w *world) sealAll(clinic uuid.UUID) Head {
	w.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		head, err := w.sealOpen(w.Context(), clinic, true)
		w.must(err)
		if w.open(clinic) == 0 {
			return head
		}
	}
	w.Fatal("the events of the clinic were never sealed")
	return Head{}
}

// open counts events at or behind the horizon of the last seal.
func (w *world) open(clinic uuid.UUID) int64 {
	return one[int64](w, `select count(*) from audit_events e where clinic_id = $1 and txid >=
		coalesce((select max(through_txid) from audit_seals s where s.clinic_id = $1 and s.cluster = e.cluster), 0)`, clinic)
}

// verify proves all chains once everything is sealed.
func (w *world) verify() Report {
	w.Helper()
	r, err := w.Verify(w.Context(), VerifyOptions{})
	w.must(err)
	return r
}

// expect fails unless the trail has exactly this fault.
func (w *world) expect(kind FaultKind, event uuid.UUID) Fault {
	w.Helper()
	r := w.verify()
	if len(r.Faults) != 1 || r.Faults[0].Kind != kind || r.Faults[0].EventID != event {
		w.Fatalf("faults %+v, want one %s of event %s", r.Faults, kind, event)
	}
	if r.Faults[0].Text() == string(kind) {
		w.Errorf("%s has no text", kind)
	}
	return r.Faults[0]
}

func (w *world) expectIntact() Report {
	w.Helper()
	r := w.verify()
	if !r.OK() {
		w.Fatalf("an untouched trail has faults: %+v", r.Faults)
	}
	return r
}
