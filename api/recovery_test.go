package api_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/testkit"
)

const newPassword = "un colibrí sobre la bugambilia"

// letters reads the page /dev/mail as a person does.
func letters(t *testing.T, a *apitest.API) string {
	t.Helper()
	_, err := a.Queue.Drain(t.Context(), a.Fake.Now())
	require.NoError(t, err)
	return string(a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/dev/mail", Undocumented: true}).Want(http.StatusOK).Body)
}

var resetLink = regexp.MustCompile(`href="[^"]*/restablecer#([A-Za-z0-9_-]{43})"`)

// A doctor who forgot her password asks for a link, finds it in her mail and
// comes in with a new one; her token of before is dead.
func TestAForgottenPassword(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	known := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/password/forgot", Body: map[string]any{"email": p.Email}}).Want(http.StatusAccepted)
	unknown := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/password/forgot", Body: map[string]any{"email": "nadie@jacarandas.example"}}).Want(http.StatusAccepted)
	require.Equal(t, known.Body, unknown.Body, "the answer tells whether the address has an account")

	link := resetLink.FindStringSubmatch(letters(t, a))
	require.NotNil(t, link)
	reset := apitest.Call{Method: http.MethodPost, Path: "/api/auth/password/reset", Body: map[string]any{"token": link[1], "password": newPassword}}
	done := a.Do(t, reset).Want(http.StatusNoContent)
	require.Empty(t, done.Header.Values("Set-Cookie"), "a link signs nobody in")
	require.Equal(t, "auth.signed_out", a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusUnauthorized).Code())
	require.Equal(t, "auth.reset_invalid", a.Do(t, reset).Want(http.StatusUnprocessableEntity).Code())

	in := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{"email": p.Email, "password": newPassword}}).Want(http.StatusOK).JSON()
	require.Equal(t, true, in["user"].(map[string]any)["email_verified"])
	require.Contains(t, letters(t, a), "Su contraseña cambió")
}

// A robot that opens links for somebody changes nothing: there is nothing to GET.
func TestAPreviewOfALinkChangesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for _, path := range []string{"/api/auth/password/reset", "/api/auth/password/forgot", "/api/auth/email/verify"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := a.Do(t, apitest.Call{Method: method, Path: path, Undocumented: true})
			require.Contains(t, []int{http.StatusMethodNotAllowed, http.StatusNotFound}, r.Status)
		}
	}
}

// What cannot be a password is told at its field, however long it is.
func TestBadPasswordsAreToldAtTheirField(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	for password, want := range map[string]string{
		strings.Repeat("a b ", 1250): "too_long", strings.Repeat("x", 5001): "max", strings.Repeat(" ", 40): "trivial",
		"catorce letras": "too_short", "contraseña 2026!!": "common", "Sofía Núñez 1985": "personal",
	} {
		r := a.Do(t, apitest.Call{
			Method: http.MethodPut, Path: "/api/auth/password", Token: p.Token, Undocumented: true,
			Body: map[string]any{"current_password": testkit.Password, "password": password},
		}).Want(http.StatusBadRequest)
		require.Contains(t, r.Fields(), "password")
		if want != "max" {
			require.Equal(t, want, r.Fields()["password"], "%.20q", password)
		}
		require.NotContains(t, string(r.Body), password)
	}
	a.Do(t, apitest.Call{
		Method: http.MethodPut, Path: "/api/auth/password", Token: p.Token,
		Body: map[string]any{"current_password": testkit.Password, "password": newPassword},
	}).Want(http.StatusNoContent)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusOK)
}

// Registration asks for the address to be proved, and the link in the letter
// does it.
func TestTheAddressOfARegistrationIsProved(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	verified := func() any {
		me := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusOK).JSON()
		return me["user"].(map[string]any)["email_verified"]
	}
	require.Equal(t, false, verified())
	a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/email/verification", Token: p.Token}).Want(http.StatusAccepted)
	link := regexp.MustCompile(`href="[^"]*/verificar-correo#([A-Za-z0-9_-]{43})"`).FindStringSubmatch(letters(t, a))
	require.NotNil(t, link)
	verify := apitest.Call{Method: http.MethodPost, Path: "/api/auth/email/verify", Body: map[string]any{"token": link[1]}}
	a.Do(t, verify).Want(http.StatusUnauthorized)
	verify.Token = a.Doctor(t).Token
	require.Equal(t, "auth.verification_invalid", a.Do(t, verify).Want(http.StatusUnprocessableEntity).Code())
	verify.Token = p.Token
	a.Do(t, verify).Want(http.StatusNoContent)
	require.Equal(t, true, verified())
}

// One's own data are read and replaced by version; what the server sets may come
// back as it was and not otherwise.
func TestOnesOwnProfile(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	read := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/profile", Token: p.Token}).Want(http.StatusOK)
	body := read.JSON()
	put := func(version string) apitest.Reply {
		headers := map[string]string{}
		if version != "" {
			headers["If-Match"] = version
		}
		return a.Do(t, apitest.Call{Method: http.MethodPut, Path: "/api/auth/profile", Token: p.Token, Headers: headers, Body: body, Undocumented: true})
	}
	put("").Want(http.StatusPreconditionRequired)
	body["specialty"] = "Medicina interna"
	saved := put(read.Header.Get("ETag")).Want(http.StatusOK)
	require.Equal(t, "Medicina interna", saved.JSON()["specialty"])
	require.Equal(t, "user.stale", put(read.Header.Get("ETag")).Want(http.StatusPreconditionFailed).Code())

	body = saved.JSON()
	body["email"] = "otra@persona.example"
	require.Equal(t, map[string]string{"email": "read_only"}, put(saved.Header.Get("ETag")).Want(http.StatusUnprocessableEntity).Fields())
	body = saved.JSON()
	body["license_number"] = "12"
	body["full_name"] = ""
	require.Equal(t, map[string]string{"license_number": "length", "full_name": "required"}, put(saved.Header.Get("ETag")).Want(http.StatusBadRequest).Fields())

	me := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Want(http.StatusOK).JSON()
	require.Equal(t, "Medicina interna", me["user"].(map[string]any)["specialty"])
}

// The page of letters exists only where letters are not sent.
func TestThePageOfLettersIsNotInProduction(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*config.Config){
		func(c *config.Config) { c.Environment = "production"; c.FrontendURL = "https://historias.example" },
		func(c *config.Config) {
			c.SMTP = config.SMTP{Host: "127.0.0.1", Port: 9, From: "avisos@historias.example"}
		},
	} {
		a := apitest.NewWith(t, change)
		a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/dev/mail", Undocumented: true}).Want(http.StatusNotFound)
	}
}
