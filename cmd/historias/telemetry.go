package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"historias/internal/app"
	"historias/internal/backup"
	"historias/internal/obs"
)

// telemetry is what a process says of itself: errors and durations to Sentry,
// spans to a collector, metrics to Prometheus, each only where it is named.
type telemetry struct {
	reporter *obs.Reporter
	spans    *obs.Spans
	metrics  *obs.Metrics
}

func newTelemetry(e *environment) (*telemetry, error) {
	said := e.cfg.Telemetry
	reporter, err := obs.NewReporter(obs.ReporterOptions{
		DSN: e.cfg.SentryDSN, Environment: e.cfg.Environment, Release: version, TracesRate: said.TracesRate,
	})
	if err != nil {
		return nil, faultf("SENTRY_DSN no se puede usar. Cópiela completa de su proyecto de Sentry, o quítela.")
	}
	t := &telemetry{reporter: reporter, spans: obs.NewSpans(said.OTLPEndpoint, version, e.log)}
	if said.Metrics() != "" {
		t.metrics = obs.NewMetrics(version)
	}
	return t, nil
}

// observe hears of every request.
func (t *telemetry) observe(r obs.Request) {
	t.metrics.Observe(r)
	t.reporter.Observe(r)
	t.spans.Observe(r)
}

// close sends what waits.
func (t *telemetry) close() {
	t.reporter.Close()
	t.spans.Close()
}

const metricsHeaderTime = 5 * time.Second

// expose answers Prometheus on the listener of its own, until stop.
func (t *telemetry) expose(e *environment, a *app.App) (stop func(), err error) {
	if t.metrics == nil {
		return func() {}, nil
	}
	err = t.metrics.Watch(obs.Sources{
		DB: a.DB, Clock: a.Clock, DataDir: e.cfg.DataDir,
		Copies: func(ctx context.Context) ([]obs.Copy, error) { return copies(ctx, a) },
	})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", e.cfg.Telemetry.Metrics())
	if err != nil {
		return nil, faultf("No se puede escuchar en METRICS_ADDRESS (%s): está ocupada o no es de este equipo. Cámbiela o quítela.", e.cfg.Telemetry.Metrics())
	}
	server := &http.Server{
		Handler: t.metrics.Handler(), ReadHeaderTimeout: metricsHeaderTime,
		ErrorLog: slog.NewLogLogger(e.log.Handler(), slog.LevelDebug),
	}
	go func() { _ = server.Serve(listener) }()
	e.log.Info("metrics", "address", listener.Addr().String())
	return func() { _ = server.Close() }, nil
}

// copies tells the metrics how the installation stands with its backups.
func copies(ctx context.Context, a *app.App) ([]obs.Copy, error) {
	s, err := backup.Latest(ctx, a.DB)
	if err != nil {
		return nil, fmt.Errorf("metrics: backups: %w", err)
	}
	var list []obs.Copy
	for kind, m := range map[backup.Kind]backup.Mark{
		backup.KindCreate: s.LastBackup, backup.KindVerify: s.LastVerified, backup.KindDrill: s.LastDrill,
	} {
		list = append(list, obs.Copy{Kind: string(kind), SucceededAt: m.SucceededAt, Bytes: m.Bytes, Failed: m.Outcome == backup.Failed})
	}
	return list, nil
}
