package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// sharedDesk is a computer at which two people of a clinic have signed in, one after
// the other; the second sits there now.
func sharedDesk(t testing.TB) (b *browser, first, second apitest.Person) {
	t.Helper()
	a := apitest.New(t)
	first = a.Doctor(t)
	second = a.Colleague(t, first, actor.RoleReceptionist)
	b = opened(t, a).signIn(first).withPIN("4917")
	b.signIn(second).withPIN("8361")
	return b, first, second
}

func (b *browser) desk() map[string]map[string]any {
	b.t.Helper()
	out := map[string]map[string]any{}
	for _, item := range list(b.ask(http.MethodGet, "/api/auth/desk", nil).Want(http.StatusOK).JSON()["items"]) {
		id, _ := item["user_id"].(string)
		out[id] = item
	}
	return out
}

func (b *browser) take(p apitest.Person, pin string) apitest.Reply {
	b.t.Helper()
	return b.ask(http.MethodPost, "/api/auth/desk/switch", map[string]any{"user_id": p.UserID, "pin": pin})
}

// At a shared computer the doctor takes over from the desk with her PIN and gives
// it back; each goes on in her own session, and who leaves is covered, not ended.
func TestASharedDesk(t *testing.T) {
	t.Parallel()
	b, doctor, desk := sharedDesk(t)
	people := b.desk()
	require.Len(t, people, 2)
	require.Equal(t, map[string]any{"user_id": doctor.UserID, "full_name": "Sofía Núñez Alcaraz", "role": "owner", "has_pin": true}, people[doctor.UserID])
	require.Equal(t, "receptionist", people[desk.UserID]["role"])

	ofDesk := b.session
	ends := b.me()["expires_at"]
	b.Fake.Advance(20 * time.Minute)
	b.wantLocked()
	in := b.take(doctor, "4917").Want(http.StatusOK).JSON()
	require.Equal(t, ends, in["expires_at"], "a switch makes no session live longer")
	me := b.me()
	require.Equal(t, []any{"owner", false}, []any{me["role"], me["locked"]})
	b.wantOpen()
	locked := b.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/clinic", Token: ofDesk}).Want(http.StatusUnauthorized)
	require.Equal(t, "auth.locked", locked.Code())

	ofDoctor := b.session
	b.take(desk, "8361").Want(http.StatusOK)
	require.Equal(t, "receptionist", b.me()["role"])
	for name, old := range map[string]string{"auth.locked": ofDoctor, "auth.signed_out": ofDesk} {
		r := b.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/clinic", Token: old}).Want(http.StatusUnauthorized)
		require.Equal(t, name, r.Code())
	}
	require.Equal(t, 2, acts(t, b.API, doctor.ClinicID, "session.resumed"))
	require.Len(t, b.seats(), 3, "no session was added: two of hers from before, and this one")
}

// Nobody takes over a session that is not open in this browser and in this clinic.
func TestWhoIsNotAtTheDeskCannotTakeIt(t *testing.T) {
	t.Parallel()
	b, doctor, desk := sharedDesk(t)
	absent := b.Colleague(t, doctor, actor.RoleNurse)
	elsewhere := opened(t, b.API).signIn(absent).withPIN("5830")
	stranger := b.Doctor(t)
	for name, who := range map[string]apitest.Person{"at another computer": absent, "of another clinic": stranger, "nobody": {UserID: uuid.NewString()}} {
		require.Equal(t, "desk.not_found", b.take(who, "5830").Want(http.StatusNotFound).Code(), name)
	}
	require.Len(t, elsewhere.desk(), 1)
	nameless := opened(t, b.API)
	nameless.device, nameless.session = "", b.session
	require.Empty(t, nameless.desk(), "a browser without a name shares nothing")
	nameless.take(doctor, "4917").Want(http.StatusNotFound)

	b.take(doctor, "4917").Want(http.StatusOK)
	b.Database.Exec(t, `update memberships set status = 'ended' where clinic_id = $1 and user_id = $2`, doctor.ClinicID, desk.UserID)
	b.take(desk, "8361").Want(http.StatusNotFound)
	require.Len(t, b.desk(), 1)
	b.Fake.Advance(3 * time.Hour)
	b.ask(http.MethodGet, "/api/auth/desk", nil).Want(http.StatusUnauthorized)
}

// Whoever sits at the desk cannot guess a colleague's PIN: after five the
// colleague's session is over, and the guesser's own goes on.
func TestGuessingAColleaguesPIN(t *testing.T) {
	t.Parallel()
	b, doctor, desk := sharedDesk(t)
	for range 4 {
		require.Equal(t, "auth.wrong_pin", b.take(doctor, "5830").Want(http.StatusUnprocessableEntity).Code())
	}
	require.Equal(t, "desk.not_found", b.take(doctor, "5830").Want(http.StatusNotFound).Code())
	b.take(doctor, "4917").Want(http.StatusNotFound)
	require.Len(t, b.desk(), 1)
	b.wantOpen()
	require.Equal(t, 5, acts(t, b.API, doctor.ClinicID, "pin.refused"))
	b.ask(http.MethodDelete, "/api/auth/pin", nil).Want(http.StatusNoContent)
	require.Equal(t, "auth.no_pin", b.take(desk, "8361").Want(http.StatusUnprocessableEntity).Code())
}

// To a PIN at the desk only what a PIN may: a fresh proof is asked for afterwards.
func TestTakingTheDeskIsNoFreshProof(t *testing.T) {
	t.Parallel()
	b, doctor, _ := sharedDesk(t)
	b.take(doctor, "4917").Want(http.StatusOK)
	require.Equal(t, "auth.proof_required", b.ask(http.MethodDelete, "/api/auth/sessions", nil).Want(http.StatusForbidden).Code())
}

// The answer holds a token, so it is not kept for a repetition.
func TestATakeOverIsNotRepeatedByAKey(t *testing.T) {
	t.Parallel()
	b, doctor, _ := sharedDesk(t)
	call := apitest.Call{
		Method: http.MethodPost, Path: "/api/auth/desk/switch", Body: map[string]any{"user_id": doctor.UserID, "pin": "4917"},
		Headers: map[string]string{"Cookie": "historias_session=" + b.session + "; historias_device=" + b.device, "Origin": b.URL, "Idempotency-Key": "tomar"},
	}
	b.Do(t, call).Want(http.StatusOK)
	require.Equal(t, 0, apitest.Scalar[int](t, b.API, `select count(*)::int from idempotency_keys where clinic_id = $1`, uuid.MustParse(doctor.ClinicID)))
	again := b.Do(t, call)
	require.Empty(t, again.Header.Get("Idempotent-Replayed"))
}

// Who has been away for two hours has no session to go on with, however busy the
// computer was meanwhile.
func TestADeskForgetsWhoIsLongGone(t *testing.T) {
	t.Parallel()
	b, doctor, _ := sharedDesk(t)
	b.Fake.Advance(100 * time.Minute)
	b.unlock(map[string]any{"pin": "8361"}).Want(http.StatusOK)
	require.Len(t, b.desk(), 2)
	b.Fake.Advance(30 * time.Minute)
	require.Len(t, b.desk(), 1)
	b.take(doctor, "4917").Want(http.StatusNotFound)
}

// A name that we did not give names no browser: its person gets one of ours when
// she signs in.
func TestABrowserHasANameOfOurs(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	in := map[string]any{"email": p.Email, "password": testkit.Password, "clinic_id": p.ClinicID}
	for _, name := range []string{"navegador-01", strings.Repeat("a", 33), strings.Repeat("a", 31) + "%", ""} {
		b := opened(t, a)
		b.device = name
		given := b.ask(http.MethodPost, "/api/auth/login", in).Want(http.StatusOK).Header.Values("Set-Cookie")
		require.Regexp(t, `historias_device=[A-Za-z0-9_-]{32};`, strings.Join(given, " "), name)
		require.Empty(t, b.desk(), name)
	}
	b := opened(t, a)
	given := b.ask(http.MethodPost, "/api/auth/login", in).Want(http.StatusOK).Header.Values("Set-Cookie")
	require.NotContains(t, strings.Join(given, " "), "historias_device", "a name of ours stays")
	require.Len(t, b.desk(), 1)
}
