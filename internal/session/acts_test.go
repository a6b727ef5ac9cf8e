package session_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/page"
	"historias/internal/session"
	"historias/internal/testkit"
)

const pin = "4826"

// house is a person with her program.
type house struct {
	*testkit.Kit
	t     *testing.T
	user  uuid.UUID
	email string
}

func newHouse(t *testing.T) house {
	k := testkit.New(t)
	ctx := k.Doctor(t)
	p, err := k.Accounts.Person(ctx, actor.Must(ctx).UserID)
	require.NoError(t, err)
	return house{k, t, p.ID, p.Email}
}

// seat is a session as this process remembers it.
type seat struct {
	token string
	ctx   context.Context
	who   *actor.Actor
}

// sit signs the person in with a browser; from then on the session is remembered.
func (h house) sit(device string) seat {
	h.t.Helper()
	ctx := actor.WithOrigin(h.t.Context(), actor.Origin{RequestID: uuid.NewString(), Address: "192.0.2.41", Device: device})
	e, err := h.Accounts.Login(ctx, account.Credentials{Email: h.email, Password: testkit.Password, Agent: "test"})
	require.NoError(h.t, err)
	who, err := h.Sessions.Authenticate(ctx, e.Ticket.Token)
	require.NoError(h.t, err)
	return seat{e.Ticket.Token, actor.With(ctx, who), who}
}

// stands says how a session stands for this process: empty for a good one, else the
// code of the refusal.
func (h house) stands(s seat) string {
	h.t.Helper()
	_, err := h.Sessions.Authenticate(h.t.Context(), s.token)
	for _, code := range []string{"auth.signed_out", "auth.locked", "auth.expired", "auth.invalid_token"} {
		if errs.Is(err, code) {
			return code
		}
	}
	require.NoError(h.t, err)
	return ""
}

// again reads who somebody is now, as a request does whose actor has changed.
func (h house) again(s seat) seat {
	h.t.Helper()
	who, err := h.Sessions.Refresh(h.t.Context(), s.token, session.Visit{Covered: true})
	require.NoError(h.t, err)
	return seat{s.token, actor.With(s.ctx, who), who}
}

// second gives the person a place in another clinic.
func (h house) second() uuid.UUID {
	h.t.Helper()
	other := actor.Must(h.Doctor(h.t)).ClinicID
	h.Database.Exec(h.t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, 'doctor', $4)`,
		other, uuid.New(), h.user, h.Fake.Now())
	return other
}

// What somebody does to her sessions acts at once, also in a process that
// remembers them and before any of them asks the database for anything.
func TestWhatIsDoneToASessionActsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, there := h.sit("desk"), h.sit("laptop")
	require.NoError(t, h.Sessions.End(here.ctx, there.who.SessionID))
	require.Equal(t, "auth.signed_out", h.stands(there))
	here = h.again(here)
	require.True(t, errs.Is(h.Sessions.End(here.ctx, there.who.SessionID), "session.not_found"))

	one, two := h.sit("laptop"), h.sit("phone")
	require.NoError(t, h.Sessions.EndOthers(here.ctx))
	require.Equal(t, []string{"", "auth.signed_out", "auth.signed_out"}, []string{h.stands(here), h.stands(one), h.stands(two)})

	require.NoError(t, h.Sessions.Lock(h.again(here).ctx))
	require.Equal(t, "auth.locked", h.stands(here))
	require.NoError(t, h.Sessions.Unlock(h.again(here).ctx, "password"))
	require.Empty(t, h.stands(here))
	here = h.again(here)
	require.NoError(t, h.Sessions.Close(here.ctx))
	require.Equal(t, "auth.signed_out", h.stands(here))
}

// A session of another clinic ends inside that clinic, whose trail says so.
func TestASessionOfAnotherClinicEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, moved := h.sit("desk"), h.sit("laptop")
	other := h.second()
	o, err := h.Sessions.Switch(moved.ctx, other, "test")
	require.NoError(t, err)
	require.Equal(t, "auth.signed_out", h.stands(moved), "one session, not two")
	require.Equal(t, moved.who.ExpiresAt, o.ExpiresAt, "moving gives no more time")
	who, err := h.Sessions.Authenticate(t.Context(), o.Token)
	require.NoError(t, err)
	require.Equal(t, other, who.ClinicID)
	here = h.again(here)
	seats, err := h.Sessions.Seats(here.ctx, page.Request{Limit: 10})
	require.NoError(t, err)
	require.Len(t, seats.Items, 3)
	require.NoError(t, h.Sessions.End(here.ctx, o.ID))
	_, err = h.Sessions.Authenticate(t.Context(), o.Token)
	require.True(t, errs.Is(err, "auth.signed_out"))
	here = h.again(here)
	_, err = h.Sessions.Switch(here.ctx, uuid.New(), "test")
	require.True(t, errs.Is(err, "clinic.not_found"))
	require.Empty(t, h.stands(here), "who may not go stays")
}

// Five wrong PINs end the session at once for this process as well.
func TestTheFifthWrongPINActsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	require.NoError(t, h.Sessions.SetPIN(here.ctx, pin))
	for range session.MaxPINFailures - 1 {
		require.True(t, errs.Is(h.Sessions.UnlockByPIN(here.ctx, "5830"), "auth.wrong_pin"))
	}
	require.Empty(t, h.stands(here))
	require.True(t, errs.Is(h.Sessions.UnlockByPIN(here.ctx, "5830"), "auth.signed_out"))
	require.Equal(t, "auth.signed_out", h.stands(here))
}

// On a shared computer the old token of who takes over is good for nothing and the
// session of who leaves is covered, both at once.
func TestTakingADeskOverActsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	mine := h.sit("desk")
	require.NoError(t, h.Sessions.SetPIN(mine.ctx, pin))
	colleague := h.Doctor(t)
	h.Database.Exec(t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, 'nurse', $4)`,
		mine.who.ClinicID, uuid.New(), actor.Must(colleague).UserID, h.Fake.Now())
	p, err := h.Accounts.Person(colleague, actor.Must(colleague).UserID)
	require.NoError(t, err)
	e, err := h.Accounts.Login(mine.ctx, account.Credentials{Email: p.Email, Password: testkit.Password, ClinicID: mine.who.ClinicID})
	require.NoError(t, err)
	who, err := h.Sessions.Authenticate(t.Context(), e.Ticket.Token)
	require.NoError(t, err)
	leaves := seat{e.Ticket.Token, actor.With(mine.ctx, who), who}

	o, err := h.Sessions.DeskSwitch(leaves.ctx, h.user, pin, "test")
	require.NoError(t, err)
	require.Equal(t, mine.who.SessionID, o.ID)
	require.Equal(t, mine.who.ExpiresAt, o.ExpiresAt)
	require.Equal(t, []string{"auth.signed_out", "auth.locked"}, []string{h.stands(mine), h.stands(leaves)})
	next, err := h.Sessions.Authenticate(t.Context(), o.Token)
	require.NoError(t, err)
	require.Equal(t, h.user, next.UserID)

	resumed := actor.With(mine.ctx, next)
	require.True(t, errs.Is(h.Sessions.Fresh(resumed), "auth.proof_required"), "a PIN is no fresh proof")
	again, err := h.Sessions.DeskSwitch(resumed, h.user, pin, "test")
	require.NoError(t, err, "who sits there already only gets a new token")
	_, err = h.Sessions.Authenticate(t.Context(), again.Token)
	require.NoError(t, err)
}

// What a clinic begins to ask of its people is known at their next request.
func TestWhatAClinicAsksActsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	_, err := h.Sessions.UpdateSecurity(here.ctx, 1, func() (session.SecurityUpdate, error) {
		return session.SecurityUpdate{LockMinutes: 30}, nil
	})
	require.NoError(t, err)
	who, err := h.Sessions.Authenticate(t.Context(), here.token)
	require.NoError(t, err)
	require.Greater(t, who.AuthSeq, here.who.AuthSeq, "what was remembered is not good any more")
	st, err := h.Sessions.Standing(actor.With(here.ctx, who))
	require.NoError(t, err)
	require.Equal(t, 30, st.LockMinutes)
}

// A proof is fresh for five minutes, to the moment; who has no session has none.
func TestHowLongAProofIsFresh(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	h.Fake.Advance(session.FreshLimit)
	require.NoError(t, h.Sessions.Fresh(here.ctx))
	h.Fake.Advance(time.Millisecond)
	require.True(t, errs.Is(h.Sessions.Fresh(here.ctx), "auth.proof_required"))
	until, err := h.Sessions.Prove(here.ctx)
	require.NoError(t, err)
	require.Equal(t, h.Fake.Now().Add(session.FreshLimit), until)
	require.NoError(t, h.Sessions.Fresh(here.ctx))

	nobody := *here.who
	nobody.SessionID = uuid.New()
	ctx := actor.With(here.ctx, &nobody)
	require.True(t, errs.Is(h.Sessions.Fresh(ctx), "auth.proof_required"))
	_, err = h.Sessions.Prove(ctx)
	require.True(t, errs.Is(err, "auth.signed_out"))
	require.True(t, errs.Is(h.Sessions.Unlock(ctx, "password"), "auth.signed_out"))
}

// A session ends after two hours without use, to the moment, and at its end however
// much it is used.
func TestWhenASessionEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here := h.sit("desk")
	h.Fake.Advance(session.IdleLimit)
	require.Empty(t, h.stands(here))
	h.Fake.Advance(session.IdleLimit + time.Minute)
	require.Equal(t, "auth.signed_out", h.stands(here))

	used := h.sit("laptop")
	for h.Fake.Now().Add(time.Hour).Before(used.who.ExpiresAt) {
		h.Fake.Advance(time.Hour)
		require.Empty(t, h.stands(used))
	}
	h.Fake.Advance(2 * time.Hour)
	require.NotEmpty(t, h.stands(used))
}

// A browser in which somebody's session opens is known from then on, whatever
// opened it.
func TestABrowserIsKnownFromTheFirstSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	g := guard.New(h.DB, h.Vault, h.Clock)
	clinic := actor.Must(h.sit("desk").ctx).ClinicID
	ctx := actor.WithOrigin(t.Context(), actor.Origin{RequestID: uuid.NewString(), Device: "tablet"})
	met := func() bool {
		try, err := g.Person(ctx, h.user)
		require.NoError(t, err)
		met, err := g.Met(ctx, try)
		require.NoError(t, err)
		return met
	}
	require.False(t, met())
	require.NoError(t, h.DB.WithTx(actor.System(ctx, clinic, "test"), func(ctx context.Context, tx *db.Tx) error {
		_, err := h.Sessions.Open(ctx, tx, h.user, clinic, "test")
		return err
	}))
	require.True(t, met())
}

// Whoever must have a second factor may do only what is her own from the moment
// her days of grace are over, also in a session that is remembered.
func TestDaysOfGraceEndInARememberedSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Database.Exec(t, `update memberships set created_at = $2, factor_role_since = $2 where user_id = $1`,
		h.user, h.Fake.Now().Add(time.Minute-actor.FactorGrace))
	h.Database.Exec(t, `update users set factor_duty_from = null where id = $1`, h.user)
	here := h.sit("desk")
	require.False(t, here.who.FactorOverdue)
	require.True(t, here.who.Permissions.Has(actor.StaffWrite))
	h.Fake.Advance(time.Minute)
	who, err := h.Sessions.Authenticate(t.Context(), here.token)
	require.NoError(t, err)
	require.True(t, who.FactorOverdue)
	require.Equal(t, actor.Permissions{actor.Signed: true}, who.Permissions)
}
