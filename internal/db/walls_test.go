package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

type bench struct {
	db    *db.DB
	admin *pgxpool.Pool
}

func setup(t *testing.T) bench {
	t.Helper()
	database := dbtest.New(t)
	d, err := db.Open(t.Context(), db.Options{URL: database.URL, MaxConns: 4})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	admin, err := pgxpool.New(t.Context(), database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(admin.Close)
	return bench{d, admin}
}

func (b bench) clinic(t *testing.T, slug string) (uuid.UUID, context.Context) {
	t.Helper()
	id := vault.NewID()
	_, err := b.admin.Exec(t.Context(), `insert into clinics (id, slug) values ($1, $2)`, id, slug)
	require.NoError(t, err)
	return id, actor.System(t.Context(), id, "test")
}

func (b bench) put(ctx context.Context, clinic uuid.UUID, name string, value int64) error {
	return b.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, $2, $3)`, clinic, name, value)
		return nil
	})
}

func (b bench) count(t *testing.T, ctx context.Context) (n int) {
	t.Helper()
	err := b.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&n}, `select count(*) from clinic_counters`)
		return nil
	})
	require.NoError(t, err)
	return n
}

func TestAClinicSeesOnlyItsOwnRows(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, inOne := b.clinic(t, "uno")
	two, inTwo := b.clinic(t, "dos")
	require.NoError(t, b.put(inOne, one, "a", 1))
	require.NoError(t, b.put(inTwo, two, "a", 1))
	require.NoError(t, b.put(inTwo, two, "b", 1))

	require.Equal(t, 1, b.count(t, inOne))
	require.Equal(t, 2, b.count(t, inTwo))
	require.Equal(t, 0, b.count(t, actor.System(t.Context(), uuid.New(), "test")), "a clinic that is none")
	require.Equal(t, 0, b.count(t, db.WithPerson(inOne, uuid.New())), "before a clinic is known")

	err := b.put(inOne, two, "c", 1)
	require.Equal(t, "42501", db.SQLState(err), "a row of another clinic is refused")
}

func TestWithoutAnActorNothingOpens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	err := b.db.Read(t.Context(), func(q *db.Reader) error { return nil })
	require.ErrorIs(t, err, db.ErrNoWall)
	err = b.put(t.Context(), uuid.New(), "a", 1)
	require.ErrorIs(t, err, db.ErrNoWall)
}

func TestAnAnswerThatRefusesRollsTheQueueBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, ctx := b.clinic(t, "uno")
	stale := errs.Stale("counter")
	err := b.db.WithTx(ctx, func(_ context.Context, tx *db.Tx) error {
		tx.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, 'a', 1)`, clinic)
		tx.ExecOne(stale, `update clinic_counters set value = 2 where clinic_id = $1 and name = 'absent'`, clinic)
		return nil
	})
	require.ErrorIs(t, err, stale)
	require.Equal(t, 0, b.count(t, ctx))
}

func TestAFailureInsideFailsTheWhole(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, ctx := b.clinic(t, "uno")
	fault := errors.New("inner")
	err := b.db.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, 'a', 1)`, clinic)
		_ = b.db.WithTx(ctx, func(context.Context, *db.Tx) error { return fault })
		return nil // the caller swallows it
	})
	require.ErrorIs(t, err, fault)
	require.Equal(t, 0, b.count(t, ctx))
}

func TestAfterCommitRunsOnlyAfterACommit(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, ctx := b.clinic(t, "uno")
	ran := 0
	insert := func(_ context.Context, tx *db.Tx) error {
		tx.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, 'a', 1)`, clinic)
		tx.AfterCommit(func() { ran++ })
		return nil
	}
	require.NoError(t, b.db.WithTx(ctx, insert))
	require.Equal(t, 1, ran)
	err := b.db.WithTx(ctx, insert)
	require.True(t, db.Violates(err, "clinic_counters_pkey"), "%v", err)
	require.Equal(t, 1, ran)
}

func TestReadsSeeTheTransactionTheyAreIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, ctx := b.clinic(t, "uno")
	err := b.db.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.Exec(`insert into clinic_counters (clinic_id, name, value) values ($1, 'a', 1)`, clinic)
		require.Equal(t, 1, b.count(t, ctx))
		require.Equal(t, 0, b.count(t, db.Apart(ctx)))
		return nil
	})
	require.NoError(t, err)
}

func TestAReadCannotWrite(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, ctx := b.clinic(t, "uno")
	err := b.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(db.Row) error { return nil },
			`insert into clinic_counters (clinic_id, name, value) values ($1, 'a', 1) returning name`, clinic)
		return nil
	})
	require.Error(t, err)
	require.Equal(t, 0, b.count(t, ctx))
}

// A session that changed closes the wall: nothing is read and nothing written,
// in either form of a transaction.
func TestAChangedSessionClosesTheWall(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clinic, system := b.clinic(t, "uno")
	user := vault.NewID()
	_, err := b.admin.Exec(t.Context(), `insert into users (id, email_hash, sealed, password_hash, created_at, updated_at)
		values ($1, '\x01', 'gAAAA', '', now(), now())`, user)
	require.NoError(t, err)
	require.NoError(t, b.put(system, clinic, "kept", 1))
	ctx := actor.With(t.Context(), &actor.Actor{Kind: actor.KindUser, ClinicID: clinic, UserID: user, AuthSeq: 1})
	require.Equal(t, 1, b.count(t, ctx))

	_, err = b.admin.Exec(t.Context(), `update users set auth_seq = 2 where id = $1`, user)
	require.NoError(t, err)
	read := b.db.Read(ctx, func(q *db.Reader) error {
		var n int
		q.One([]any{&n}, `select count(*) from clinic_counters`)
		return nil
	})
	require.True(t, errs.Is(read, "auth.session_changed"), "%v", read)
	require.True(t, errs.Is(b.put(ctx, clinic, "queued", 1), "auth.session_changed"))
	explicit := b.db.WithTx(ctx, func(_ context.Context, tx *db.Tx) error { return tx.Flush() })
	require.True(t, errs.Is(explicit, "auth.session_changed"), "%v", explicit)
	require.Equal(t, 1, b.count(t, system))
}

// Interleaved work of several clinics over few connections leaks no row, and
// afterwards no connection keeps a role or a clinic.
func TestNothingLeaksBetweenTransactions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var wg sync.WaitGroup
	failures := make(chan error, 1000)
	for c := range 5 {
		clinic, ctx := b.clinic(t, fmt.Sprintf("c%d", c))
		for g := range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range 20 {
					if err := b.put(ctx, clinic, fmt.Sprintf("%d-%d", g, i), int64(c)); err != nil {
						failures <- err
					}
					var foreign int
					err := b.db.Read(ctx, func(q *db.Reader) error {
						q.One([]any{&foreign}, `select count(*) from clinic_counters where value <> $1`, c)
						return nil
					})
					if err != nil || foreign > 0 {
						failures <- fmt.Errorf("foreign rows %d: %w", foreign, err)
					}
				}
			}()
		}
	}
	wg.Wait()
	close(failures)
	for err := range failures {
		t.Error(err)
	}
	for range 4 {
		var role, clinic string
		row := b.db.Pool().QueryRow(t.Context(), `select current_user, coalesce(current_setting('app.clinic_id', true), '')`)
		require.NoError(t, row.Scan(&role, &clinic))
		require.NotEqual(t, b.db.Role(), role)
		require.Empty(t, clinic)
	}
}
