package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/guard"
	"historias/internal/testkit"
)

func TestADoctorRegistersSignsOutAndIn(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	me := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusOK).JSON()
	require.Equal(t, "owner", me["role"])
	require.Contains(t, me["permissions"], string(actor.ChartRead), "an owner with a cédula may do all that a doctor may")

	a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/logout", Token: p.Token}).Want(http.StatusNoContent)
	after := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusUnauthorized)
	require.Equal(t, "auth.signed_out", after.Code(), "sign-out kills the token at once")

	in := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": strings.ToUpper(p.Email), "password": testkit.Password,
	}}).Want(http.StatusOK)
	require.Contains(t, in.Header.Get("Set-Cookie"), "HttpOnly")
}

func TestSignOutTakesTheCookieBackEvenWithAKeyOfRepetition(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	out := a.Do(t, apitest.Call{
		Method: http.MethodPost, Path: "/api/auth/logout", Token: p.Token,
		Headers: map[string]string{"Idempotency-Key": "cerrar-sesion"},
	}).Want(http.StatusNoContent)
	require.Contains(t, out.Header.Get("Set-Cookie"), "historias_session=;")
	require.NotEmpty(t, out.Header.Get("Clear-Site-Data"))
}

func TestRegistrationSaysEverythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	bad := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Undocumented: true, Body: map[string]any{
		"full_name": " ", "email": "con espacio@x", "password": "corta", "profession": "brujo",
		"license_number": "12", "title_institution": "", "phone": "555 123 456", "accept_terms": false,
	}}).Want(http.StatusBadRequest)
	require.Equal(t, map[string]string{
		"full_name": "required", "email": "format", "password": "too_short", "profession": "enum",
		"license_number": "length", "title_institution": "required", "phone": "length", "accept_terms": "required",
	}, bad.Fields())
}

func TestAnAddressHasOneAccount(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	body := apitest.RegisterBody()
	call := apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Body: body}
	a.Do(t, call).Want(http.StatusCreated)
	require.Equal(t, "account.email_taken", a.Do(t, call).Want(http.StatusConflict).Code())
}

// Whoever asks of very many addresses whether they have an account hears it of ten;
// another place goes on, and who has registered goes on coming in.
func TestARegistrationTellsOfFewAddresses(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.TrustedProxies = []string{"127.0.0.1"} })
	register := func(from string, body map[string]any) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Body: body, Headers: map[string]string{"X-Forwarded-For": from}})
	}
	taken := apitest.RegisterBody()
	register("198.51.100.1", taken).Want(http.StatusCreated)
	for range guard.ByAccount {
		register("198.51.100.1", taken).Want(http.StatusConflict)
	}
	for _, body := range []map[string]any{taken, apitest.RegisterBody()} {
		r := register("198.51.100.1", body).Want(http.StatusTooManyRequests)
		require.Equal(t, "auth.too_many_failures", r.Code(), "taken or free, the answer is one")
		require.NotEmpty(t, r.Header.Get("Retry-After"))
	}
	register("198.51.100.2", apitest.RegisterBody()).Want(http.StatusCreated)
	a.Do(t, apitest.Call{
		Method: http.MethodPost, Path: "/api/auth/login", Headers: map[string]string{"X-Forwarded-For": "198.51.100.1"},
		Body: map[string]any{"email": taken["email"], "password": testkit.Password},
	}).Want(http.StatusOK)
	a.Fake.Advance(guard.Window + time.Second)
	register("198.51.100.1", apitest.RegisterBody()).Want(http.StatusCreated)
}

func TestBadCredentialsHaveOneAnswerAndAreCounted(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	try := func(email, password string) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{"email": email, "password": password}})
	}
	unknown := try("nadie@jacarandas.example", "cualquier frase").Want(http.StatusUnauthorized)
	wrong := try(p.Email, "cualquier frase").Want(http.StatusUnauthorized)
	require.Equal(t, unknown.Code(), wrong.Code())
	for range 9 {
		try(p.Email, "cualquier frase").Want(http.StatusUnauthorized)
	}
	full := try(p.Email, testkit.Password).Want(http.StatusTooManyRequests)
	require.NotEmpty(t, full.Header.Get("Retry-After"))
	a.Fake.Advance(16 * time.Minute)
	try(p.Email, testkit.Password).Want(http.StatusOK)
}

func TestATokenThatIsNotOursIsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	head, rest, _ := strings.Cut(p.Token, ".")
	body, mac, _ := strings.Cut(rest, ".")
	for name, token := range map[string]string{
		"alg none":        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + body + ".",
		"no signature":    head + "." + body + ".",
		"another body":    head + "." + body[:len(body)-2] + "AA." + mac,
		"another secret":  head + "." + body + "." + strings.Repeat("A", len(mac)),
		"trailing text":   p.Token + "x",
		"not a token":     "hola",
		"nothing at all":  " ",
		"two tokens":      p.Token + "." + p.Token,
		"flipped last":    p.Token[:len(p.Token)-1] + flip(p.Token[len(p.Token)-1]),
		"header is empty": "." + body + "." + mac,
	} {
		r := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: token})
		require.Equal(t, http.StatusUnauthorized, r.Status, name)
	}
	a.Fake.Advance(25 * time.Hour)
	old := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusUnauthorized)
	require.Equal(t, "auth.expired", old.Code())
}

func flip(b byte) string {
	if b == 'A' {
		return "B"
	}
	return "A"
}

func TestARoleChangeActsOnTheNextRequest(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.ReadyDoctor(t)
	c := a.Colleague(t, p, actor.RolePrivacyOfficer)
	read := apitest.Call{Method: http.MethodGet, Path: "/api/clinic", Token: c.Token}
	a.Do(t, read).Want(http.StatusOK)
	a.Database.Exec(t, `update memberships set role = 'auditor' where clinic_id = $1 and user_id = $2`, p.ClinicID, c.UserID)
	denied := a.Do(t, read).Want(http.StatusForbidden)
	require.Equal(t, string(actor.ClinicRead), denied.JSON()["permission"])
	a.Database.Exec(t, `update memberships set status = 'ended' where clinic_id = $1 and user_id = $2`, p.ClinicID, c.UserID)
	a.Do(t, read).Want(http.StatusUnauthorized)
}

func TestTheCookieNeedsOurOrigin(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	out := func(headers map[string]string) int {
		headers["Cookie"] = "historias_session=" + p.Token
		return a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/logout", Headers: headers}).Status
	}
	require.Equal(t, http.StatusForbidden, out(map[string]string{"Origin": "https://otro.example"}))
	require.Equal(t, http.StatusForbidden, out(map[string]string{}))
	require.Equal(t, http.StatusNoContent, out(map[string]string{"Origin": a.URL}))
}
