package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/config"
)

// What the program says of itself is off until it is named, and a variable that
// is wrong is told by its name and stops the start.
func TestTelemetry(t *testing.T) {
	t.Parallel()
	require.Empty(t, config.Telemetry{}.Metrics())
	require.Equal(t, "127.0.0.1:9464", config.Telemetry{MetricsPort: 9464}.Metrics(), "on this machine only")
	require.Equal(t, "0.0.0.0:9500", config.Telemetry{MetricsPort: 9464, MetricsAddress: "0.0.0.0:9500"}.Metrics())
	for name, wrong := range map[string]config.Telemetry{
		"METRICS_ADDRESS":             {MetricsAddress: "canario"},
		"METRICS_PORT":                {MetricsPort: 70_000},
		"SENTRY_TRACES_SAMPLE_RATE":   {TracesRate: 10},
		"OTEL_EXPORTER_OTLP_ENDPOINT": {OTLPEndpoint: "https://nadie:canario@colector.example"},
	} {
		c := config.Config{Telemetry: wrong}
		told := false
		for _, f := range c.Faults() {
			require.NotContains(t, f.String(), "canario")
			told = told || f.Name == name && f.Fatal
		}
		require.True(t, told, name)
	}
	for _, f := range (&config.Config{Telemetry: config.Telemetry{MetricsAddress: ":9464", TracesRate: 0.1, OTLPEndpoint: "http://alloy:4318"}}).Faults() {
		require.NotContains(t, []string{"METRICS_ADDRESS", "SENTRY_TRACES_SAMPLE_RATE", "OTEL_EXPORTER_OTLP_ENDPOINT"}, f.Name)
	}
}
