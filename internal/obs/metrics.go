package obs

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what the program does, for Prometheus. Labels come out of fixed
// sets (routes of the table, states, codes): nothing that somebody sends, and no
// clinic or person, becomes one.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	guesses  *prometheus.CounterVec
}

// The bounds of the histogram, in seconds: a page should have its answer within
// a quarter of one.
var buckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}

// NewMetrics makes the counters of a process.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "historias_http_requests_total", Help: "Requests answered, by route.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "historias_http_request_duration_seconds", Help: "How long an answer took, by route; streams are left out.",
			Buckets: buckets,
		}, []string{"method", "route"}),
		guesses: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "historias_sign_in_failures_total", Help: "Proofs that were wrong, by code.",
		}, []string{"code"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "historias_build_info", Help: "The version that runs.",
		ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.guesses, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Observe counts one request.
func (m *Metrics) Observe(q Request) {
	if m == nil {
		return
	}
	method, route := q.names()
	m.requests.WithLabelValues(method, route, strconv.Itoa(q.Status)).Inc()
	if !q.Stream {
		m.seconds.WithLabelValues(method, route).Observe(q.Took.Seconds())
	}
	if q.Guess != "" {
		m.guesses.WithLabelValues(q.Guess).Inc()
	}
}

// scrapeTime bounds one answer to Prometheus.
const scrapeTime = 10 * time.Second

// Handler answers GET /metrics and nothing else.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		Timeout: scrapeTime, MaxRequestsInFlight: 2,
	}))
	return mux
}
