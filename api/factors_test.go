package api_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// authenticator is what somebody enrolled with: its secret and her recovery codes.
type authenticator struct {
	secret   string
	recovery []string
}

// code is what the authenticator shows when its clock is off by some steps.
func (g authenticator) code(t testing.TB, a *apitest.API, steps int) string {
	t.Helper()
	code, err := totp.GenerateCode(g.secret, a.Fake.Now().Add(time.Duration(steps)*30*time.Second))
	require.NoError(t, err)
	return code
}

// enrol gives a person an authenticator, and lets its first code grow old.
func enrol(t testing.TB, a *apitest.API, p apitest.Person) authenticator {
	t.Helper()
	setup := post(t, a, p.Token, "/api/auth/totp/setup", nil).Want(http.StatusOK).JSON()
	g := authenticator{secret: setup["secret"].(string)}
	done := post(t, a, p.Token, "/api/auth/totp/enable", map[string]any{"code": g.code(t, a, 0)}).Want(http.StatusOK).JSON()
	for _, c := range done["recovery_codes"].([]any) {
		g.recovery = append(g.recovery, c.(string))
	}
	a.Fake.Advance(2 * time.Minute)
	return g
}

func post(t testing.TB, a *apitest.API, token, path string, body any) apitest.Reply {
	t.Helper()
	return a.Do(t, apitest.Call{Method: http.MethodPost, Path: path, Token: token, Body: body})
}

func get(t testing.TB, a *apitest.API, token, path string) map[string]any {
	t.Helper()
	return a.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Token: token}).Want(http.StatusOK).JSON()
}

// door is a browser at the sign-in page; it keeps its cookies.
type door struct {
	t       testing.TB
	a       *apitest.API
	cookies map[string]string
}

func newDoor(t testing.TB, a *apitest.API) *door {
	return &door{t: t, a: a, cookies: map[string]string{}}
}

func (d *door) enter(p apitest.Person, more map[string]any) apitest.Reply {
	d.t.Helper()
	body := map[string]any{"email": p.Email, "password": testkit.Password, "clinic_id": p.ClinicID}
	for k, v := range more {
		body[k] = v
	}
	var kept []string
	for name, value := range d.cookies {
		kept = append(kept, name+"="+value)
	}
	r := d.a.Do(d.t, apitest.Call{
		Method: http.MethodPost, Path: "/api/auth/login", Body: body, Headers: map[string]string{"Cookie": strings.Join(kept, "; ")},
	})
	for _, c := range (&http.Response{Header: r.Header}).Cookies() {
		if c.Name != "historias_session" {
			d.cookies[c.Name] = c.Value
		}
	}
	return r
}

func (d *door) code(p apitest.Person, code string) apitest.Reply {
	d.t.Helper()
	return d.enter(p, map[string]any{"totp_code": code})
}

func TestASecondStepIsAskedAtTheDoor(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	g := enrol(t, a, p)
	d := newDoor(t, a)

	asked := d.enter(p, nil).Want(http.StatusUnauthorized)
	require.Equal(t, "auth.totp_required", asked.Code())
	require.Equal(t, []any{"totp", "recovery_code"}, asked.JSON()["methods"])
	wrong := d.enter(p, map[string]any{"password": "otra frase cualquiera", "totp_code": g.code(t, a, 0)}).Want(http.StatusUnauthorized)
	require.Equal(t, "auth.invalid_credentials", wrong.Code(), "a guest with a wrong password learns of no second factor")

	used := g.code(t, a, 0)
	d.code(p, used).Want(http.StatusOK)
	require.Equal(t, "auth.invalid_code", d.code(p, used).Want(http.StatusUnauthorized).Code(), "a code is good once")

	for _, c := range []struct {
		says  string
		steps int
		good  bool
	}{
		{"late by one step", -1, true},
		{"late by two", -2, false},
		{"early by one step", 1, true},
		{"early by two", 2, false},
		{"a clock that is two minutes behind", -4, false},
		{"a clock that is two minutes ahead", 4, false},
	} {
		a.Fake.Advance(10 * time.Minute)
		want := http.StatusUnauthorized
		if c.good {
			want = http.StatusOK
		}
		require.Equal(t, want, d.code(p, g.code(t, a, c.steps)).Status, c.says)
	}
	a.Fake.Advance(20 * time.Minute)
	spaced := g.code(t, a, 0)
	d.code(p, " "+spaced[:3]+" "+spaced[3:]+"\n").Want(http.StatusOK)
	for _, bad := range []string{"12345", "1234567", "abcdef", "١٢٣٤٥٦", strings.Repeat("A", 24)} {
		d.code(p, bad).Want(http.StatusUnauthorized)
	}
}

// What one proof counts for, another cannot escape (the fault of a known peer: no
// counting once a code was asked).
func TestFailuresCountAlikeOnEveryPathway(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	g := enrol(t, a, p)
	home := newDoor(t, a)
	home.code(p, g.code(t, a, 0)).Want(http.StatusOK)
	a.Fake.Advance(time.Minute)

	// Nine failures, each of another way in: a stranger at the door, then whoever has the session.
	newDoor(t, a).code(p, "000000").Want(http.StatusUnauthorized)
	newDoor(t, a).code(p, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA").Want(http.StatusUnauthorized)
	newDoor(t, a).enter(p, map[string]any{"password": "otra frase cualquiera"}).Want(http.StatusUnauthorized)
	post(t, a, "", "/api/auth/factor/lost", map[string]any{"email": p.Email, "password": "otra frase cualquiera"}).Want(http.StatusAccepted)
	again := func(proof map[string]any) apitest.Reply {
		return post(t, a, p.Token, "/api/auth/reauthenticate", proof)
	}
	require.Equal(t, "auth.wrong_password", again(map[string]any{"password": "otra"}).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "auth.invalid_code", again(map[string]any{"totp_code": "000000"}).Want(http.StatusUnprocessableEntity).Code())
	post(t, a, p.Token, "/api/auth/totp/setup", nil).Want(http.StatusOK)
	post(t, a, p.Token, "/api/auth/totp/enable", map[string]any{"code": "000000"}).Want(http.StatusUnprocessableEntity)
	newDoor(t, a).code(p, "000000").Want(http.StatusUnauthorized)
	newDoor(t, a).code(p, "000000").Want(http.StatusUnauthorized)
	newDoor(t, a).code(p, "000000").Want(http.StatusUnauthorized)

	full := newDoor(t, a).code(p, g.code(t, a, 0)).Want(http.StatusTooManyRequests)
	require.Equal(t, "auth.too_many_failures", full.Code())
	require.NotEmpty(t, full.Header.Get("Retry-After"))
	require.Equal(t, http.StatusTooManyRequests, again(map[string]any{"password": testkit.Password}).Status)
	home.code(p, g.code(t, a, 0)).Want(http.StatusOK) // a known browser is never kept out by strangers

	for range 10 {
		home.code(p, "000000").Want(http.StatusUnauthorized)
	}
	home.code(p, g.code(t, a, 1)).Want(http.StatusTooManyRequests) // its own failures it counts
	a.Fake.Advance(16 * time.Minute)
	newDoor(t, a).code(p, g.code(t, a, 0)).Want(http.StatusOK)
}

func TestARecoveryCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	g := enrol(t, a, p)
	require.Len(t, g.recovery, 10)
	d := newDoor(t, a)
	d.code(p, strings.ToLower(strings.ReplaceAll(g.recovery[0], "-", " "))).Want(http.StatusOK)
	require.Equal(t, "auth.invalid_code", d.code(p, g.recovery[0]).Want(http.StatusUnauthorized).Code())
	require.InDelta(t, 9, get(t, a, p.Token, "/api/auth/security")["recovery_codes_left"], 0)
	require.Contains(t, letters(t, a), "Se usó uno de sus códigos de recuperación")

	post(t, a, p.Token, "/api/auth/reauthenticate", map[string]any{"totp_code": g.recovery[1]}).Want(http.StatusOK)
	fresh := post(t, a, p.Token, "/api/auth/recovery-codes", nil).Want(http.StatusOK).JSON()["recovery_codes"].([]any)
	d.code(p, g.recovery[2]).Want(http.StatusUnauthorized)
	d.code(p, fresh[0].(string)).Want(http.StatusOK)

	other := a.Doctor(t)
	enrol(t, a, other)
	d.code(other, fresh[1].(string)).Want(http.StatusUnauthorized) // another's codes open nothing
}

func TestARememberedBrowserNeedsNoCode(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p, other := a.Doctor(t), a.Doctor(t)
	g := enrol(t, a, p)
	enrol(t, a, other)
	d := newDoor(t, a)
	in := d.enter(p, map[string]any{"totp_code": g.code(t, a, 0), "remember_device": true}).Want(http.StatusOK).JSON()
	d.enter(p, nil).Want(http.StatusOK)
	d.enter(other, nil).Want(http.StatusUnauthorized) // it is remembered for one person
	newDoor(t, a).enter(p, nil).Want(http.StatusUnauthorized)

	token := in["access_token"].(string)
	items := get(t, a, token, "/api/auth/devices")["items"].([]any)
	require.Len(t, items, 1)
	id := items[0].(map[string]any)["id"].(string)
	a.Do(t, apitest.Call{Method: http.MethodDelete, Path: "/api/auth/devices/" + id, Token: other.Token}).Want(http.StatusNotFound)
	a.Do(t, apitest.Call{Method: http.MethodDelete, Path: "/api/auth/devices/" + id, Token: token}).Want(http.StatusNoContent)
	d.enter(p, nil).Want(http.StatusUnauthorized)

	d.enter(p, map[string]any{"totp_code": g.recovery[0], "remember_device": true}).Want(http.StatusOK)
	d.enter(p, nil).Want(http.StatusOK)
	a.Fake.Advance(30*24*time.Hour + time.Minute)
	d.enter(p, nil).Want(http.StatusUnauthorized)
}

func TestWithoutASecondFactorNothingIsRemembered(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	d := newDoor(t, a)
	d.enter(p, map[string]any{"remember_device": true, "totp_code": "123456"}).Want(http.StatusOK)
	require.NotContains(t, d.cookies, "historias_trust")
	require.Contains(t, d.cookies, "historias_device")
	require.Equal(t, "auth.factor_missing", post(t, a, p.Token, "/api/auth/recovery-codes", nil).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "auth.totp_setup_missing", post(t, a, p.Token, "/api/auth/totp/enable", map[string]any{"code": "123456"}).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "auth.totp_not_enrolled", post(t, a, p.Token, "/api/auth/reauthenticate", map[string]any{"totp_code": "123456"}).Want(http.StatusUnprocessableEntity).Code())
	post(t, a, p.Token, "/api/auth/totp/disable", nil).Want(http.StatusNotFound)
}

func TestWhatGuardsAnAccountNeedsAFreshProof(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	enrol(t, a, p)
	a.Fake.Advance(5 * time.Minute)
	for _, path := range []string{"/api/auth/totp/setup", "/api/auth/totp/disable", "/api/auth/recovery-codes", "/api/auth/passkeys/begin"} {
		r := post(t, a, p.Token, path, nil).Want(http.StatusForbidden)
		require.Equal(t, "auth.proof_required", r.Code(), path)
	}
	until := post(t, a, p.Token, "/api/auth/reauthenticate", map[string]any{"password": testkit.Password}).Want(http.StatusOK).JSON()["proved_until"]
	require.NotEmpty(t, until)
	post(t, a, p.Token, "/api/auth/recovery-codes", nil).Want(http.StatusOK)
	two := post(t, a, p.Token, "/api/auth/reauthenticate", map[string]any{"password": testkit.Password, "totp_code": "123456"}).Want(http.StatusBadRequest)
	require.Equal(t, "only_one", two.Fields()["password"])
}

func TestTheLastFactorStaysWhereOneIsRequired(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.Doctor(t)
	enrol(t, a, owner)
	kept := post(t, a, owner.Token, "/api/auth/totp/disable", nil).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "auth.factor_required", kept.Code())
	require.Equal(t, true, get(t, a, owner.Token, "/api/auth/security")["totp"].(map[string]any)["enabled"], "nothing was taken away")

	nurse := a.Colleague(t, owner, actor.RoleNurse)
	// Her own clinic is one of demonstration, which asks for nothing.
	a.Database.Exec(t, `update clinics set demo = true where id in (select clinic_id from memberships where user_id = $1 and role = 'owner')`, uuid.MustParse(nurse.UserID))
	g := enrol(t, a, nurse)
	d := newDoor(t, a)
	d.enter(nurse, map[string]any{"totp_code": g.code(t, a, 0), "remember_device": true}).Want(http.StatusOK)
	post(t, a, nurse.Token, "/api/auth/totp/disable", nil).Want(http.StatusNoContent)
	left := get(t, a, nurse.Token, "/api/auth/security")
	require.InDelta(t, 0, left["recovery_codes_left"], 0)
	require.Empty(t, left["trusted_devices"])
	newDoor(t, a).enter(nurse, nil).Want(http.StatusOK)
}

func TestAfterTheDaysOfGraceOnlyASecondFactorCanBeGot(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	due := get(t, a, owner.Token, "/api/auth/me")["factor"].(map[string]any)
	require.Equal(t, false, due["enrolled"])
	require.Equal(t, true, due["required"])
	require.Equal(t, testkit.Noon.Add(14*24*time.Hour).Format(time.RFC3339), due["due_at"])

	a.Fake.Advance(14*24*time.Hour - time.Minute)
	late := newDoor(t, a).enter(owner, nil).Want(http.StatusOK).JSON()["access_token"].(string)
	get(t, a, late, "/api/clinic")
	a.Fake.Advance(time.Minute)
	read := apitest.Call{Method: http.MethodGet, Path: "/api/clinic", Token: late}
	shut := a.Do(t, read).Want(http.StatusForbidden)
	require.Equal(t, "auth.factor_required", shut.Code(), "grace ends within a session that is open")
	require.Equal(t, "clinic:read", shut.JSON()["permission"])
	me := get(t, a, late, "/api/auth/me")
	require.Equal(t, []any{"session:own"}, me["permissions"])
	require.Equal(t, true, me["factor"].(map[string]any)["overdue"])

	owner.Token = late
	enrol(t, a, owner)
	a.Do(t, read).Want(http.StatusOK)
}

func TestAClinicMayAskASecondFactorOfEverybody(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	enrol(t, a, owner)
	nurse := a.Colleague(t, owner, actor.RoleNurse)
	factor := func() map[string]any { return get(t, a, nurse.Token, "/api/auth/me")["factor"].(map[string]any) }
	require.Equal(t, false, factor()["required"])
	a.Do(t, apitest.Call{
		Method: http.MethodPut, Path: "/api/clinic/security", Token: owner.Token, Headers: map[string]string{"If-Match": `"1"`},
		Body: map[string]any{"lock_minutes": 15, "factor_required": true},
	}).Want(http.StatusOK)
	require.Equal(t, true, factor()["required"], "it acts on the next request")
	require.NotEmpty(t, factor()["due_at"])
}

var link = regexp.MustCompile(`/cancelar-reposicion#([A-Za-z0-9_-]+)`)

func TestWithNobodyElseALostFactorGoesAfterADaysNotice(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	enrol(t, a, p)
	lost := func(email, password string) {
		post(t, a, "", "/api/auth/factor/lost", map[string]any{"email": email, "password": password}).Want(http.StatusAccepted)
	}
	lost("nadie@jacarandas.example", testkit.Password)
	lost(p.Email, "otra frase cualquiera")
	require.NotRegexp(t, link, letters(t, a), "neither a stranger nor a guess begins anything")
	lost(p.Email, testkit.Password)
	lost(p.Email, testkit.Password)
	found := link.FindAllStringSubmatch(letters(t, a), -1)
	require.NotEmpty(t, found)
	d := newDoor(t, a)
	d.enter(p, nil).Want(http.StatusUnauthorized)
	cancel := func(token string) apitest.Reply {
		return post(t, a, "", "/api/auth/factor/lost/cancel", map[string]any{"token": token})
	}
	require.Equal(t, "auth.removal_unknown", cancel("no es ninguno").Want(http.StatusUnprocessableEntity).Code())
	cancel(" " + found[0][1] + "\n").Want(http.StatusNoContent)
	cancel(found[0][1]).Want(http.StatusNoContent) // opened twice
	a.Fake.Advance(25 * time.Hour)
	letters(t, a)
	d.enter(p, nil).Want(http.StatusUnauthorized)

	lost(p.Email, testkit.Password)
	a.Fake.Advance(24*time.Hour + time.Minute)
	require.Contains(t, letters(t, a), "Se quitó la verificación en dos pasos")
	d.enter(p, nil).Want(http.StatusOK)
	require.Equal(t, http.StatusUnauthorized, a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Status)
}
