package obs_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/obs"
)

// canaries are what an error of the program could carry by mistake: none of it
// may leave the house.
var canaries = []string{
	"Sofía Núñez Alcaraz", "NUAS800814MPLXLF09", "5555550101", "sofia.nunez@jacarandas.example", "gAAAAABcanario",
	"eyJhbGciOiJIUzI1NiJ9.canario", "select * from patients where curp", "cefalea de tres días", "198.51.100.77", "/home/deploy",
	"canario-agente", "Basic canario", "argumento-canario",
}

// listener plays Sentry or a collector and keeps every byte.
type listener struct {
	*httptest.Server
	mu    sync.Mutex
	bytes strings.Builder
	calls int
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body io.Reader = r.Body
		if r.Header.Get("Content-Encoding") == "gzip" {
			var err error
			if body, err = gzip.NewReader(r.Body); err != nil {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
		}
		raw, _ := io.ReadAll(body)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.calls++
		l.bytes.WriteString(r.Method + " " + r.URL.String() + "\n")
		_ = r.Header.Write(&l.bytes)
		l.bytes.Write(raw)
		l.bytes.WriteByte('\n')
		_, _ = io.WriteString(w, "{}")
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) heard() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bytes.String()
}

func (l *listener) dsn() string { return strings.Replace(l.URL, "http://", "http://public@", 1) + "/1" }

// telling is an error whose fields hold what its text does not.
type telling struct{ Query, Argument string }

func (e telling) Error() string { return e.Query + " " + e.Argument }

const requestID = "019a0000-0000-7000-8000-00000000e001"

func report(t *testing.T, l *listener, err error) string {
	t.Helper()
	r, made := obs.NewReporter(obs.ReporterOptions{DSN: l.dsn(), Environment: "test", Release: "1.2.3", TracesRate: 1})
	require.NoError(t, made)
	ctx := actor.WithOrigin(t.Context(), actor.Origin{RequestID: requestID, Address: "198.51.100.77", Device: "canario-agente"})
	r.Report(ctx, err)
	r.Observe(obs.Request{
		ID: requestID, Method: "GET", Route: "/api/patients/:id", Status: 500, Start: time.Now().Add(-time.Second), Took: 120 * time.Millisecond,
	})
	r.Observe(obs.Request{ID: requestID, Method: "GET", Route: "/api/events", Status: 200, Start: time.Now(), Stream: true})
	r.Close()
	return l.heard()
}

// An error full of what a record holds is sent; every byte that left is read.
func TestNothingOfAPersonReachesSentry(t *testing.T) {
	t.Setenv("SENTRY_TAGS_CANARY", "argumento-canario")
	l := listen(t)
	cause := telling{Query: strings.Join(canaries, " | "), Argument: "argumento-canario"}
	err := fmt.Errorf("store: %s: %w", canaries[0], errors.Join(cause, errs.NotFound("patient").Because(cause)))
	heard := report(t, l, err)
	require.NotEmpty(t, heard)
	for _, c := range canaries {
		require.NotContains(t, heard, c)
		quoted, err := json.Marshal(c)
		require.NoError(t, err)
		require.NotContains(t, heard, strings.Trim(string(quoted), `"`))
	}
	require.NotContains(t, heard, "public_notice.go", "no source of other files")
	require.NotContains(t, heard, "context_line")
	require.NotContains(t, heard, "/internal/obs/", "no path of this machine")

	// What helps stays.
	require.Contains(t, heard, requestID)
	require.Contains(t, heard, "obs_test.telling", "the type of the error")
	require.Contains(t, heard, "report", "the function it came through")
	require.Contains(t, heard, "GET /api/patients/:id")
	require.Contains(t, heard, `"release":"1.2.3"`)
	require.NotContains(t, heard, "/api/events", "a stream has no duration")
}

// Of a thousand requests about a hundred are sent, as the plan wants it.
func TestOneOfTenRequestsIsSent(t *testing.T) {
	t.Parallel()
	l := listen(t)
	r, err := obs.NewReporter(obs.ReporterOptions{DSN: l.dsn(), TracesRate: 0.1})
	require.NoError(t, err)
	for n := range 1000 {
		id := fmt.Sprintf("019a0000-0000-7000-8000-00000000%04x", n*65536/1000)
		r.Observe(obs.Request{ID: id, Method: "GET", Route: "/api/patients", Status: 200, Start: time.Now()})
	}
	r.Close()
	sent := strings.Count(l.heard(), `"type":"transaction","length"`)
	require.Positive(t, sent)
	require.LessOrEqual(t, sent, 101)
}

// Without a DSN nothing is sent, and one that is wrong is not repeated.
func TestSentryIsOffUntilItIsNamed(t *testing.T) {
	t.Parallel()
	r, err := obs.NewReporter(obs.ReporterOptions{})
	require.NoError(t, err)
	r.Report(context.Background(), errors.New("nada"))
	r.Observe(obs.Request{Route: "/api/patients"})
	r.Close()
	_, err = obs.NewReporter(obs.ReporterOptions{DSN: "https://canario@"})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "canario")
}
