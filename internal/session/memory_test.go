package session_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/errs"
	"historias/internal/session"
)

// another is a second process on the same database.
func (h house) another() *session.Service {
	return session.New(session.Deps{
		DB: h.DB, Vault: h.Vault, Trail: h.Trail, Clock: h.Clock, Secrets: h.Config.JWTSecrets(), Life: time.Hour,
	})
}

// refused reads a session again and gives why it is none.
func (h house) refused(s seat) error {
	_, err := h.Sessions.Refresh(h.t.Context(), s.token, session.Visit{})
	return err
}

// What ended in another process is over here as soon as it is read again, and what
// was remembered of it is gone.
func TestWhatEndedElsewhereIsForgotten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	require.NoError(t, h.another().Close(here.ctx))
	require.True(t, errs.Is(h.refused(here), "auth.signed_out"))
	require.Equal(t, "auth.signed_out", h.stands(here))

	gone := h.sit("laptop")
	h.Database.Exec(t, `delete from sessions where id = $1`, gone.who.SessionID)
	require.True(t, errs.Is(h.refused(gone), "auth.signed_out"), "a good token without a row opens nothing")

	left := h.sit("phone")
	h.Database.Exec(t, `update users set status = 'closed' where id = $1`, h.user)
	require.True(t, errs.Is(h.refused(left), "auth.signed_out"), "whose account was closed is out")
}

// A covered session goes to no other clinic.
func TestACoveredSessionDoesNotMove(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	other := h.second()
	require.NoError(t, h.Sessions.Lock(here.ctx))
	_, err := h.Sessions.Switch(h.again(here).ctx, other, "test")
	require.True(t, errs.Is(err, "auth.signed_out"))
	require.Equal(t, "auth.locked", h.stands(here))
}

// A browser's session covers itself after as long without use as its clinic says,
// a script's does not.
func TestWhenASessionCoversItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, script := h.sit("desk"), h.sit("")
	browser := session.Visit{Cookie: true}
	for range 2 {
		h.Fake.Advance(session.DefaultLockMinutes * time.Minute)
		_, err := h.Sessions.Admit(t.Context(), here.token, browser)
		require.NoError(t, err, "to the last moment")
	}
	h.Fake.Advance(session.DefaultLockMinutes*time.Minute + time.Millisecond)
	_, err := h.Sessions.Admit(t.Context(), here.token, browser)
	require.True(t, errs.Is(err, "auth.locked"))
	require.Empty(t, h.stands(script))
	_, err = h.Sessions.UpdateSecurity(h.again(script).ctx, 1, func() (session.SecurityUpdate, error) {
		return session.SecurityUpdate{LockMinutes: 0}, nil
	})
	require.Equal(t, errs.KindMalformed, errs.KindOf(err))
	for _, minutes := range []int{-1, 121} {
		_, err = h.Sessions.UpdateSecurity(h.again(script).ctx, 1, func() (session.SecurityUpdate, error) {
			return session.SecurityUpdate{LockMinutes: minutes}, nil
		})
		require.Equal(t, errs.KindMalformed, errs.KindOf(err), minutes)
	}
	for version, minutes := range []int{1, 120} {
		out, err := h.Sessions.UpdateSecurity(h.again(script).ctx, int64(version+1), func() (session.SecurityUpdate, error) {
			return session.SecurityUpdate{LockMinutes: minutes}, nil
		})
		require.NoError(t, err)
		require.EqualValues(t, version+2, out.Version)
		read, err := h.Sessions.Security(h.again(script).ctx)
		require.NoError(t, err)
		require.Equal(t, []int{minutes, version + 2}, []int{read.LockMinutes, int(read.Version)})
	}
	_, err = h.Sessions.UpdateSecurity(h.again(script).ctx, 1, nil)
	require.Equal(t, errs.KindStale, errs.KindOf(err), "judged before what is asked is read")
}

// That a session is alive is written down, so that a restart finds it so.
func TestThatASessionIsUsedIsWritten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	h.Fake.Advance(30 * time.Minute)
	require.Empty(t, h.stands(here))
	conn, err := pgx.Connect(t.Context(), h.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	require.Eventually(t, func() bool {
		var at time.Time
		err := conn.QueryRow(t.Context(), `select last_seen from sessions where id = $1`, here.who.SessionID).Scan(&at)
		return err == nil && at.Equal(h.Fake.Now())
	}, time.Minute, 20*time.Millisecond)
	h.Fake.Advance(session.IdleLimit - time.Minute)
	_, err = h.another().Authenticate(t.Context(), here.token)
	require.NoError(t, err)
}

// A PIN uncovers, its wrong tries count for the account, and without one there is
// nothing to try.
func TestTryingAPIN(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	require.True(t, errs.Is(h.Sessions.UnlockByPIN(here.ctx, pin), "auth.no_pin"))
	require.Equal(t, errs.KindMalformed, errs.KindOf(h.Sessions.SetPIN(here.ctx, "1234")))
	require.True(t, errs.Is(h.Sessions.UnlockByPIN(here.ctx, "1234"), "auth.no_pin"))
	require.NoError(t, h.Sessions.SetPIN(here.ctx, pin))
	wrong := func() { require.True(t, errs.Is(h.Sessions.UnlockByPIN(here.ctx, "5830"), "auth.wrong_pin")) }
	for range 2 {
		for range session.MaxPINFailures - 1 {
			wrong()
		}
		require.NoError(t, h.Sessions.UnlockByPIN(here.ctx, pin), "a right one begins anew")
	}
	wrong()
	wrong()
	require.True(t, errs.Is(h.Sessions.UnlockByPIN(here.ctx, pin), "auth.too_many_failures"), "ten in a quarter of an hour, whatever came between")
	h.Fake.Advance(16 * time.Minute)
	here = h.again(here)
	require.NoError(t, h.Sessions.Unlock(here.ctx, "password"))
	h.Database.Exec(t, `update user_pins set failures = $2 where user_id = $1`, h.user, session.MaxPINFailures)
	require.True(t, errs.Is(h.Sessions.UnlockByPIN(h.again(here).ctx, pin), "auth.pin_spent"))
	st, err := h.Sessions.Standing(h.again(here).ctx)
	require.NoError(t, err)
	require.False(t, st.HasPIN)
	fresh := h.sit("laptop")
	require.NoError(t, h.Sessions.UnlockByPIN(fresh.ctx, pin), "who signs in may use her PIN again")
	require.NoError(t, h.Sessions.RemovePIN(h.again(fresh).ctx))
	require.NoError(t, h.Sessions.RemovePIN(h.again(fresh).ctx), "twice does no harm")
	require.True(t, errs.Is(h.Sessions.UnlockByPIN(h.again(fresh).ctx, pin), "auth.no_pin"))
}
