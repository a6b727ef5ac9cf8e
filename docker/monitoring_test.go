package docker

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"historias/internal/obs"
	"historias/internal/testkit"
)

// overlays are the files that stand beside docker-compose.prod.yml.
func overlays(t *testing.T) map[string]compose {
	t.Helper()
	files, err := filepath.Glob("../docker-compose.*.yml")
	require.NoError(t, err)
	out := map[string]compose{}
	for _, f := range files {
		if filepath.Base(f) == "docker-compose.prod.yml" {
			continue
		}
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		var c compose
		require.NoError(t, yaml.Unmarshal(raw, &c), f)
		out[filepath.Base(f)] = c
	}
	return out
}

// Every overlay is open to this machine only, has images of one version, limits
// for each service, and mounts what exists.
func TestOverlays(t *testing.T) {
	t.Parallel()
	base, _ := read(t)
	all := overlays(t)
	for _, name := range []string{"docker-compose.dev.yml", "docker-compose.monitoring.yml", "docker-compose.pgbouncer.yml", "docker-compose.replica.yml"} {
		require.Contains(t, all, name)
	}
	for file, c := range all {
		for name, s := range c.Services {
			_, known := base.Services[name]
			for _, port := range s.Ports {
				require.True(t, strings.HasPrefix(port, "127.0.0.1:"), "%s: %s is open to the world at %s", file, name, port)
			}
			for _, v := range s.Volumes {
				from, _, _ := strings.Cut(v, ":")
				switch {
				case strings.HasPrefix(from, "./"):
					_, err := os.Stat(filepath.Join("..", from))
					require.NoError(t, err, "%s: %s mounts %s", file, name, v)
				case !strings.HasPrefix(from, "/"):
					_, here := c.Volumes[from]
					_, there := base.Volumes[from]
					require.True(t, here || there, "%s: %s mounts the volume %s, which nobody makes", file, name, from)
				}
			}
			if known && s.Image == "" {
				continue // it only adds to the service of the base
			}
			require.True(t, s.Build.Dockerfile != "" || regexp.MustCompile(`:v?\d`).MatchString(s.Image), "%s: %s has an image without a version", file, name)
			require.NotEmpty(t, s.Deploy.Resources.Limits.Memory, "%s: %s may take all the memory", file, name)
		}
	}
}

// An overlay's command takes the place of the base's, so it repeats it whole.
func TestTheReplicaKeepsTheSettingsOfTheDatabase(t *testing.T) {
	t.Parallel()
	base, _ := read(t)
	words, ok := base.Services["postgres-db"].Command.([]any)
	require.True(t, ok)
	require.Subset(t, overlays(t)["docker-compose.replica.yml"].Services["postgres-db"].Command, words)
}

// The plan's server has 4 GB: the program and those who watch over it fit.
func TestMonitoringFitsTheServer(t *testing.T) {
	t.Parallel()
	base, _ := read(t)
	total := 0
	for _, c := range []compose{base, overlays(t)["docker-compose.monitoring.yml"]} {
		for name, s := range c.Services {
			if memory := s.Deploy.Resources.Limits.Memory; memory != "" && s.Restart == "always" {
				megabytes, err := strconv.Atoi(strings.TrimSuffix(memory, "M"))
				require.NoError(t, err, name)
				total += megabytes
			}
		}
	}
	require.LessOrEqual(t, total, 3900)
}

// foreign are metrics of exporters that stand beside the program, with who tells
// them.
var foreign = map[string]string{
	"up":                             "Prometheus",
	"probe_success":                  "blackbox-exporter",
	"probe_ssl_earliest_cert_expiry": "blackbox-exporter",
	"node_filesystem_avail_bytes":    "node-exporter",
	"node_filesystem_size_bytes":     "node-exporter",
	"node_memory_MemAvailable_bytes": "node-exporter",
	"node_memory_MemTotal_bytes":     "node-exporter",
	"node_cpu_seconds_total":         "node-exporter",
	"node_timex_sync_status":         "node-exporter",
}

// scraped are the names of what a running program tells Prometheus.
func scraped(t *testing.T) map[string]bool {
	t.Helper()
	k := testkit.New(t)
	k.Doctor(t)
	k.Database.Exec(t, `insert into messages (clinic_id, id, direction, kind, sender, business_key, state, error_class, sealed, created_at, updated_at)
		values ('00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'out', 'unrouted_help', 'platform', 'x', 'failed', 'token', 'gAAAA', '2026-11-23T17:00Z', '2026-11-23T17:00Z')`)
	k.Database.Exec(t, `insert into river.river_job (kind, args, max_attempts) values ('send_message', '{}', 25)`)
	m := obs.NewMetrics("1.2.3")
	require.NoError(t, m.Watch(obs.Sources{
		DB: k.DB, Clock: k.Fake, DataDir: t.TempDir(),
		Copies: func(context.Context) ([]obs.Copy, error) { return []obs.Copy{{Kind: "create"}, {Kind: "drill"}}, nil },
	}))
	m.Observe(obs.Request{Method: "GET", Route: "/api/patients", Status: 200, Took: time.Second, Guess: "auth.wrong_pin"})
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	names := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^([a-zA-Z_]+)[{ ]`).FindAllStringSubmatch(w.Body.String(), -1) {
		names[found[1]] = true
	}
	require.True(t, names["historias_database_up"], w.Body.String())
	return names
}

var (
	quoted     = regexp.MustCompile(`"[^"]*"`)
	metricName = regexp.MustCompile(`\b(?:historias|go|process|node|probe)_[a-zA-Z_]+\b|\bup\b`)
)

// Alerts and dashboards ask for what is told: a name that was changed would be
// an alarm that never rings.
func TestAlertsAndDashboardsAskForWhatIsTold(t *testing.T) {
	t.Parallel()
	told := scraped(t)
	asked := func(what, expr string) {
		t.Helper()
		names := metricName.FindAllString(quoted.ReplaceAllString(expr, `""`), -1)
		require.NotEmpty(t, names, what)
		for _, name := range names {
			require.True(t, told[name] || foreign[name] != "", "%s asks for %s, which nobody tells", what, name)
		}
	}
	var rules struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	raw, err := os.ReadFile("monitoring/prometheus/alerts.yml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(raw, &rules))
	manual, err := os.ReadFile("../docs/operacion/observabilidad.md")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			asked(r.Alert, r.Expr)
			require.False(t, seen[r.Alert], "%s twice", r.Alert)
			seen[r.Alert] = true
			require.Contains(t, []string{"urgente", "aviso"}, r.Labels["severity"], r.Alert)
			require.NotEmpty(t, r.Annotations["summary"], r.Alert)
			require.NotEmpty(t, r.Annotations["description"], r.Alert)
			require.Contains(t, string(manual), "`"+r.Alert+"`", "nobody reads what to do")
		}
	}
	for _, must := range []string{
		"ProgramaCaido", "ErroresDelServidor", "RespuestasLentas", "TareasAtrasadas", "MensajesFallan", "BitacoraSinSellar",
		"RespaldoViejo", "SimulacroViejo", "DiscoCasiLleno", "CertificadoPorVencer", "RelojDesviado",
	} {
		require.True(t, seen[must], "%s is missing", must)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct {
				Expr       string
				Datasource struct{ UID string }
			}
		}
	}
	raw, err = os.ReadFile("monitoring/grafana/dashboards/historias.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &board))
	require.NotEmpty(t, board.Panels)
	for _, p := range board.Panels {
		for _, q := range p.Targets {
			if q.Datasource.UID == "prometheus" {
				asked(p.Title, q.Expr)
			}
		}
	}
}

// The files of the monitoring name each other, the network and the ports of the
// compose file.
func TestMonitoringFindsItsWay(t *testing.T) {
	t.Parallel()
	c := overlays(t)["docker-compose.monitoring.yml"]
	require.Equal(t, "0.0.0.0:9464", c.Services["backend"].Environment["METRICS_ADDRESS"])
	files, err := filepath.Glob("monitoring/*/*.yml")
	require.NoError(t, err)
	more, err := filepath.Glob("monitoring/grafana/provisioning/*/*.yml")
	require.NoError(t, err)
	for _, f := range append(files, more...) {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		var any map[string]any
		require.NoError(t, yaml.Unmarshal(raw, &any), f)
		for _, m := range regexp.MustCompile(`(?:"|//)([a-z][a-z-]+):(\d{4})`).FindAllStringSubmatch(string(raw), -1) {
			want := map[string]string{
				"python-backend": "9464", "node-exporter": "9100", "blackbox": "9115", "alertmanager": "9093", "prometheus": "9090", "loki": "3100",
			}[m[1]]
			require.Equal(t, want, m[2], "%s: %s", f, m[1])
			if m[1] != "python-backend" {
				require.Contains(t, c.Services, m[1], f)
			}
		}
	}
	alloy, err := os.ReadFile("monitoring/alloy/config.alloy")
	require.NoError(t, err)
	require.Contains(t, string(alloy), "http://loki:3100/")
	require.Contains(t, string(alloy), "/var/log/nginx/access.log")
}
