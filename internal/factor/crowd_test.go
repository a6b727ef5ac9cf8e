package factor_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/testkit"
)

// givePasskey writes a passkey of a person as far as its removal looks at it.
func givePasskey(t *testing.T, k *testkit.Kit, user uuid.UUID) uuid.UUID {
	t.Helper()
	id := uuid.New()
	k.Database.Exec(t, `insert into passkeys (id, user_id, credential_hash, sealed, created_at)
		values ($1, $2, sha256($3::text::bytea), 'gAAAA', now())`, id, user, id.String())
	return id
}

// now is the person's session after what changed for it.
func now(t *testing.T, k *testkit.Kit, ctx context.Context) context.Context {
	t.Helper()
	who := *actor.Must(ctx)
	who.AuthSeq = scalar[int64](t, k, `select auth_seq from users where id = $1`, who.UserID)
	return actor.With(ctx, &who)
}

// half begins what another request does and has not committed yet.
func half(t *testing.T, k *testkit.Kit, sql string, args ...any) (commit func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	_, err = conn.Exec(t.Context(), `begin`)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), sql, args...)
	require.NoError(t, err)
	return func() {
		_, err := conn.Exec(t.Context(), `commit`)
		require.NoError(t, err)
	}
}

// waiting is how many requests wait for another one.
func waiting(t *testing.T, k *testkit.Kit) int {
	t.Helper()
	return scalar[int](t, k, `select count(*)::int from pg_stat_activity
		where datname = current_database() and wait_event_type = 'Lock'`)
}

// while runs an act beside one that is half done, which goes on when the act has
// finished or waits.
func while(t *testing.T, k *testkit.Kit, commit func(), act func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- act() }()
	require.Eventually(t, func() bool { return len(done) == 1 || waiting(t, k) > 0 }, time.Minute, 10*time.Millisecond)
	commit()
	return <-done
}

// Of two factors that go at the same moment one stays, where one must, whichever
// kinds they are.
func TestTheLastFactorStaysHoweverManyGoAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says, other string
		act         func(*testkit.Kit, context.Context, uuid.UUID) error
	}{
		{
			"passkey and passkey", `delete from passkeys where user_id = $1 and id <> $2`,
			func(k *testkit.Kit, ctx context.Context, id uuid.UUID) error { return k.Factors.RemovePasskey(ctx, id) },
		},
		{
			"authenticator, then passkey", `delete from totp_factors where user_id = $1 and user_id <> $2`,
			func(k *testkit.Kit, ctx context.Context, id uuid.UUID) error { return k.Factors.RemovePasskey(ctx, id) },
		},
		{
			"passkey, then authenticator", `delete from passkeys where user_id = $1 and id = $2`,
			func(k *testkit.Kit, ctx context.Context, _ uuid.UUID) error { return k.Factors.Disable(ctx) },
		},
	} {
		t.Run(c.says, func(t *testing.T) {
			t.Parallel()
			k := testkit.New(t)
			ctx := k.Doctor(t)
			user := actor.Must(ctx).UserID
			id := givePasskey(t, k, user)
			if c.says == "passkey and passkey" {
				givePasskey(t, k, user)
			} else {
				enrol(t, k, now(t, k, ctx))
			}
			ctx = now(t, k, ctx)
			err := while(t, k, half(t, k, c.other, user, id), func() error { return c.act(k, ctx, id) })
			require.True(t, errs.Is(err, "auth.factor_required"), "%v", err)
			require.Equal(t, 1, scalar[int](t, k, `select ((select count(*) from passkeys where user_id = $1) +
				(select count(*) from totp_factors where user_id = $1))::int`, user))
			require.True(t, scalar[bool](t, k, `select has_factor from users where id = $1`, user))
		})
	}
}

// Two factors that go beside each other without the program leave nobody with a
// factor that she has not.
func TestTheDatabaseCountsFactorsThatGoAtOnce(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	user := actor.Must(k.Doctor(t)).UserID
	one, two := givePasskey(t, k, user), givePasskey(t, k, user)
	first := half(t, k, `delete from passkeys where id = $1`, one)
	require.NoError(t, while(t, k, first, func() error {
		half(t, k, `delete from passkeys where id = $1`, two)()
		return nil
	}))
	require.False(t, scalar[bool](t, k, `select has_factor from users where id = $1`, user))
}

// together makes several calls, none of which ends before all have begun, and
// tells how each ended.
func together(t *testing.T, k *testkit.Kit, table string, n int, act func() error) []error {
	t.Helper()
	release := hold(t, k, table)
	var all sync.WaitGroup
	ends := make([]error, n)
	for i := range ends {
		all.Go(func() { ends[i] = act() })
	}
	require.Eventually(t, func() bool { return waiting(t, k) == n }, time.Minute, 10*time.Millisecond, "not all wait")
	release()
	all.Wait()
	return ends
}

// Ten recovery codes are ten, however often they were asked for at once.
func TestRecoveryCodesAskedForAtOnceAreTen(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	enrol(t, k, ctx)
	ctx = now(t, k, ctx)
	for _, err := range together(t, k, "recovery_codes", 3, func() error {
		_, err := k.Factors.RenewCodes(ctx)
		return err
	}) {
		require.NoError(t, err)
	}
	require.Equal(t, 10, scalar[int](t, k, `select count(*)::int from recovery_codes`))
}

// The code of a new secret turns it on once: whoever else gives it at the same
// moment gets no recovery codes.
func TestASecretIsTurnedOnOnce(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	setup, err := k.Factors.SetUp(ctx)
	require.NoError(t, err)
	code, err := totp.GenerateCode(setup.Secret, k.Fake.Now())
	require.NoError(t, err)
	good := 0
	for _, err := range together(t, k, "totp_setups", 3, func() error {
		_, err := k.Factors.Enable(ctx, code)
		return err
	}) {
		if err == nil {
			good++
			continue
		}
		require.True(t, errs.Is(err, "auth.totp_setup_missing"), "%v", err)
	}
	require.Equal(t, 1, good)
	require.Equal(t, 10, scalar[int](t, k, `select count(*)::int from recovery_codes`))
}
