package api_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/guard"
	"historias/internal/session"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// browser is a browser with its cookies: they go out by themselves, with the
// origin that a browser says.
type browser struct {
	*apitest.API
	t       testing.TB
	session string
	device  string
	agent   string
}

const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"

// opened is a browser that nobody has used yet.
func opened(t testing.TB, a *apitest.API) *browser {
	return &browser{API: a, t: t, device: vault.NewToken(24), agent: chrome}
}

func (b *browser) ask(method, path string, body any) apitest.Reply {
	b.t.Helper()
	r := b.Do(b.t, apitest.Call{Method: method, Path: path, Body: body, Headers: map[string]string{
		"Cookie": "historias_session=" + b.session + "; historias_device=" + b.device, "Origin": b.URL, "User-Agent": b.agent,
	}})
	for _, line := range r.Header.Values("Set-Cookie") {
		if ck, err := http.ParseSetCookie(line); err == nil && ck.Name == "historias_session" {
			b.session = ck.Value
		}
	}
	return r
}

// signIn signs somebody in, in the clinic that she is known in.
func (b *browser) signIn(p apitest.Person) *browser {
	b.t.Helper()
	b.ask(http.MethodPost, "/api/auth/login", map[string]any{
		"email": p.Email, "password": testkit.Password, "clinic_id": p.ClinicID,
	}).Want(http.StatusOK)
	return b
}

func (b *browser) me() map[string]any {
	b.t.Helper()
	return b.ask(http.MethodGet, "/api/auth/me", nil).Want(http.StatusOK).JSON()
}

// seats lists the sessions that the person of a browser sees.
func (b *browser) seats() []map[string]any {
	b.t.Helper()
	return list(b.ask(http.MethodGet, "/api/auth/sessions", nil).Want(http.StatusOK).JSON()["items"])
}

// acts gives the events of a clinic with an action, the oldest first.
func acts(t testing.TB, a *apitest.API, clinic, action string) int {
	t.Helper()
	return apitest.Scalar[int](t, a, `select count(*)::int from audit_events where clinic_id = $1 and action = $2`, uuid.MustParse(clinic), action)
}

// Somebody who lost her telephone sees it in her list and ends its session, which
// stops working with its next request; nobody else's is touched.
func TestAPersonSeesAndEndsHerSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	colleague := a.Colleague(t, p, actor.RoleNurse)
	office := opened(t, a).signIn(p)
	a.Fake.Advance(time.Minute)
	phone := opened(t, a)
	phone.agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
	phone.signIn(p)

	seats := office.seats()
	require.Len(t, seats, 3, "registration, the office and the telephone")
	require.Equal(t, "Safari en iPhone", seats[0]["device"])
	require.Equal(t, "Chrome en Windows", seats[1]["device"])
	require.Equal(t, []any{false, true, false}, []any{seats[0]["current"], seats[1]["current"], seats[2]["current"]})
	require.Equal(t, map[string]any{"id": p.ClinicID, "name": "Clínica Jacarandas"}, seats[0]["clinic"])
	require.NotEmpty(t, seats[0]["address"])

	lost, _ := seats[0]["id"].(string)
	stranger := a.Doctor(t)
	for _, other := range []string{stranger.Token, colleague.Token} {
		a.Do(t, apitest.Call{Method: http.MethodDelete, Path: "/api/auth/sessions/" + lost, Token: other}).Want(http.StatusNotFound)
	}
	office.ask(http.MethodDelete, "/api/auth/sessions/"+lost, nil).Want(http.StatusNoContent)
	require.Equal(t, "auth.signed_out", phone.ask(http.MethodGet, "/api/auth/me", nil).Want(http.StatusUnauthorized).Code())
	require.Len(t, office.seats(), 2)
	office.ask(http.MethodDelete, "/api/auth/sessions/"+lost, nil).Want(http.StatusNotFound)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: colleague.Token}).Want(http.StatusOK)
	require.Equal(t, 1, acts(t, a, p.ClinicID, "session.ended"))
}

// Ending one's own session is leaving: the browser forgets it too.
func TestEndingOnesOwnSessionIsLeaving(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := opened(t, a).signIn(a.Doctor(t))
	own, _ := b.seats()[0]["id"].(string)
	r := b.ask(http.MethodDelete, "/api/auth/sessions/"+own, nil).Want(http.StatusNoContent)
	require.Contains(t, r.Header.Get("Set-Cookie"), "historias_session=;")
}

// A list of sessions is read page by page, and a person of two clinics sees both.
func TestTheListOfSessionsHasPages(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	c := a.Colleague(t, p, actor.RoleDoctor) // registered with a clinic of her own
	for range 3 {
		opened(t, a).signIn(c)
	}
	seen, clinics, cursor := map[string]bool{}, map[string]bool{}, ""
	for range 5 {
		page := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/sessions?limit=2&cursor=" + cursor, Token: c.Token}).Want(http.StatusOK).JSON()
		for _, item := range list(page["items"]) {
			id, _ := item["id"].(string)
			require.False(t, seen[id], "a session stands on two pages")
			seen[id] = true
			at, _ := item["clinic"].(map[string]any)
			id, _ = at["id"].(string)
			clinics[id] = true
		}
		if cursor, _ = page["next_cursor"].(string); cursor == "" {
			break
		}
	}
	require.Len(t, seen, 5)
	require.Len(t, clinics, 2)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/sessions?cursor=zzz", Token: c.Token, Undocumented: true}).Want(http.StatusBadRequest)
}

// Whoever finds a computer open cannot throw its owner out of the others: that
// asks for a proof of the last five minutes.
func TestEndingAllOthersAsksForAFreshProof(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	here, there := opened(t, a).signIn(p), opened(t, a).signIn(p)
	a.Fake.Advance(5*time.Minute + time.Second)
	refused := here.ask(http.MethodDelete, "/api/auth/sessions", nil).Want(http.StatusForbidden)
	require.Equal(t, "auth.proof_required", refused.Code())
	require.Equal(t, "session:own", refused.JSON()["permission"])
	there.me()

	here.ask(http.MethodPost, "/api/auth/unlock", map[string]any{"password": testkit.Password}).Want(http.StatusOK)
	here.ask(http.MethodDelete, "/api/auth/sessions", nil).Want(http.StatusNoContent)
	there.ask(http.MethodGet, "/api/auth/me", nil).Want(http.StatusUnauthorized)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusUnauthorized)
	require.Len(t, here.seats(), 1)
}

// Who works in two clinics goes from one to the other without her password; the
// hour at which her session ends does not move, and the session she left is over.
func TestSwitchingClinics(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	c := a.Colleague(t, p, actor.RoleNurse)
	own := apitest.Scalar[string](t, a, `select clinic_id::text from memberships where user_id = $1 and clinic_id <> $2`, uuid.MustParse(c.UserID), uuid.MustParse(p.ClinicID))
	b := opened(t, a).signIn(c)
	ends := b.me()["expires_at"]
	left := b.session
	a.Fake.Advance(20 * time.Minute)
	b.ask(http.MethodPost, "/api/auth/unlock", map[string]any{"password": testkit.Password}).Want(http.StatusOK)

	elsewhere := a.Doctor(t)
	for name, clinic := range map[string]string{"a stranger's": elsewhere.ClinicID, "none": uuid.NewString(), "the platform's": uuid.Nil.String()} {
		require.Equal(t, "clinic.not_found", b.ask(http.MethodPost, "/api/auth/switch-clinic", map[string]any{"clinic_id": clinic}).Want(http.StatusNotFound).Code(), name)
	}
	in := b.ask(http.MethodPost, "/api/auth/switch-clinic", map[string]any{"clinic_id": own}).Want(http.StatusOK).JSON()
	require.Equal(t, ends, in["expires_at"])
	me := b.me()
	require.Equal(t, "owner", me["role"])
	require.Equal(t, own, me["clinic"].(map[string]any)["id"])
	gone := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: left}).Want(http.StatusUnauthorized)
	require.Equal(t, "auth.signed_out", gone.Code())

	a.Database.Exec(t, `update memberships set status = 'ended' where clinic_id = $1 and user_id = $2`, p.ClinicID, c.UserID)
	b.ask(http.MethodPost, "/api/auth/switch-clinic", map[string]any{"clinic_id": p.ClinicID}).Want(http.StatusNotFound)
	require.Equal(t, own, b.me()["clinic"].(map[string]any)["id"], "who could not go stays where she was")
}

// Of several that leave a session for another clinic at once one gets there: none
// opens a second session beside it.
func TestOneOfManySwitchesClinics(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	b := opened(t, a).signIn(p)
	before := len(b.seats())
	release := a.Hold(t, `select from sessions for update`)
	defer release()
	var answers []apitest.Reply
	done := make(chan struct{})
	go func() {
		defer close(done)
		answers = together(4, func(int) apitest.Reply {
			copied := *b
			return copied.ask(http.MethodPost, "/api/auth/switch-clinic", map[string]any{"clinic_id": p.ClinicID})
		})
	}()
	a.AwaitBlocked(t)
	release()
	<-done
	var statuses []int
	for _, r := range answers {
		statuses = append(statuses, r.Status)
	}
	slices.Sort(statuses)
	require.Equal(t, []int{http.StatusOK, http.StatusUnauthorized, http.StatusUnauthorized, http.StatusUnauthorized}, statuses)
	live := apitest.Scalar[int](t, a, `select count(*)::int from sessions where user_id = $1 and revoked_at is null`, uuid.MustParse(p.UserID))
	require.Equal(t, before, live)
}

// Ending the others leaves none of them, in no clinic, and an event for each; when
// one cannot be ended none is.
func TestTheOthersEndTogether(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	c := a.Colleague(t, p, actor.RoleNurse) // registered with a clinic of her own
	here := opened(t, a).signIn(c)
	others := len(here.seats()) - 1
	require.GreaterOrEqual(t, others, 2)
	live := func() int {
		return apitest.Scalar[int](t, a, `select count(*)::int from sessions where user_id = $1 and revoked_at is null`, uuid.MustParse(c.UserID))
	}
	a.Database.Exec(t, `create function refuse() returns trigger language plpgsql security definer as $$ begin
		if exists (select from audit_events where action = 'session.ended') then
			raise exception 'the disk is full' using errcode = '53100';
		end if;
		return new; end $$`)
	a.Database.Exec(t, `create trigger refuse before insert on audit_events for each row when (new.action = 'session.ended') execute function refuse()`)
	here.ask(http.MethodDelete, "/api/auth/sessions", nil).Want(http.StatusServiceUnavailable)
	require.Equal(t, others+1, live(), "what leaves no event does not happen")
	a.Database.Exec(t, `drop function refuse() cascade`)
	here.ask(http.MethodDelete, "/api/auth/sessions", nil).Want(http.StatusNoContent)
	require.Equal(t, 1, live())
	require.Equal(t, others, acts(t, a, p.ClinicID, "session.ended"))
}

// A switch proves nothing: what asked for a fresh proof before asks for it after.
func TestASwitchIsNoProof(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	b := opened(t, a).signIn(p)
	a.Fake.Advance(6 * time.Minute)
	b.ask(http.MethodPost, "/api/auth/switch-clinic", map[string]any{"clinic_id": p.ClinicID}).Want(http.StatusOK)
	require.Equal(t, "auth.proof_required", b.ask(http.MethodDelete, "/api/auth/sessions", nil).Want(http.StatusForbidden).Code())
}

// A sign-in from a browser that somebody never used is told to her by mail, once;
// what she uses every day is not, and neither is the browser she registered with.
func TestANewBrowserIsToldByMail(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	letters := func() int {
		return apitest.Scalar[int](t, a, `select count(*)::int from mail_outbox where clinic_id = $1 and kind = 'new_device'`, uuid.MustParse(p.ClinicID))
	}
	require.Equal(t, 0, letters(), "nobody is told of her own registration")
	a.Fake.Advance(time.Hour)
	b := opened(t, a).signIn(p)
	require.Equal(t, 1, letters())
	b.signIn(p)
	a.Fake.Advance(24 * time.Hour)
	b.signIn(p)
	require.Equal(t, 1, letters(), "she has used this browser before")
	colleague := a.Colleague(t, p, actor.RoleNurse)
	a.Fake.Advance(time.Hour)
	before := letters()
	b.signIn(colleague)
	require.Equal(t, before+1, letters(), "it is new to her colleague")
}

// Five colleagues who share the clinic's one address come in at nine o'clock, each
// after a mistyped password or two.
func TestFiveColleaguesBehindOneAddress(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	people := []apitest.Person{p}
	for _, role := range []actor.Role{actor.RoleDoctor, actor.RoleNurse, actor.RoleReceptionist, actor.RolePrivacyOfficer} {
		people = append(people, a.Colleague(t, p, role))
	}
	answers := together(len(people)*3, func(i int) apitest.Reply {
		return opened(t, a).ask(http.MethodPost, "/api/auth/login", map[string]any{"email": people[i%5].Email, "password": "mal escrita " + strings.Repeat("x", i)})
	})
	for _, r := range answers {
		require.Contains(t, []int{http.StatusUnauthorized, http.StatusTooManyRequests}, r.Status, "%s", r.Body)
		require.NotEqual(t, "auth.too_many_failures", r.Code())
	}
	for _, who := range people {
		opened(t, a).signIn(who)
	}
}

// What asks for a fresh proof says so in the document, refuses without one whoever
// asks, and does nothing.
func TestWhatAsksForAFreshProof(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.ReadyDoctor(t)
	a.Fake.Advance(session.FreshLimit)
	a.Do(t, apitest.Call{Method: http.MethodPut, Path: "/api/auth/pin", Token: p.Token, Body: map[string]any{"pin": "4917"}}).Want(http.StatusNoContent)
	a.Fake.Advance(time.Second)
	asked := 0
	for _, o := range guarded(t, a) {
		if !a.Face.Fresh(o.method, o.path) {
			continue
		}
		asked++
		require.Contains(t, *o.doc.Responses.Value("403").Value.Description, "auth.proof_required", o.name())
		r := a.Do(t, apitest.Call{Method: o.method, Path: o.at(uuid.NewString()), Token: p.Token, Body: o.body(), Headers: o.headers()})
		require.Equal(t, http.StatusForbidden, r.Status, o.name())
		require.Equal(t, "auth.proof_required", r.Code(), o.name())
		require.Equal(t, string(o.permission), r.JSON()["permission"], o.name())
	}
	require.GreaterOrEqual(t, asked, 5)
}

// What was counted before a restart counts after it.
func TestFailuresSurviveARestart(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	for range guard.ByAccount {
		opened(t, a).ask(http.MethodPost, "/api/auth/login", map[string]any{"email": p.Email, "password": "no es la suya"}).Want(http.StatusUnauthorized)
	}
	restarted, err := app.Build(t.Context(), a.Config, a.Fake, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(restarted.Close)
	_, err = restarted.Accounts.Login(t.Context(), account.Credentials{Email: p.Email, Password: testkit.Password})
	require.ErrorContains(t, err, "auth.too_many_failures")
	a.Fake.Advance(guard.Window)
	_, err = restarted.Accounts.Login(t.Context(), account.Credentials{Email: p.Email, Password: testkit.Password})
	require.NoError(t, err)
}
