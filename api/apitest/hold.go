package apitest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Hold runs a statement that locks, as the superuser, and keeps its transaction
// open until release, so that a request is caught in the middle. Release may be
// called twice.
func (a *API) Hold(t testing.TB, sql string) (release func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), a.Database.AdminURL)
	require.NoError(t, err)
	tx, err := conn.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), sql)
	require.NoError(t, err, sql)
	ctx := context.WithoutCancel(t.Context())
	return sync.OnceFunc(func() {
		_ = tx.Rollback(ctx)
		_ = conn.Close(ctx)
	})
}

// AwaitBlocked waits until a request waits for what is held.
func (a *API) AwaitBlocked(t testing.TB) {
	t.Helper()
	require.Eventually(t, func() bool {
		return Scalar[bool](t, a, `select exists (select from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock')`)
	}, time.Minute, 20*time.Millisecond, "nothing waits")
}
