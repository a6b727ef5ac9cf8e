package obs

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"historias/internal/clock"
	"historias/internal/db"
)

// Sources are what the gauges of a process are read from.
type Sources struct {
	DB    *db.DB
	Clock clock.Clock
	// DataDir is the folder whose disk is watched.
	DataDir string
	// Copies tells how the installation stands with its backups.
	Copies func(context.Context) ([]Copy, error)
}

// Copy is how one kind of work on backups stands.
type Copy struct {
	// Kind is create, verify or drill.
	Kind string
	// SucceededAt is when it was last done well; zero when it never was.
	SucceededAt time.Time
	Bytes       int64
	// Failed says that the last try failed.
	Failed bool
}

const (
	// freshFor bounds how often the database is asked, whoever scrapes.
	freshFor = 10 * time.Second
	// askTime bounds one asking: a scrape must not wait for a database in trouble.
	askTime = 5 * time.Second
)

// gauges asks the database when Prometheus asks for them.
type gauges struct {
	from Sources
	mu   sync.Mutex
	at   time.Time
	last []prometheus.Metric
}

// Watch adds what stands in the database, on the disk and in the pools.
func (m *Metrics) Watch(from Sources) error { return m.registry.Register(&gauges{from: from}) }

// Describe names nothing ahead: the states that exist come out of the database.
func (g *gauges) Describe(chan<- *prometheus.Desc) {}

// Collect gives what was read a moment ago, or reads anew.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	for _, m := range pools(g.from.DB) {
		out <- m
	}
	for _, m := range g.read() {
		out <- m
	}
}

func (g *gauges) read() []prometheus.Metric {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.from.Clock.Now()
	if g.last != nil && now.Sub(g.at) < freshFor && !now.Before(g.at) {
		return g.last
	}
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	answers := 1.0
	list, err := ask(ctx, g.from, now)
	if err != nil {
		list, answers = nil, 0
	}
	list = append(list, gauge("historias_database_up", "The database answered what is asked for these gauges.", answers))
	list = append(list, disk(g.from.DataDir)...)
	g.at, g.last = now, list
	return list
}

// gauge makes one number; labels are name and value in turn.
func gauge(name, help string, value float64, labels ...string) prometheus.Metric {
	return metric(prometheus.GaugeValue, name, help, value, labels...)
}

func metric(kind prometheus.ValueType, name, help string, value float64, labels ...string) prometheus.Metric {
	var names, values []string
	for i := 0; i+1 < len(labels); i += 2 {
		names, values = append(names, labels[i]), append(values, labels[i+1])
	}
	return prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, names, nil), kind, value, values...)
}
