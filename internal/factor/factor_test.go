package factor_test

import (
	"context"
	"encoding/base32"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/factor"
	"historias/internal/testkit"
)

// The vectors of RFC 6238, appendix B (SHA-1), cut to six digits, and RFC 4226's
// secret: no code of the library alone says that the steps are right.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, code := range map[int64]string{
		1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		step, good := factor.Matching(secret, code, time.Unix(at, 0), 0)
		require.True(t, good, at)
		require.Equal(t, at/30, step)
		_, again := factor.Matching(secret, code, time.Unix(at, 0), step)
		require.False(t, again, "a step that was used is over")
		for _, off := range []int64{-60, 60, -120, 120} {
			_, good := factor.Matching(secret, code, time.Unix(at+off, 0), 0)
			require.False(t, good, "%d seconds off", off)
		}
	}
}

func TestACodeMayBePastedAsPeoplePasteIt(t *testing.T) {
	t.Parallel()
	for said, meant := range map[string]string{
		" 123 456\n": "123456", "123-456": "123456", "123 456": "123456", "abcd–efgh": "ABCDEFGH", "ab\tcd": "ABCD", "": "",
	} {
		require.Equal(t, meant, factor.Typed(said), "%q", said)
	}
}

func scalar[T any](t *testing.T, k *testkit.Kit, sql string, args ...any) T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	var out T
	require.NoError(t, conn.QueryRow(t.Context(), sql, args...).Scan(&out))
	return out
}

// Who must have a second factor hears of it once a day until she has one, or
// until her days of grace are over.
func TestWhoHasNoSecondFactorIsReminded(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	one, two := k.Doctor(t), k.Doctor(t)
	letters := func() int {
		return scalar[int](t, k, `select count(*)::int from mail_outbox where kind = 'factor_reminder'`)
	}
	remind := func() {
		t.Helper()
		require.NoError(t, k.Factors.Remind(t.Context()))
	}
	remind()
	k.Fake.Advance(24*time.Hour - time.Second)
	remind()
	require.Zero(t, letters(), "who has just come is not reminded")
	k.Fake.Advance(time.Second)
	remind()
	remind()
	require.Equal(t, 2, letters(), "once a day, however often the job runs")
	enrol(t, k, two)
	k.Fake.Advance(24 * time.Hour)
	remind()
	require.Equal(t, 3, letters())
	k.Fake.Advance(11*24*time.Hour + 24*time.Hour - time.Second)
	remind()
	require.Equal(t, 4, letters(), "until the last moment")
	k.Fake.Advance(time.Second)
	remind()
	require.Equal(t, 4, letters(), "her days of grace are over")
	require.True(t, mustEnrol(t, k, one))
}

func enrol(t *testing.T, k *testkit.Kit, ctx context.Context) {
	t.Helper()
	setup, err := k.Factors.SetUp(ctx)
	require.NoError(t, err)
	code, err := totp.GenerateCode(setup.Secret, k.Fake.Now())
	require.NoError(t, err)
	_, err = k.Factors.Enable(ctx, code)
	require.NoError(t, err)
}

// A code that many give at the same moment is good for one of them.
func TestACodeIsGoodOnceHoweverManyGiveIt(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	user := actor.Must(ctx).UserID
	setup, err := k.Factors.SetUp(ctx)
	require.NoError(t, err)
	first, err := totp.GenerateCode(setup.Secret, k.Fake.Now())
	require.NoError(t, err)
	recovery, err := k.Factors.Enable(ctx, first)
	require.NoError(t, err)
	k.Fake.Advance(time.Minute)
	next, err := totp.GenerateCode(setup.Secret, k.Fake.Now())
	require.NoError(t, err)
	for table, code := range map[string]string{"totp_factors": next, "recovery_codes": recovery[0]} {
		release := hold(t, k, table)
		var all sync.WaitGroup
		var good atomic.Int64
		for range 4 {
			all.Go(func() {
				_, ok, err := k.Factors.Check(ctx, user, factor.Proof{Code: code})
				if err != nil || ok {
					good.Add(1)
				}
			})
		}
		require.Eventually(t, func() bool {
			return scalar[int](t, k, `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) >= 2
		}, time.Minute, 10*time.Millisecond, "nobody waits")
		release()
		all.Wait()
		require.EqualValues(t, 1, good.Load(), table)
	}
}

// hold keeps the rows of a table locked until release, so that several requests
// have read them before one of them writes.
func hold(t *testing.T, k *testkit.Kit, table string) (release func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), `begin; select from `+table+` for update`)
	require.NoError(t, err)
	return func() { _ = conn.Close(context.WithoutCancel(t.Context())) }
}

// mustEnrol asks the data whether somebody's days are over.
func mustEnrol(t *testing.T, k *testkit.Kit, ctx context.Context) bool {
	t.Helper()
	since := scalar[time.Time](t, k, `select created_at from memberships where user_id = $1`, actor.Must(ctx).UserID)
	return actor.FactorTerms{Role: actor.RoleOwner, Since: since}.Duty().Overdue(k.Fake.Now())
}

// What is kept of a second factor tells nobody who holds the database how to use
// it: no secret, no code, no name stands there in clear.
func TestNothingOfAFactorStandsInClear(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	setup, err := k.Factors.SetUp(ctx)
	require.NoError(t, err)
	code, err := totp.GenerateCode(setup.Secret, k.Fake.Now())
	require.NoError(t, err)
	codes, err := k.Factors.Enable(ctx, code)
	require.NoError(t, err)
	for _, table := range []string{"totp_factors", "totp_setups", "recovery_codes", "mail_outbox", "audit_events"} {
		stored := scalar[string](t, k, `select coalesce(string_agg(r::text, ' '), '') from `+table+` r`)
		require.NotContains(t, stored, setup.Secret, table)
		for _, c := range codes {
			require.NotContains(t, stored, c, table)
		}
	}
}
