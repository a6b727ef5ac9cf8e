package config

import (
	"net"
	"net/url"
	"strconv"
)

// Telemetry is what the program says of itself to whoever watches over it.
// Nothing of it is on unless it is named.
type Telemetry struct {
	// MetricsAddress is where Prometheus asks, as host:port. It is a listener of
	// its own: nobody reaches it through the application.
	MetricsAddress string `env:"METRICS_ADDRESS"`
	// MetricsPort is the same on this machine only.
	MetricsPort int `env:"METRICS_PORT"`
	// TracesRate is the part of requests whose duration goes to Sentry.
	TracesRate float64 `env:"SENTRY_TRACES_SAMPLE_RATE" envDefault:"0.1"`
	// OTLPEndpoint is the base address of an OpenTelemetry collector (OTLP over
	// HTTP); empty is off.
	OTLPEndpoint string `env:"OTEL_EXPORTER_OTLP_ENDPOINT"`
}

// Metrics is the address that /metrics listens on; empty is off.
func (t Telemetry) Metrics() string {
	if t.MetricsAddress == "" && t.MetricsPort > 0 {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(t.MetricsPort))
	}
	return t.MetricsAddress
}

func (t Telemetry) rules() []rule {
	return []rule{
		{!listenAddress(t.MetricsAddress), true, "METRICS_ADDRESS", "no es una dirección", "use equipo:puerto, por ejemplo 127.0.0.1:9464, o quítela"},
		{t.MetricsPort < 0 || t.MetricsPort > lastPort, true, "METRICS_PORT", "no es un puerto", "use por ejemplo 9464, o quítelo"},
		{t.TracesRate < 0 || t.TracesRate > 1, true, "SENTRY_TRACES_SAMPLE_RATE", "está fuera de rango", "use de 0 a 1, por ejemplo 0.1"},
		{!collector(t.OTLPEndpoint), true, "OTEL_EXPORTER_OTLP_ENDPOINT", "no es una dirección", "use por ejemplo http://127.0.0.1:4318, o quítela"},
	}
}

func listenAddress(raw string) bool {
	if raw == "" {
		return true
	}
	_, port, err := net.SplitHostPort(raw)
	if err != nil {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && n >= 0 && n <= lastPort
}

func collector(raw string) bool {
	if raw == "" {
		return true
	}
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}
