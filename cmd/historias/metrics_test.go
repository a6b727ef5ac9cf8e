package main

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// freeAddress is a port of this machine that nobody has.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// scrape asks for the metrics as Prometheus does.
func scrape(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get("http://" + address + "/metrics")
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode, string(raw))
	return string(raw)
}

var anID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}`)

// The metrics say how the program is and nothing of whom it serves: neither a
// name nor an id, whatever was asked and however it was written.
func TestMetricsSayNothingOfAnybody(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	i := newInstallation(t, "METRICS_ADDRESS="+address)
	code, said := i.run("migrate")
	require.Zero(t, code, said)
	p := i.serve()
	token := p.doctor()
	w := &wish{key: "canario-ocupacion"}
	require.True(t, p.fulfil(token, w))
	for _, path := range []string{
		w.location, w.location + "/chart", "/api/patients?q=canario-busqueda", "/canario-pagina", "/api/canario-ruta",
		"/api/patients/" + uuid.NewString(), "/verificar/CANARIO-CODIGO", "/api/invitations/canario-invitacion",
	} {
		_, _, err := p.send(http.MethodGet, path, token, nil)
		require.NoError(t, err)
	}
	_, _, err := p.send("CANARIO", "/api/patients", token, nil)
	require.NoError(t, err)
	status, _, err := p.send(http.MethodPost, "/api/auth/login", "", map[string]any{"email": "canario@historias.example", "password": "canario"})
	require.NoError(t, err)
	require.Equal(t, http.StatusUnauthorized, status)

	got := scrape(t, address)
	lower := strings.ToLower(got)
	for _, private := range []string{"canari", "sofía", "jacarandas", "72000", "127.0.0.1", i.dir, token} {
		require.NotContains(t, lower, strings.ToLower(private))
	}
	require.NotRegexp(t, anID, got)
	for _, line := range []string{
		`historias_http_requests_total{method="POST",route="/api/patients",status="201"} 1`,
		`historias_http_requests_total{method="other",route="none",status="405"} 1`,
		`historias_sign_in_failures_total{code="auth.invalid_credentials"} 1`,
		`historias_database_up 1`,
		`historias_sessions 1`,
		`historias_backup_last_success_timestamp_seconds{kind="create"} 0`,
		`historias_build_info{version="0.1.0"} 1`,
	} {
		require.Contains(t, got, line)
	}
	require.Less(t, strings.Count(got, "\n"), 2000, "labels grow with what is asked")

	for path, want := range map[string]int{"/": 404, "/debug/pprof/": 404, "/api/patients": 404} {
		res, err := http.Get("http://" + address + path)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, want, res.StatusCode, path)
	}
	status, out, err := p.send(http.MethodGet, "/metrics", "", nil)
	require.NoError(t, err)
	require.NotContains(t, string(out.raw), "historias_database_up", "status %d: the application's own door tells metrics", status)
	p.stop()
}

// A worker has no application to ask, and tells its metrics all the same; an
// address that somebody has already is told in plain words.
func TestAWorkerTellsMetrics(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	i := newInstallation(t, "METRICS_ADDRESS="+address)
	code, said := i.run("migrate")
	require.Zero(t, code, said)
	cmd := i.command("worker")
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() })
	require.Eventually(t, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}, patience, 50*time.Millisecond, "it tells nothing")
	require.Contains(t, scrape(t, address), "historias_jobs_oldest_seconds")
	code, said = i.run("worker")
	require.Equal(t, exitFault, code, said)
	require.Contains(t, said, "METRICS_ADDRESS")
}
