package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/guard"
	"historias/internal/session"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// remains counts the rows of a table.
func remains(t *testing.T, k *testkit.Kit, table string) int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	var n int
	require.NoError(t, conn.QueryRow(t.Context(), `select count(*) from `+table).Scan(&n))
	return n
}

// aged is a table with one row that is past its end and one that is not.
type aged struct {
	table, insert string
	end           time.Duration // before now, after which a row goes
}

// What proves who somebody is goes after its end, not before, and by itself; whoever
// is signed in stays so, and the trail keeps what was done.
func TestWhatIsPastItsEndGoes(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	kinds := []aged{
		{"sessions", `insert into sessions (clinic_id, id, user_id, token_hash, created_at, expires_at, last_seen, proved_at)
			select clinic_id, $1, user_id, $2, $3, $3, $3, $3 from sessions limit 1`, session.KeptAfterEnd},
		{"account_tokens", `insert into account_tokens (token_hash, user_id, purpose, created_at, expires_at)
			select $2, id, 'verify_email', $3, $3 from users where $1::uuid is not null limit 1`, 0},
		{"recovery_requests", `insert into recovery_requests (id, email_hash, address_hash, at) values ($1, $2, $2, $3)`, account.RequestsKept},
		{"sign_in_failures", `insert into sign_in_failures (id, subject, at) values ($1, $2, $3)`, guard.Window},
		{"known_devices", `insert into known_devices (subject, at) select $2, $3 where $1::uuid is not null`, guard.KnownFor},
		{"trusted_devices", `insert into trusted_devices (id, user_id, token_hash, sealed, created_at, last_used_at, expires_at)
			select $1, id, $2, 'gAAAAA', $3, $3, $3 from users limit 1`, 0},
		{"passkey_challenges", `insert into passkey_challenges (id, purpose, sealed, expires_at)
			select $1, 'enter', 'gAAAAA', $3 where $2::bytea is not null`, 0},
	}
	before := map[string]int{}
	for _, kind := range kinds {
		before[kind.table] = remains(t, k, kind.table)
		for _, at := range []time.Duration{-time.Second, time.Second} {
			k.Database.Exec(t, kind.insert, uuid.New(), vault.RandomBytes(32), k.Fake.Now().Add(-kind.end+at))
		}
	}
	events := remains(t, k, "audit_events")
	stop, err := k.Start(t.Context(), true)
	require.NoError(t, err)
	defer stop()
	for _, kind := range kinds {
		require.Eventually(t, func() bool { return remains(t, k, kind.table) == before[kind.table]+1 },
			time.Minute, 50*time.Millisecond, kind.table)
	}
	require.NoError(t, k.Sessions.Fresh(ctx))
	require.GreaterOrEqual(t, remains(t, k, "audit_events"), events)
}
