package server

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// unit reads the settings of a unit, the last of each name.
func unit(t *testing.T, path string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	out := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || regexp.MustCompile(`^\[(Unit|Service|Install|Timer)\]$`).MatchString(line) {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		require.True(t, found, "%s: %q is no setting", path, line)
		out[name] = value
	}
	return out
}

// The units of the program leave it its folder and the network, and nothing else.
func TestUnitsAreConfined(t *testing.T) {
	t.Parallel()
	for file, command := range map[string]string{"historias.service": "serve", "historias-worker.service": "worker"} {
		u := unit(t, filepath.Join("../systemd", file))
		require.Equal(t, "/usr/local/bin/historias "+command, u["ExecStart"])
		for name, value := range map[string]string{
			"NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
			"PrivateDevices": "yes", "DynamicUser": "yes", "UMask": "0077", "Restart": "always", "MemoryDenyWriteExecute": "yes",
			"RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX", "KillSignal": "SIGTERM",
		} {
			got, set := u[name]
			require.True(t, set, "%s: %s", file, name)
			require.Equal(t, value, got, "%s: %s", file, name)
		}
		// Draining (3 s), requests (10 s), jobs (20 s) and what remains.
		require.Equal(t, "45", u["TimeoutStopSec"], file)
	}
}

// systemd understands them, where there is one.
func TestSystemdUnderstandsTheUnits(t *testing.T) {
	t.Parallel()
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("SKIP: systemd-analyze is missing")
	}
	dir := t.TempDir()
	var paths []string
	for _, file := range []string{"historias.service", "historias-worker.service"} {
		raw, err := os.ReadFile(filepath.Join("../systemd", file))
		require.NoError(t, err)
		path := filepath.Join(dir, file)
		require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(raw), "/usr/local/bin/historias", "/bin/true")), 0o644))
		paths = append(paths, path)
	}
	out, err := exec.Command(analyze, append([]string{"verify"}, paths...)...).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Empty(t, string(out), "warnings")
	for _, path := range paths {
		out, err = exec.Command(analyze, "security", "--offline=true", "--threshold=20", path).CombinedOutput()
		require.NoError(t, err, string(out))
	}
}
