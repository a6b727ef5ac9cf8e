// Package nginx proves the proxy's configuration: Debian's nginx on loopback, in
// front of the whole program on a real database.
package nginx

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
)

func TestTheFiveNames(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, name := range names {
		a := p.ask(t, http.MethodGet, "http://"+name+"/hoy?q=canario", nil)
		require.Equal(t, http.StatusPermanentRedirect, a.StatusCode, name)
		require.Equal(t, "https://"+name+"/hoy?q=canario", a.Header.Get("Location"))
	}
	for _, c := range []struct {
		url    string
		status int
	}{
		{"https://tudominio.com/hoy", 200},
		{"https://www.tudominio.com/entrar", 200},
		{"https://tudominio.com/no-existe", 404},
		{"https://tudominio.com/health", 200},
		{"https://api.tudominio.com/health", 200},
		{"https://api.tudominio.com/ready", 200},
		{"https://api.tudominio.com/hoy", 404},
		{"https://api.tudominio.com/metrics", 404},
		{"https://tudominio.com/metrics", 404},
		{"https://api.tudominio.com/api/auth/me", 401},
		{"https://api.tudominio.com/api/no-existe", 404},
		{"https://tudominio.com/assets/no-existe.js", 404},
		{"https://tudominio.com/privacy-notice", 200},
		{"https://tudominio.com/terminos", 200},
		{"https://privacy.tudominio.com/cookies", 200},
		{"https://api.tudominio.com/terminos", 302},
		{"https://api.tudominio.com/privacy-notice/una-clinica", 302},
		{"https://privacy.tudominio.com/", 302},
		{"https://privacy.tudominio.com/privacy-notice", 200},
		{"https://privacy.tudominio.com/pacientes", 302},
		{"https://privacy.tudominio.com/api/auth/me", 302},
		{"https://whatsapp.tudominio.com/", 404},
		{"https://whatsapp.tudominio.com/api/auth/me", 404},
		{"https://whatsapp.tudominio.com/api/webhooks/whatsapp", 403},
	} {
		a := p.ask(t, http.MethodGet, c.url, nil)
		require.Equal(t, c.status, a.StatusCode, "%s: %s", c.url, a.body)
		guarded(t, a, c.url)
		require.Equal(t, 2, a.ProtoMajor, c.url)
	}
	page := p.ask(t, http.MethodGet, "https://tudominio.com/hoy", nil)
	require.Contains(t, page.Header.Get("Content-Security-Policy"), "connect-src 'self' https://api.tudominio.com")
	asset := regexp.MustCompile(`/assets/[^"]+\.js`).FindString(page.body)
	if asset == "" {
		t.Log("the application is not built: its files were not asked for")
		return
	}
	a := p.ask(t, http.MethodGet, "https://tudominio.com"+asset, nil, "Accept-Encoding", "gzip")
	require.Equal(t, "public, max-age=31536000, immutable", a.Header.Get("Cache-Control"))
	require.Equal(t, "gzip", a.Header.Get("Content-Encoding"))
	guarded(t, a, asset)
}

// A name that is not ours gets no certificate and no answer.
func TestAnotherNameGetsNothing(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, url := range []string{"https://otro.example/", "http://otro.example/"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		require.NoError(t, err)
		r, err := p.client.Do(req)
		if err == nil {
			_ = r.Body.Close()
		}
		require.Error(t, err, url)
	}
}

func TestDoorsAreLimitedAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	p := start(t)
	const door = "https://api.tudominio.com/api/auth/login"
	credentials := `{"email":"nadie@historias.example","password":"no es la suya"}`
	let, refused := 0, 0
	for range 40 {
		a := p.ask(t, http.MethodPost, door, strings.NewReader(credentials),
			"Content-Type", "application/json", "Origin", "https://tudominio.com")
		guarded(t, a, door)
		require.Equal(t, []string{"https://tudominio.com"}, a.Header.Values("Access-Control-Allow-Origin"), "status %d", a.StatusCode)
		require.Equal(t, []string{"true"}, a.Header.Values("Access-Control-Allow-Credentials"))
		if a.StatusCode == http.StatusTooManyRequests {
			require.NotEmpty(t, a.Header.Get("Retry-After"))
			require.Equal(t, "application/problem+json", strings.Split(a.Header.Get("Content-Type"), ";")[0])
			if strings.Contains(a.body, "rate.exceeded") {
				refused++
			}
			continue
		}
		let++
	}
	require.GreaterOrEqual(t, let, 10, "five colleagues may sign in at nine, twice each")
	require.Positive(t, refused, "the door has no limit")
	require.Equal(t, 200, p.ask(t, http.MethodGet, "https://api.tudominio.com/health", nil).StatusCode)
	require.Equal(t, 401, p.ask(t, http.MethodGet, "https://api.tudominio.com/api/auth/me", nil).StatusCode, "a full door shuts no other")
}

// Colleagues behind one address do not use up each other's share; somebody
// without a session has her own, too.
func TestAClinicBehindOneAddressDoesNotStarve(t *testing.T) {
	t.Parallel()
	p := start(t)
	const me = "https://api.tudominio.com/api/auth/me"
	burst := func(caller string) (refused int) {
		for range 60 {
			if p.ask(t, http.MethodGet, me, nil, "Authorization", "Bearer "+caller).StatusCode == http.StatusTooManyRequests {
				refused++
			}
		}
		return refused
	}
	require.Positive(t, burst("una"))
	require.NotEqual(t, http.StatusTooManyRequests, p.ask(t, http.MethodGet, me, nil, "Authorization", "Bearer otra").StatusCode)
}

func TestBodies(t *testing.T) {
	t.Parallel()
	p := start(t)
	big := func(n int) io.Reader { return bytes.NewReader(bytes.Repeat([]byte("a"), n)) }
	post := func(url string, n int) answer {
		return p.ask(t, http.MethodPost, url, big(n), "Content-Type", "application/json", "Origin", "https://tudominio.com")
	}
	a := post("https://api.tudominio.com/api/auth/login", 3<<20)
	require.Equal(t, http.StatusRequestEntityTooLarge, a.StatusCode)
	require.Contains(t, a.body, "request.too_large")
	require.Equal(t, "https://tudominio.com", a.Header.Get("Access-Control-Allow-Origin"))
	guarded(t, a, "413")
	for _, host := range []string{"api", "whatsapp"} {
		a = post("https://"+host+".tudominio.com/api/webhooks/whatsapp", 3<<20-1)
		require.NotEqual(t, http.StatusRequestEntityTooLarge, a.StatusCode, "Meta's largest delivery: %s", a.body)
		require.Equal(t, http.StatusRequestEntityTooLarge, post("https://"+host+".tudominio.com/api/webhooks/whatsapp", 3<<20+1).StatusCode)
	}
}

func TestAcrossTwoNames(t *testing.T) {
	t.Parallel()
	p := start(t)
	ask := func(origin string) answer {
		return p.ask(t, http.MethodOptions, "https://api.tudominio.com/api/patients", nil, "Origin", origin,
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "idempotency-key")
	}
	for _, origin := range []string{"https://tudominio.com", "https://www.tudominio.com"} {
		a := ask(origin)
		require.Equal(t, http.StatusNoContent, a.StatusCode)
		require.Equal(t, []string{origin}, a.Header.Values("Access-Control-Allow-Origin"), "once, by the program")
		require.Contains(t, a.Header.Get("Access-Control-Allow-Headers"), "Idempotency-Key")
	}
	require.Empty(t, ask("https://ajeno.example").Header.Get("Access-Control-Allow-Origin"))
	require.Empty(t, p.ask(t, http.MethodGet, "https://api.tudominio.com/no", nil, "Origin", "https://ajeno.example").Header.Get("Access-Control-Allow-Origin"))
}

// News reach the page while the request is still open.
func TestEventsAreNotHeldBack(t *testing.T) {
	t.Parallel()
	p := start(t)
	doctor := p.api.Doctor(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.tudominio.com/api/events", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+doctor.Token)
	r, err := p.client.Do(req)
	require.NoError(t, err)
	defer func() { _ = r.Body.Close() }()
	require.Equal(t, http.StatusOK, r.StatusCode)
	line, err := bufio.NewReader(r.Body).ReadString('\n')
	require.NoError(t, err)
	require.NotEmpty(t, strings.TrimSpace(line))
}

// The address under which the program counts is the client's, and one that a
// client makes up counts for nothing.
func TestAForgedAddressIsNotPassedOn(t *testing.T) {
	t.Parallel()
	p := start(t)
	doctor := p.api.Doctor(t)
	a := p.ask(t, http.MethodPost, "https://api.tudominio.com/api/auth/login",
		strings.NewReader(fmt.Sprintf(`{"email":%q,"password":%q}`, doctor.Email, "no es la suya")),
		"Content-Type", "application/json", "X-Forwarded-For", "203.0.113.9", "CF-Connecting-IP", "203.0.113.8", "X-Real-IP", "203.0.113.7")
	require.Equal(t, http.StatusUnauthorized, a.StatusCode)
	for _, forged := range []string{"203.0.113.9", "203.0.113.8", "203.0.113.7"} {
		require.NotContains(t, string(p.log(t, "access.log")), forged)
	}
	require.Zero(t, apitest.Scalar[int](t, p.api, `select count(*)::int from audit_events where address like '203.0.113.%'`))
}

// Neither log holds a query string, a secret of an address or a header.
func TestTheLogsHoldNoSecret(t *testing.T) {
	t.Parallel()
	p := start(t)
	const canary = "canario-9f3b"
	for _, url := range []string{
		"https://api.tudominio.com/api/patients?q=" + canary, "https://tudominio.com/hoy?q=" + canary,
		"https://tudominio.com/invitacion/" + canary, "https://api.tudominio.com/api/invitations/" + canary,
		"https://tudominio.com/verificar/" + canary, "https://api.tudominio.com/api/public/verify/" + canary,
		"http://tudominio.com/hoy?q=" + canary,
	} {
		for range 25 { // past the limits too
			p.ask(t, http.MethodGet, url, nil, "Referer", "https://tudominio.com/?"+canary, "Authorization", "Bearer "+canary)
		}
	}
	var lines int
	require.Eventually(t, func() bool {
		lines = bytes.Count(p.log(t, "access.log"), []byte("\n"))
		return lines >= 7*25
	}, 10*time.Second, 20*time.Millisecond)
	for _, name := range []string{"access.log", "error.log"} {
		require.NotContains(t, string(p.log(t, name)), canary, name)
	}
	for line := range strings.Lines(string(p.log(t, "access.log"))) {
		require.True(t, json.Valid([]byte(line)), line)
	}
}

// With the program away the answer says so, in the API's own form.
func TestTheProgramIsAway(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.write(t, "conf/upstreams.conf", "conf/upstreams.conf", fmt.Sprintf("127.0.0.1:%d", freePort(t)))
	q := &proxy{dir: p.dir, tls: p.tls, plain: p.plain}
	out, err := exec.Command(tool(t, "nginx"), "-p", p.dir, "-c", filepath.Join(p.dir, "nginx.conf"), "-s", "reload").CombinedOutput()
	require.NoError(t, err, string(out))
	q.client = q.newClient()
	require.Eventually(t, func() bool {
		return q.ask(t, http.MethodGet, "https://api.tudominio.com/health", nil).StatusCode == http.StatusServiceUnavailable
	}, 10*time.Second, 50*time.Millisecond)
	a := q.ask(t, http.MethodGet, "https://api.tudominio.com/api/auth/me", nil, "Origin", "https://tudominio.com")
	require.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
	require.Contains(t, a.body, "service.away")
	require.Equal(t, "5", a.Header.Get("Retry-After"))
	require.Equal(t, "https://tudominio.com", a.Header.Get("Access-Control-Allow-Origin"))
	guarded(t, a, "503")
}

// testssl.sh finds nothing of medium severity or worse but what belongs to the
// test's own certificate and to a name that no public DNS knows.
func TestTLS(t *testing.T) {
	t.Parallel()
	bin := tool(t, "testssl")
	p := start(t)
	report := filepath.Join(p.dir, "testssl.json")
	out, err := exec.CommandContext(t.Context(), bin, "--quiet", "--color", "0", "--warnings", "off", "--severity", "MEDIUM", "--nodns", "min",
		"--ip", "127.0.0.1", "-p", "-f", "-P", "-S", "-U", "-h", "--jsonfile", report, fmt.Sprintf("https://tudominio.com:%d", p.tls)).CombinedOutput()
	raw, readErr := os.ReadFile(report)
	require.NoError(t, readErr, "%v: %s", err, out)
	var found []struct{ ID, Severity, Finding string }
	require.NoError(t, json.Unmarshal(raw, &found))
	for _, f := range found {
		if !slices.Contains([]string{"MEDIUM", "HIGH", "CRITICAL"}, f.Severity) {
			continue
		}
		own := strings.HasPrefix(f.ID, "cert") || f.ID == "DNS_CAArecord" || f.ID == "OCSP_stapling"
		require.True(t, own, "%s (%s): %s", f.ID, f.Severity, f.Finding)
	}
	require.Contains(t, string(out), "TLS 1.3", "%s", out)
}
