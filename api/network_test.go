package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/testkit"
)

// signIn tries a wrong password by way of a chain of addresses, which leaves an
// event and counts.
func signIn(t testing.TB, a *apitest.API, chain string) apitest.Reply {
	t.Helper()
	a.Fake.Advance(time.Second) // so that its event is the newest
	call := apitest.Call{
		Method: http.MethodPost, Path: "/api/auth/login", Headers: map[string]string{},
		Body: map[string]any{"email": uuid.NewString() + "@nadie.example", "password": "no es la contraseña"},
	}
	if chain != "" {
		call.Headers["X-Forwarded-For"] = chain
		call.Headers["X-Real-Ip"] = "203.0.113.250"
		call.Headers["Forwarded"] = "for=203.0.113.251"
	}
	return a.Do(t, call)
}

// lastAddress is where the newest refused sign-in came from, as the trail says.
func lastAddress(t testing.TB, a *apitest.API) string {
	t.Helper()
	return apitest.Scalar[string](t, a, `select address::text from audit_events where action = 'session.refused' order by at desc, id desc limit 1`)
}

// Whoever sends X-Forwarded-For herself gains nothing: not another address in
// the trail, and no more attempts.
func TestAForgedAddressIsNotBelieved(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.RateLimited, c.RatePerMinute = true, 4 })
	refused := 0
	for i, chain := range []string{"", "203.0.113.1", "203.0.113.2, 203.0.113.3", "::1", "basura", "203.0.113.4", "203.0.113.5", "203.0.113.6"} {
		r := signIn(t, a, chain)
		if r.Status == http.StatusTooManyRequests {
			require.Equal(t, "rate.exceeded", r.Code())
			require.NotEmpty(t, r.Header.Get("Retry-After"))
			refused++
			continue
		}
		require.Equal(t, http.StatusUnauthorized, r.Status, "%d: %s", i, r.Body)
		require.Equal(t, "127.0.0.1", strings.TrimSuffix(lastAddress(t, a), "/32"), chain)
	}
	require.GreaterOrEqual(t, refused, 2, "each forged address had attempts of its own")
}

// Behind a proxy that is trusted by name, the last address that the proxy did
// not write itself is the caller's; what she put before it says nothing.
func TestATrustedProxyNamesTheCaller(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) {
		c.RateLimited, c.RatePerMinute = true, 3
		c.TrustedProxies = []string{"127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48"}
	})
	for chain, address := range map[string]string{
		"198.51.100.7":                                         "198.51.100.7",
		"203.0.113.9, 198.51.100.8":                            "198.51.100.8",
		"203.0.113.9, 198.51.100.9, 10.1.2.3":                  "198.51.100.9",
		"2001:db8:2::5, 2001:db8:1::5":                         "2001:db8:2::5",
		"127.0.0.1, 198.51.100.10, 10.0.0.1":                   "198.51.100.10",
		"198.51.100.11, basura":                                "127.0.0.1",
		"<script>, 198.51.100.12":                              "198.51.100.12",
		strings.Repeat("203.0.113.9, ", 200) + "198.51.100.13": "198.51.100.13",
	} {
		signIn(t, a, chain).Want(http.StatusUnauthorized)
		got, _, _ := strings.Cut(lastAddress(t, a), "/")
		require.Equal(t, address, got, chain)
	}
	for i := range 3 {
		signIn(t, a, "198.51.100.20").Want(http.StatusUnauthorized)
		require.Equal(t, http.StatusUnauthorized, signIn(t, a, "198.51.100.21").Status, "%d: a neighbour is not counted", i)
	}
	for _, chain := range []string{"198.51.100.20", "203.0.113.9, 198.51.100.20", "198.51.100.20, 10.0.0.1"} {
		require.Equal(t, http.StatusTooManyRequests, signIn(t, a, chain).Status, chain)
	}
}

// A page of a configured origin may call the API with its cookie and read what
// it needs; a page of another may not.
func TestOnlyConfiguredOriginsMayCall(t *testing.T) {
	t.Parallel()
	const spa = "https://historias.example"
	a := apitest.NewWith(t, func(c *config.Config) {
		c.FrontendURL, c.AllowedOrigins = spa, []string{"https://www.historias.example"}
	})
	p := a.ReadyDoctor(t)
	ask := func(method, origin string, headers map[string]string) apitest.Reply {
		all := map[string]string{"Origin": origin}
		for k, v := range headers {
			all[k] = v
		}
		return a.Do(t, apitest.Call{Method: method, Path: "/api/patients", Headers: all, Undocumented: true})
	}
	preflight := map[string]string{
		"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,idempotency-key,if-match",
	}
	for _, origin := range []string{spa, "https://www.historias.example"} {
		r := ask(http.MethodOptions, origin, preflight).Want(http.StatusNoContent)
		require.Equal(t, origin, r.Header.Get("Access-Control-Allow-Origin"))
		require.Equal(t, "true", r.Header.Get("Access-Control-Allow-Credentials"))
		for _, name := range []string{"Idempotency-Key", "If-Match", "Content-Type", "Authorization"} {
			require.Contains(t, r.Header.Get("Access-Control-Allow-Headers"), name)
		}
		for _, method := range []string{"POST", "PUT", "DELETE"} {
			require.Contains(t, r.Header.Get("Access-Control-Allow-Methods"), method)
		}
		r = ask(http.MethodGet, origin, map[string]string{"Cookie": "historias_session=" + p.Token}).Want(http.StatusOK)
		require.Equal(t, origin, r.Header.Get("Access-Control-Allow-Origin"))
		for _, name := range []string{"ETag", "Location", "Retry-After", "X-Request-Id"} {
			require.Contains(t, r.Header.Get("Access-Control-Expose-Headers"), name)
		}
		require.NotEqual(t, "*", r.Header.Get("Access-Control-Allow-Origin"))
	}
	for _, origin := range []string{
		"https://otro.example", "http://historias.example", "https://historias.example.otro.example", "https://historias.example:8443",
		"null", "https://HISTORIAS.example.", "https://otro-historias.example", "*", "https://sub.historias.example",
	} {
		r := ask(http.MethodOptions, origin, preflight)
		for name := range r.Header {
			require.False(t, strings.HasPrefix(name, "Access-Control-"), "%s for %s", name, origin)
		}
		r = ask(http.MethodGet, origin, map[string]string{"Authorization": "Bearer " + p.Token}).Want(http.StatusOK)
		require.Empty(t, r.Header.Get("Access-Control-Allow-Origin"), origin)
		refused := a.Do(t, apitest.Call{
			Method: http.MethodPost, Path: "/api/patients", Body: fernanda(),
			Headers: map[string]string{"Origin": origin, "Cookie": "historias_session=" + p.Token},
		})
		require.Equal(t, "auth.cross_site", refused.Want(http.StatusForbidden).Code(), origin)
	}
	require.Zero(t, apitest.Scalar[int](t, a, "select count(*)::int from patients"))
}

// In production cookies travel by TLS only, browsers are told to stay with TLS,
// and what is for developers or operators does not exist on the public port.
func TestTheFaceOfProduction(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) {
		c.Environment, c.FrontendURL = "production", "https://historias.example"
	})
	for _, path := range []string{"/dev/whatsapp", "/dev/whatsapp/api/state", "/dev/", "/metrics", "/debug/pprof/", "/debug/vars", "/server-status"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			r := a.Do(t, apitest.Call{Method: method, Path: path, Undocumented: true})
			require.Contains(t, []int{http.StatusNotFound, http.StatusMethodNotAllowed}, r.Status, "%s %s", method, path)
			require.NotContains(t, string(r.Body), "goroutine")
		}
		require.Equal(t, http.StatusNotFound, a.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Undocumented: true}).Status, path)
	}
	r := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Body: apitest.RegisterBody()}).Want(http.StatusCreated)
	for _, attribute := range []string{"historias_session=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"} {
		require.Contains(t, r.Header.Get("Set-Cookie"), attribute)
	}
	for _, path := range []string{"/api/auth/me", "/health", "/", "/privacy", "/no-existe"} {
		hsts := a.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Undocumented: true}).Header.Get("Strict-Transport-Security")
		require.Contains(t, hsts, "max-age=63072000", path)
	}
}

// A session works in one clinic: nobody signs in to a clinic of others by naming
// it, and the answer is that of any wrong credential.
func TestAnotherClinicCannotBeSignedInTo(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	mine, other := a.ReadyDoctor(t), a.ReadyDoctor(t)
	login := func(clinic string) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Undocumented: true, Body: map[string]any{
			"email": mine.Email, "password": testkit.Password, "clinic_id": clinic,
		}})
	}
	login(mine.ClinicID).Want(http.StatusOK)
	for _, clinic := range []string{other.ClinicID, uuid.NewString(), "00000000-0000-0000-0000-000000000001"} {
		r := login(clinic).Want(http.StatusUnauthorized)
		require.Equal(t, "auth.invalid_credentials", r.Code(), clinic)
		require.Empty(t, r.Header.Get("Set-Cookie"))
		require.NotContains(t, string(r.Body), other.Slug)
	}
	for _, clinic := range []string{"x", strings.Repeat("0", 36), "%00"} {
		require.Contains(t, []int{http.StatusBadRequest, http.StatusUnauthorized}, login(clinic).Status, clinic)
	}
}

// A cursor says where a list goes on and nothing of whose list it is: another
// clinic's leads to nothing of that clinic.
func TestCursorsOfAnotherClinic(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	for range 3 {
		n.register(canaryPatient())
		o.register(dropped(fernanda(), "curp"))
	}
	for range 2 {
		n.send(http.MethodPost, "/api/patients/"+n.ids["patients"]+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"ai"}}).Want(http.StatusAccepted)
		n.send(http.MethodPost, "/api/privacy-notices", map[string]any{"kind": "simplified"})
	}
	paged := 0
	for _, op := range guarded(t, o.API) {
		if op.doc.Parameters.GetByInAndName("query", "cursor") == nil || strings.HasPrefix(op.path, "/api/catalogs/") || strings.Contains(op.path, "{") {
			continue
		}
		theirs, _ := n.send(http.MethodGet, op.path+"?limit=1", nil).Want(http.StatusOK).JSON()["next_cursor"].(string)
		if theirs == "" {
			continue
		}
		paged++
		r := n.silent(o.Token, op, op.path+"?limit=100&cursor="+url.QueryEscape(theirs), nil)
		require.Contains(t, []int{http.StatusOK, http.StatusBadRequest}, r.Status, op.name())
	}
	require.GreaterOrEqual(t, paged, 3, "too few lists gave a cursor to try")
}
