package live_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/live"
	"historias/internal/testkit/dbtest"
)

type bundle struct {
	base *dbtest.Database
	db   *db.DB
	ctx  context.Context
}

func setup(t *testing.T) *bundle {
	t.Helper()
	base := dbtest.New(t)
	d, err := db.Open(t.Context(), db.Options{URL: base.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return &bundle{base: base, db: d, ctx: actor.System(t.Context(), actor.Platform, "test")}
}

func (b *bundle) hub(t *testing.T, listens bool) *live.Hub {
	t.Helper()
	o := live.Options{DB: b.db, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if listens {
		o.ListenURL = b.base.URL
	}
	h := live.New(o)
	t.Cleanup(h.Close)
	return h
}

func (b *bundle) publish(t *testing.T, h *live.Hub, fail error, changes ...live.Change) {
	t.Helper()
	err := b.db.WithTx(b.ctx, func(_ context.Context, tx *db.Tx) error {
		for _, c := range changes {
			h.Publish(tx, c)
		}
		tx.Exec(`select 1`)
		return fail
	})
	if !errors.Is(err, fail) {
		t.Fatal(err)
	}
}

func (b *bundle) admin(t *testing.T, sql string) (n int) {
	t.Helper()
	admin, err := pgx.Connect(t.Context(), b.base.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = admin.Close(context.WithoutCancel(t.Context())) }()
	if err := admin.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// listening waits until so many hubs listen.
func (b *bundle) listening(t *testing.T, hubs int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if b.admin(t, `select count(*) from pg_stat_activity
			where datname = current_database() and query like 'listen%' and state = 'idle'`) == hubs {
			return
		}
	}
	t.Fatal("nobody listens")
}

func next(t *testing.T, p *live.Page) live.Change {
	t.Helper()
	select {
	case c := <-p.Changes():
		return c
	case <-time.After(30 * time.Second):
		t.Fatal("no change came")
	}
	panic("unreachable")
}

// A page hears what changed in its clinic once it is committed, and nothing of
// another clinic.
func TestPagesHearTheirClinic(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.hub(t, false)
	mine, other := uuid.New(), uuid.New()
	page := h.Open(mine)
	defer page.Close()
	b.publish(t, h, errors.New("rolled back"), live.Change{Clinic: mine, Topic: live.Patient})
	want := live.Change{Clinic: mine, Topic: live.Consent, PatientID: uuid.New()}
	b.publish(t, h, nil, live.Change{Clinic: other, Topic: live.Message}, want)
	if got := next(t, page); got != want {
		t.Fatalf("heard %v", got)
	}
	if n := len(page.Changes()); n != 0 {
		t.Fatalf("%d changes more", n)
	}
}

// Processes tell each other.
func TestProcessesTellEachOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	here, there := b.hub(t, true), b.hub(t, true)
	b.listening(t, 2)
	clinic := uuid.New()
	page := there.Open(clinic)
	defer page.Close()
	want := live.Change{Clinic: clinic, Topic: live.Message, PatientID: uuid.New()}
	b.publish(t, here, nil, want, want)
	got := next(t, page)
	if got.Topic == live.Resync { // of the moment it began to listen
		got = next(t, page)
	}
	if got != want {
		t.Fatalf("heard %v", got)
	}
}

// Whatever was missed while the connection was broken is asked for again.
func TestBrokenConnectionEndsInResync(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.hub(t, true)
	b.listening(t, 1)
	page := h.Open(uuid.New())
	defer page.Close()
	b.admin(t, `select count(pg_terminate_backend(pid)) from pg_stat_activity
		where datname = current_database() and query like 'listen%'`)
	if got := next(t, page); got.Topic != live.Resync {
		t.Fatalf("heard %v", got)
	}
}

// A page that does not read holds nobody up and is told to read again.
func TestSlowPage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := b.hub(t, false)
	clinic := uuid.New()
	page := h.Open(clinic)
	defer page.Close()
	for range 200 {
		b.publish(t, h, nil, live.Change{Clinic: clinic, Topic: live.Message, PatientID: uuid.New()})
	}
	resync := false
	for len(page.Changes()) > 0 {
		if next(t, page).Topic == live.Resync {
			resync = true
		}
	}
	if !resync {
		t.Fatal("changes were lost without a word")
	}
}

// Closing the hub ends the streams.
func TestCloseEndsStreams(t *testing.T) {
	t.Parallel()
	b := setup(t)
	h := live.New(live.Options{DB: b.db, ListenURL: b.base.URL, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	page := h.Open(uuid.New())
	h.Close()
	<-page.Gone()
	page.Close()
}
