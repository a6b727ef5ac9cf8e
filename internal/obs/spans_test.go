package obs_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/obs"
)

// A collector gets one span for each request, named by its route; what a client
// made up is no name.
func TestSpansNameRoutesOnly(t *testing.T) {
	t.Parallel()
	l := listen(t)
	s := obs.NewSpans(l.URL, "1.2.3", slog.New(slog.NewTextHandler(io.Discard, nil)))
	start := time.Unix(1_800_000_000, 0)
	s.Observe(obs.Request{ID: requestID, Method: "PUT", Route: "/api/patients/:id", Status: 503, Start: start, Took: 2 * time.Second})
	s.Observe(obs.Request{ID: requestID, Method: "CANARIO", Status: 404, Start: start})
	s.Close()
	heard := l.heard()
	require.Contains(t, heard, "POST /v1/traces")
	_, body, _ := strings.Cut(heard, "\r\n{")
	var got struct {
		ResourceSpans []struct {
			ScopeSpans []struct {
				Spans []struct {
					Name, StartTimeUnixNano, EndTimeUnixNano string
					Kind                                     int
					Status                                   struct{ Code int }
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte("{"+body), &got))
	spans := got.ResourceSpans[0].ScopeSpans[0].Spans
	require.Len(t, spans, 2)
	require.Equal(t, "PUT /api/patients/:id", spans[0].Name)
	require.Equal(t, 2, spans[0].Kind, "a server's span")
	require.Equal(t, 2, spans[0].Status.Code, "a failure of ours")
	require.Equal(t, "1800000000000000000", spans[0].StartTimeUnixNano)
	require.Equal(t, "1800000002000000000", spans[0].EndTimeUnixNano)
	require.Equal(t, "other none", spans[1].Name)
	require.NotContains(t, heard, "CANARIO")
	for _, private := range []string{"host.name", "process.", "service.instance"} {
		require.NotContains(t, heard, private)
	}
}

// A collector that is away costs no request anything.
func TestACollectorThatIsAway(t *testing.T) {
	t.Parallel()
	l := listen(t)
	l.Close()
	var said strings.Builder
	s := obs.NewSpans(l.URL, "1.2.3", slog.New(slog.NewTextHandler(&said, nil)))
	s.Observe(obs.Request{Method: "GET", Route: "/api/patients", Status: 200, Start: time.Unix(1_800_000_000, 0)})
	s.Close()
	var off *obs.Spans
	off.Observe(obs.Request{})
	off.Close()
	require.Nil(t, obs.NewSpans("", "1.2.3", nil))
}
