package db_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/testkit/dbtest"
)

// unavailable holds an error against what a caller is told while the database
// is away: 503, when to come back, and nothing of the server.
func unavailable(t *testing.T, err error, as string) {
	t.Helper()
	require.Error(t, err, as)
	require.Equal(t, errs.KindUnavailable, errs.KindOf(err), "%s: %v", as, err)
	e, _ := errs.As(err)
	require.Positive(t, e.RetryAfter, as)
	require.Contains(t, []string{"database.away", "database.busy"}, e.Code, as)
}

// Whatever PostgreSQL says that is nobody's fault and passes is «not now».
func TestWhatPassesIsUnavailable(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, ctx := b.clinic(t, "uno")
	for state, what := range map[string]string{
		"53100": "disk full", "53200": "out of memory", "53300": "too many connections", "57P01": "told to end", "57014": "too slow",
		"57P03": "starting", "58030": "an I/O error", "55P03": "a lock", "25006": "a standby", "25P03": "idle for too long",
		"40001": "serialization", "40P01": "a deadlock", "08006": "connection lost",
	} {
		err := b.db.WithTx(ctx, func(_ context.Context, tx *db.Tx) error {
			tx.Exec(fmt.Sprintf(`do $$ begin raise exception 'Fernanda OOVF800814MPLRLR00' using errcode = '%s'; end $$`, state))
			return nil
		})
		unavailable(t, err, what)
		require.NotContains(t, err.Error(), "Fernanda", what)
		require.Equal(t, state, db.SQLState(err), what)
	}
	err := b.db.WithTx(ctx, func(_ context.Context, tx *db.Tx) error { tx.Exec(`select 1/0`); return nil })
	require.Equal(t, errs.KindInternal, errs.KindOf(err), "a fault of ours stays one")
}

// A connection that is cut between two statements, and a server that is not
// there, are «not now»; the next transaction has a new connection.
func TestALostConnectionIsUnavailableAndReplaced(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, ctx := b.clinic(t, "uno")
	cut := func(tx *db.Tx) {
		var pid int
		require.NoError(t, tx.One([]any{&pid}, `select pg_backend_pid()`))
		_, err := b.admin.Exec(t.Context(), `select pg_terminate_backend($1, 10000)`, pid)
		require.NoError(t, err)
	}
	for name, then := range map[string]func(*db.Tx) error{
		"a question": func(tx *db.Tx) error { var one int; return tx.One([]any{&one}, `select 1`) },
		"the commit": func(tx *db.Tx) error {
			tx.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, 'perdido', 1)`, clinic)
			return nil
		},
		"a refusal": func(*db.Tx) error { return errs.Unavailable("database.away", errors.New("seen by the caller")) },
	} {
		unavailable(t, b.db.WithTx(ctx, func(_ context.Context, tx *db.Tx) error {
			cut(tx)
			return then(tx)
		}), name)
		require.Zero(t, b.count(t, ctx), "%s: nothing is half saved, and the next one is served", name)
	}
	require.NoError(t, b.db.Ping(t.Context()))
	b.db.Close()
	var n int
	unavailable(t, b.db.Read(ctx, func(q *db.Reader) error { q.One([]any{&n}, `select 1`); return nil }), "closed")
	unavailable(t, b.db.Ping(t.Context()), "closed")
}

// A server that takes no more connections of this login is «not now», and
// comes back by itself.
func TestAServerThatRefusesComesBack(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	d, err := db.Open(t.Context(), db.Options{URL: database.URL, MaxConns: 4})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	ctx := actor.System(t.Context(), uuid.New(), "test")
	ask := func() error {
		var n int
		return d.Read(ctx, func(q *db.Reader) error { q.One([]any{&n}, `select 1`); return nil })
	}
	require.NoError(t, ask())
	database.Close(t)
	unavailable(t, ask(), "the connection that was open")
	for range 6 {
		unavailable(t, ask(), "a new one")
	}
	unavailable(t, d.Across(ctx, []db.Part{{Clinic: uuid.New(), SQL: "select 1"}}), "the trail")
	database.Reopen(t)
	require.NoError(t, ask())
	require.NoError(t, d.Ping(t.Context()))

	gone, err := url.Parse(database.URL)
	require.NoError(t, err)
	gone.Path = "/no_such_database"
	_, err = db.Open(t.Context(), db.Options{URL: gone.String()})
	require.Equal(t, errs.KindUnavailable, errs.KindOf(err))
}

// After an outage one caller at most meets a dead connection: when one is found,
// the others are not handed out any more.
func TestOneDeadConnectionIsEnough(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	d, err := db.Open(t.Context(), db.Options{URL: database.URL, MaxConns: 12})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	ctx := actor.System(t.Context(), actor.Platform, "test")
	ask := func() error {
		var n int
		return d.Read(ctx, func(q *db.Reader) error { q.One([]any{&n}, `select 1 from pg_sleep(0.2)`); return nil })
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { _ = ask() })
	}
	wait.Wait()
	database.Close(t)
	database.Reopen(t)
	if err := ask(); err != nil {
		unavailable(t, err, "the first")
	}
	for range 8 {
		require.NoError(t, ask(), "a second caller met a dead connection")
	}
}

// As many transactions as there are connections may each leave for a moment:
// what leaves has connections of its own.
func TestLeavingATransactionNeverWaitsForIt(t *testing.T) {
	t.Parallel()
	for _, connections := range []int32{1, 4} {
		database := dbtest.New(t)
		d, err := db.Open(t.Context(), db.Options{URL: database.URL, MaxConns: connections})
		require.NoError(t, err)
		t.Cleanup(d.Close)
		ctx := actor.System(t.Context(), actor.Platform, "test")
		var wait sync.WaitGroup
		failures := make([]error, 30)
		for i := range failures {
			wait.Go(func() {
				failures[i] = d.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
					var one int
					if err := tx.One([]any{&one}, `select 1`); err != nil {
						return err
					}
					return d.Read(db.Apart(ctx), func(q *db.Reader) error { q.One([]any{&one}, `select 1`); return nil })
				})
			})
		}
		wait.Wait()
		require.NoError(t, errors.Join(failures...))
	}
}
