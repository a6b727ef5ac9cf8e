package obs_test

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"historias/internal/obs"
)

var answered = obs.Request{
	ID: requestID, Method: "GET", Route: "/api/patients/:id", Status: 200, Start: time.Unix(1_800_000_000, 0), Took: 3 * time.Millisecond,
}

// What a request costs that is counted, and one that is sent as a span. Run with
// -bench=Observe.
func BenchmarkObserve(b *testing.B) {
	b.Run("metrics", func(b *testing.B) {
		m := obs.NewMetrics("1.2.3")
		for b.Loop() {
			m.Observe(answered)
		}
	})
	b.Run("spans", func(b *testing.B) {
		s := obs.NewSpans("http://127.0.0.1:1", "1.2.3", slog.New(slog.NewTextHandler(io.Discard, nil)))
		for b.Loop() {
			s.Observe(answered)
		}
		s.Close()
	})
	b.Run("sentry, one of ten", func(b *testing.B) {
		r, err := obs.NewReporter(obs.ReporterOptions{DSN: "http://public@127.0.0.1:1/1", TracesRate: 0.1})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			r.Observe(answered)
		}
	})
	b.Run("nothing", func(b *testing.B) {
		var m *obs.Metrics
		var s *obs.Spans
		r, err := obs.NewReporter(obs.ReporterOptions{})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			m.Observe(answered)
			s.Observe(answered)
			r.Observe(answered)
		}
	})
}
