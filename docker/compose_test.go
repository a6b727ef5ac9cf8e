// Package docker proves what can be proved of the images and of the compose file
// without a container engine: that what they name exists, that the names, ports
// and volumes of the plan are kept, and that the binary runs from an empty root.
package docker

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

type service struct {
	Image string
	Build struct {
		Context, Dockerfile string
	}
	Command     any
	Ports       []string
	Volumes     []string
	Networks    any
	ReadOnly    bool `yaml:"read_only"`
	EnvFile     any  `yaml:"env_file"`
	Environment map[string]string
	Healthcheck struct {
		Test    any
		Disable bool
	}
	Deploy struct {
		Resources struct {
			Limits struct{ Cpus, Memory string }
		}
	}
	Restart string
}

type compose struct {
	Services map[string]service
	Volumes  map[string]any
}

func read(t *testing.T) (compose, string) {
	t.Helper()
	raw, err := os.ReadFile("../docker-compose.prod.yml")
	require.NoError(t, err)
	var c compose
	require.NoError(t, yaml.Unmarshal(raw, &c))
	return c, string(raw)
}

// The names of the plan, 6.2.
func TestTheNamesOfThePlan(t *testing.T) {
	t.Parallel()
	c, _ := read(t)
	for _, name := range []string{"backend", "typescript-frontend", "postgres-db", "nginx"} {
		require.Contains(t, c.Services, name)
		require.Equal(t, "always", c.Services[name].Restart, name)
		require.NotNil(t, c.Services[name].Healthcheck.Test, "%s has no health check", name)
	}
	for _, name := range []string{"postgres_prod_data", "backend_uploads", "nginx_logs"} {
		require.Contains(t, c.Volumes, name)
	}
	networks, ok := c.Services["backend"].Networks.(map[string]any)
	require.True(t, ok)
	require.Contains(t, networks["historias"].(map[string]any)["aliases"], "python-backend")
	require.Regexp(t, `^postgres:15\b`, c.Services["postgres-db"].Image)
	require.Equal(t, []string{"80:80", "443:443"}, c.Services["nginx"].Ports)
}

// Nothing but nginx is open to the world; the plan published the program itself,
// past its proxy.
func TestOnlyTheProxyIsOpen(t *testing.T) {
	t.Parallel()
	c, _ := read(t)
	for name, s := range c.Services {
		for _, port := range s.Ports {
			require.True(t, name == "nginx" || strings.HasPrefix(port, "127.0.0.1:"), "%s: %s", name, port)
		}
	}
}

// Together they leave the server of the plan (2 processors, 4 GB) some memory.
func TestLimitsFitTheServer(t *testing.T) {
	t.Parallel()
	c, _ := read(t)
	total := 0
	for name, s := range c.Services {
		limit := s.Deploy.Resources.Limits
		megabytes, err := strconv.Atoi(strings.TrimSuffix(limit.Memory, "M"))
		require.NoError(t, err, "%s: %q", name, limit.Memory)
		processors, err := strconv.ParseFloat(limit.Cpus, 64)
		require.NoError(t, err, name)
		require.LessOrEqual(t, processors, 2.0, name)
		if name != "migrate" { // it ends before the program starts
			total += megabytes
		}
	}
	require.LessOrEqual(t, total, 3072)
}

// What is mounted, built and copied is in the repository.
func TestWhatIsNamedExists(t *testing.T) {
	t.Parallel()
	c, _ := read(t)
	for name, s := range c.Services {
		if s.Build.Dockerfile != "" {
			require.FileExists(t, filepath.Join("..", s.Build.Context, s.Build.Dockerfile), name)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if strings.HasPrefix(from, "./") && from != "./nginx/ssl" {
				_, err := os.Stat(filepath.Join("..", from))
				require.NoError(t, err, "%s: %s", name, v)
			}
			if !strings.HasPrefix(from, "./") {
				require.Contains(t, c.Volumes, from, name)
			}
		}
	}
	files, err := filepath.Glob("*/Dockerfile")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	copied := regexp.MustCompile(`(?m)^COPY ((?:[^-\s]\S* )+)\S+$`)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		require.NotRegexp(t, `(?m)^FROM \S+:latest|^FROM [^:\s]+( AS \w+)?$`, string(raw), "%s: an image without a version", f)
		require.Contains(t, string(raw), "USER ", f)
		for _, m := range copied.FindAllStringSubmatch(string(raw), -1) {
			for _, from := range strings.Fields(m[1]) {
				_, err := os.Stat(filepath.Join("..", from))
				require.NoError(t, err, "%s copies %s", f, from)
			}
		}
	}
}

// The proxy asks the neighbours that the compose file makes, at their ports, and
// the compose file asks of its environment what the plan's file holds.
func TestTheyFindEachOther(t *testing.T) {
	t.Parallel()
	c, raw := read(t)
	for _, f := range []string{"../nginx/conf/upstreams.conf", "frontend/nginx.conf"} {
		conf, err := os.ReadFile(f)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`server (\S+):(\d+)`).FindAllStringSubmatch(string(conf), -1) {
			port := map[string]string{"python-backend": c.Services["backend"].Environment["PORT"], "typescript-frontend": "80"}[m[1]]
			require.Equal(t, port, m[2], "%s: %s", f, m[1])
		}
	}
	example, err := os.ReadFile("../.env.example")
	require.NoError(t, err)
	optional := []string{"HISTORIAS_VERSION", "TRUSTED_PROXIES", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"}
	for _, m := range regexp.MustCompile(`[^$]\$\{([A-Z_]+)`).FindAllStringSubmatch(raw, -1) {
		require.True(t, slices.Contains(optional, m[1]) || strings.Contains(string(example), m[1]+"="), m[1])
	}
	require.NotRegexp(t, `(?i)(password|secret|token|key): *[^$\s{?]`, raw, "a secret in the compose file")
}

// The binary of the image needs nothing beside it: neither a library, nor a
// shell, nor time zones.
func TestTheBinaryRunsFromAnEmptyRoot(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", filepath.Join(root, "historias"), "../cmd/historias")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	if os.Getuid() != 0 {
		t.Skip("SKIP: only root may change the root")
	}
	run := func(args ...string) (string, int) {
		cmd := exec.Command("/historias", args...)
		cmd.Path, cmd.Dir = "/historias", "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		cmd.Env = []string{"ENVIRONMENT=production"}
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			require.NoError(t, err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	require.NoError(t, os.Chmod(root, 0o755))
	said, code := run("version")
	require.Zero(t, code, said)
	require.Contains(t, said, "historias")
	said, code = run("check")
	require.Equal(t, 1, code, said)
	require.Contains(t, said, "MEDICAL_ENCRYPTION_KEY", "every fault in plain words")
}
