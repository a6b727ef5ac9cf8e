package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/session"
	"historias/internal/testkit"
)

const pin = "4917"

// withPIN gives the person of a browser her PIN.
func (b *browser) withPIN(pin string) *browser {
	b.t.Helper()
	b.ask(http.MethodPut, "/api/auth/pin", map[string]any{"pin": pin}).Want(http.StatusNoContent)
	return b
}

func (b *browser) unlock(proof map[string]any) apitest.Reply {
	b.t.Helper()
	return b.ask(http.MethodPost, "/api/auth/unlock", proof)
}

func (b *browser) wantLocked() {
	b.t.Helper()
	require.Equal(b.t, "auth.locked", b.ask(http.MethodGet, "/api/clinic", nil).Want(http.StatusUnauthorized).Code())
}

func (b *browser) wantOpen() {
	b.t.Helper()
	b.ask(http.MethodGet, "/api/clinic", nil).Want(http.StatusOK)
}

// What nobody used for a quarter of an hour is covered, until its person proves
// who she is; she goes on in the same session.
func TestAnUnusedSessionLocks(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	b := opened(t, a).signIn(p).withPIN(pin)
	for range 4 {
		a.Fake.Advance(15 * time.Minute)
		b.wantOpen()
	}
	kept := b.session
	a.Fake.Advance(15*time.Minute + time.Second)
	b.wantLocked()
	me := b.me()
	require.Equal(t, []any{true, true, float64(15)}, []any{me["locked"], me["has_pin"], me["lock_minutes"]})
	b.wantLocked()
	out := b.unlock(map[string]any{"pin": pin}).Want(http.StatusOK).JSON()
	require.Equal(t, me["expires_at"], out["expires_at"])
	b.wantOpen()
	require.Equal(t, kept, b.session)
	require.Equal(t, false, b.me()["locked"])
	require.Equal(t, []int{1, 1}, []int{acts(t, a, p.ClinicID, "session.locked"), acts(t, a, p.ClinicID, "session.unlocked")})
}

// To look who is signed in is no use of the session, once it is time to cover it.
func TestAskingWhoIsThereUncoversNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := opened(t, a).signIn(a.Doctor(t))
	a.Fake.Advance(16*time.Minute + time.Second) // what is written of the last use may be a minute old
	require.Equal(t, true, b.me()["locked"])
	b.wantLocked()
}

// A script has no screen that somebody could leave open.
func TestABearerDoesNotLockByItself(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	a.Fake.Advance(100 * time.Minute)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/clinic", Token: p.Token}).Want(http.StatusOK)
}

// A page that is left open reconnects by itself: that is nobody's use either.
func TestAnOpenPageDoesNotKeepASessionUncovered(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := opened(t, a).signIn(a.Doctor(t))
	for range 2 {
		a.Fake.Advance(7 * time.Minute)
		b.ask(http.MethodGet, "/api/events", nil).Want(http.StatusOK)
	}
	a.Fake.Advance(2*time.Minute + time.Second)
	require.Equal(t, "auth.locked", b.ask(http.MethodGet, "/api/events", nil).Want(http.StatusUnauthorized).Code())
}

// A locked session may ask who it is of, be uncovered, be handed over and be left;
// every other operation refuses, whatever token says it is she, and after a
// restart as before.
func TestALockedSessionDoesNothingElse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.ReadyDoctor(t)
	b := opened(t, a).signIn(p)
	b.ask(http.MethodPost, "/api/auth/lock", nil).Want(http.StatusNoContent)
	b.ask(http.MethodPost, "/api/auth/lock", nil).Want(http.StatusNoContent)
	require.Equal(t, 1, acts(t, a, p.ClinicID, "session.locked"))
	var covered []string
	for _, o := range guarded(t, a) {
		if a.Face.Covered(o.method, o.path) {
			covered = append(covered, o.name())
			continue
		}
		r := a.Do(t, apitest.Call{Method: o.method, Path: o.at(uuid.NewString()), Token: b.session, Body: o.body(), Headers: o.headers()})
		require.Equal(t, http.StatusUnauthorized, r.Status, o.name())
		require.Equal(t, "auth.locked", r.Code(), o.name())
	}
	slices.Sort(covered)
	require.Equal(t, []string{
		"GET /api/auth/desk", "GET /api/auth/me", "POST /api/auth/desk/switch", "POST /api/auth/lock", "POST /api/auth/logout", "POST /api/auth/unlock",
	}, covered)

	restarted := session.New(session.Deps{DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Secrets: a.Config.JWTSecrets(), Life: time.Hour})
	_, err := restarted.Authenticate(t.Context(), b.session)
	require.ErrorContains(t, err, "auth.locked")
	b.ask(http.MethodPost, "/api/auth/logout", nil).Want(http.StatusNoContent)
}

// Whoever guesses at a PIN has five tries, also when they arrive at the same
// moment; then the session is over.
func TestTheFifthWrongPINEndsTheSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	for _, at := range []string{"one by one", "at once"} {
		b := opened(t, a).signIn(p).withPIN(pin)
		b.ask(http.MethodPost, "/api/auth/lock", nil).Want(http.StatusNoContent)
		guess := func(i int) apitest.Reply {
			copied := *b
			return copied.unlock(map[string]any{"pin": fmt.Sprintf("38%02d", i)})
		}
		var answers []apitest.Reply
		if at == "at once" {
			answers = together(12, guess)
		} else {
			for i := range 6 {
				answers = append(answers, guess(i))
			}
		}
		judged := 0
		for _, r := range answers {
			require.Contains(t, []string{"auth.wrong_pin", "auth.signed_out", "auth.session_changed"}, r.Code(), at)
			if r.Code() == "auth.wrong_pin" {
				judged++
			}
		}
		require.Equal(t, session.MaxPINFailures-1, judged, at)
		require.Equal(t, "auth.signed_out", b.unlock(map[string]any{"pin": pin}).Want(http.StatusUnauthorized).Code(), at)
		a.Fake.Advance(20 * time.Minute)
	}
	require.Equal(t, 2*session.MaxPINFailures, acts(t, a, p.ClinicID, "pin.refused"))
}

// Guesses at a PIN that are spread over several sessions of a person are as many as
// guesses at one: after five in all nothing but another proof helps, and after that
// the PIN is good again.
func TestWrongPINsCountOverAllSessionsOfAPerson(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	var seats []*browser
	for range 3 {
		seats = append(seats, opened(t, a).signIn(p).withPIN(pin))
	}
	guess := func(b *browser) apitest.Reply { return b.unlock(map[string]any{"pin": "5830"}) }
	for _, b := range []*browser{seats[0], seats[1], seats[0], seats[1]} {
		require.Equal(t, "auth.wrong_pin", guess(b).Want(http.StatusUnprocessableEntity).Code())
	}
	require.Equal(t, "auth.signed_out", guess(seats[2]).Want(http.StatusUnauthorized).Code(), "the fifth one ends where it was made")
	for _, b := range seats[:2] {
		r := b.unlock(map[string]any{"pin": pin}).Want(http.StatusUnprocessableEntity)
		require.Equal(t, "auth.pin_spent", r.Code())
		require.Equal(t, map[string]string{"pin": "spent"}, r.Fields())
	}
	require.Equal(t, false, seats[0].me()["has_pin"], "the screen offers what helps")
	seats[0].unlock(map[string]any{"password": testkit.Password}).Want(http.StatusOK)
	seats[1].unlock(map[string]any{"pin": pin}).Want(http.StatusOK)
	require.Equal(t, true, seats[1].me()["has_pin"])
}

// Signing in and choosing a PIN are proofs too, after which it is good again; what
// is right before the fifth begins the count anew.
func TestWhatMakesAPINGoodAgain(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	b := opened(t, a).signIn(p).withPIN(pin)
	spoil := func() {
		opened(t, a).signIn(p) // its own count would end at the fifth
		a.Database.Exec(t, `update user_pins set failures = 5`)
		require.Equal(t, "auth.pin_spent", b.unlock(map[string]any{"pin": pin}).Want(http.StatusUnprocessableEntity).Code())
	}
	spoil()
	opened(t, a).signIn(p)
	b.unlock(map[string]any{"pin": pin}).Want(http.StatusOK)
	spoil()
	b.unlock(map[string]any{"password": testkit.Password}).Want(http.StatusOK)
	b.withPIN("8361").unlock(map[string]any{"pin": "8361"}).Want(http.StatusOK)
	for range 2 {
		for range 4 {
			b.unlock(map[string]any{"pin": "5830"}).Want(http.StatusUnprocessableEntity)
		}
		b.unlock(map[string]any{"pin": "8361"}).Want(http.StatusOK)
		a.Fake.Advance(16 * time.Minute)
		b.unlock(map[string]any{"pin": "8361"})
	}
}

// Wrong PINs count with wrong passwords: a way in without a count would be the one
// that is taken.
func TestWrongPINsCountAsFailuresOfTheAccount(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	b := opened(t, a).signIn(p).withPIN(pin)
	for range 3 {
		for range 3 {
			b.unlock(map[string]any{"pin": "5830"}).Want(http.StatusUnprocessableEntity)
		}
		b.unlock(map[string]any{"pin": pin}).Want(http.StatusOK)
	}
	b.unlock(map[string]any{"password": "no es ésta"}).Want(http.StatusUnprocessableEntity)
	full := b.unlock(map[string]any{"pin": pin}).Want(http.StatusTooManyRequests)
	require.Equal(t, "auth.too_many_failures", full.Code())
	require.NotEmpty(t, full.Header.Get("Retry-After"))
	full = b.unlock(map[string]any{"password": testkit.Password}).Want(http.StatusTooManyRequests)
	require.Equal(t, "auth.too_many_failures", full.Code())
	a.Fake.Advance(15 * time.Minute)
	b.unlock(map[string]any{"pin": pin}).Want(http.StatusOK)
}

// A PIN uncovers and proves nothing more, and no earlier proof is fresh after it; a
// password does.
func TestAPINIsNoFreshProof(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := opened(t, a).signIn(a.Doctor(t)).withPIN(pin)
	b.unlock(map[string]any{"pin": " " + pin + " "}).Want(http.StatusOK)
	for _, c := range []struct {
		method, path string
		body         any
	}{{http.MethodDelete, "/api/auth/sessions", nil}, {http.MethodPut, "/api/auth/pin", map[string]any{"pin": "8361"}}} {
		require.Equal(t, "auth.proof_required", b.ask(c.method, c.path, c.body).Want(http.StatusForbidden).Code(), c.path)
	}
	b.unlock(map[string]any{"password": testkit.Password}).Want(http.StatusOK)
	b.withPIN("8361")
	b.unlock(map[string]any{"pin": pin}).Want(http.StatusUnprocessableEntity)
	b.unlock(map[string]any{"pin": "8361"}).Want(http.StatusOK)
}

func TestWhatIsNoPIN(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := opened(t, a).signIn(a.Doctor(t))
	for text, code := range map[string]string{
		"123": "format", "491": "format", "491722335": "format", "49a7": "format", "٤٩١٧": "format", "4 17": "format", "-491": "format",
		"1111": "trivial", "00000000": "trivial", "1212": "trivial", "123123": "trivial", "1234": "trivial", "4321": "trivial",
		"87654321": "trivial", "7890": "trivial", "1984": "trivial", "2026": "trivial", "2580": "trivial",
	} {
		r := b.Do(t, apitest.Call{Method: http.MethodPut, Path: "/api/auth/pin", Token: b.session, Body: map[string]any{"pin": text}}).Want(http.StatusBadRequest)
		require.Equal(t, map[string]string{"pin": code}, r.Fields(), text)
	}
	require.Equal(t, false, b.me()["has_pin"])
	for _, good := range []string{"4917", "86420135", "90210"} {
		b.withPIN(good)
	}
	b.ask(http.MethodDelete, "/api/auth/pin", nil).Want(http.StatusNoContent)
	b.ask(http.MethodDelete, "/api/auth/pin", nil).Want(http.StatusNoContent)
	require.Equal(t, "auth.no_pin", b.unlock(map[string]any{"pin": pin}).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, map[string]string{"pin": "only_one"}, b.unlock(map[string]any{"pin": pin, "password": testkit.Password}).Want(http.StatusBadRequest).Fields())
	b.unlock(map[string]any{}).Want(http.StatusBadRequest)
}

// A PIN is found nowhere in what is stored, and nobody can tell two equal ones.
func TestAPINIsKeptByAKeyedHash(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	opened(t, a).signIn(p).withPIN(pin)
	opened(t, a).signIn(a.Colleague(t, p, actor.RoleNurse)).withPIN(pin)
	require.Equal(t, 2, apitest.Scalar[int](t, a, `select count(distinct mac)::int from user_pins`))
}

// The clinic says how long a screen may stay open; it acts at once on everybody.
func TestTheClinicDecidesWhenItLocks(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	nurse := opened(t, a).signIn(a.Colleague(t, p, actor.RoleNurse))
	put := func(token, version string, body map[string]any) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodPut, Path: "/api/clinic/security", Token: token, Body: body, Undocumented: true, Headers: map[string]string{"If-Match": version}})
	}
	before := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/clinic/security", Token: p.Token}).Want(http.StatusOK)
	require.Equal(t, `"1"`, before.Header.Get("ETag"))
	require.Equal(t, map[string]any{"lock_minutes": float64(15), "factor_required": false, "version": float64(1)}, before.JSON())
	nurse.wantOpen()
	require.Equal(t, "security:write", put(nurse.session, `"1"`, map[string]any{"lock_minutes": 120, "factor_required": false}).Want(http.StatusForbidden).JSON()["permission"])
	for _, minutes := range []any{0, -1, 121, 1e12} {
		put(p.Token, `"1"`, map[string]any{"lock_minutes": minutes, "factor_required": false}).Want(http.StatusBadRequest)
	}
	put(p.Token, `"2"`, map[string]any{"lock_minutes": 0}).Want(http.StatusPreconditionFailed)
	put(p.Token, "", map[string]any{"lock_minutes": 3}).Want(http.StatusPreconditionRequired)
	after := put(p.Token, `"1"`, map[string]any{"lock_minutes": 3, "factor_required": true}).Want(http.StatusOK)
	require.Equal(t, `"2"`, after.Header.Get("ETag"))
	put(p.Token, `"1"`, map[string]any{"lock_minutes": 5, "factor_required": false}).Want(http.StatusPreconditionFailed)
	nurse.wantOpen()
	a.Fake.Advance(3*time.Minute + time.Second)
	nurse.wantLocked()
	require.Equal(t, float64(3), nurse.me()["lock_minutes"])
	a.Fake.Advance(5 * time.Minute)
	unproved := put(p.Token, `"2"`, map[string]any{"lock_minutes": 120, "factor_required": false}).Want(http.StatusForbidden)
	require.Equal(t, []any{"auth.proof_required", "security:write"}, []any{unproved.Code(), unproved.JSON()["permission"]})
	a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/unlock", Token: p.Token, Body: map[string]any{"password": testkit.Password}}).Want(http.StatusOK)
	again := put(p.Token, `"2"`, map[string]any{"lock_minutes": 120, "factor_required": false, "version": 2}).Want(http.StatusOK).JSON()
	require.Equal(t, float64(3), again["version"])
	require.Equal(t, "lock_minutes 15>3, factor_required false>true; lock_minutes 3>120, factor_required true>false", apitest.Scalar[string](t, a,
		`select string_agg(reason, '; ' order by id) from audit_events where clinic_id = $1 and action = 'clinic.security_updated'`, uuid.MustParse(p.ClinicID)))
	other := a.Doctor(t)
	require.Equal(t, float64(15), a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/clinic/security", Token: other.Token}).JSON()["lock_minutes"])
}

// Two who change it at the same moment do not overwrite each other.
func TestTheSecurityOfAClinicIsChangedByOneAtATime(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	answers := together(6, func(i int) apitest.Reply {
		return a.Do(t, apitest.Call{
			Method: http.MethodPut, Path: "/api/clinic/security", Token: p.Token, Headers: map[string]string{"If-Match": `"1"`},
			Body: map[string]any{"lock_minutes": 20 + i, "factor_required": false},
		})
	})
	saved := 0
	for _, r := range answers {
		require.Contains(t, []int{http.StatusOK, http.StatusPreconditionFailed}, r.Status, "%s", r.Body)
		if r.Status == http.StatusOK {
			saved++
		}
	}
	require.Equal(t, 1, saved)
}
