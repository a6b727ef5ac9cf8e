package docker

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// With two that serve, exactly one other works, nginx finds both by one name,
// and all fit the plan's 4 GB.
func TestTwoServeAndOneWorks(t *testing.T) {
	t.Parallel()
	base, _ := read(t)
	scale := overlays(t)["docker-compose.scale.yml"]
	addresses := map[any]bool{}
	for _, name := range []string{"backend", "backend-2"} {
		s := scale.Services[name]
		require.Equal(t, []any{"serve", "--no-worker"}, s.Command, name)
		addresses[networkOf(t, s)["ipv4_address"]] = true
	}
	require.Len(t, addresses, 2)
	for _, s := range []service{base.Services["backend"], scale.Services["backend-2"]} {
		require.Contains(t, networkOf(t, s)["aliases"], "python-backend")
	}
	require.Equal(t, []any{"worker"}, scale.Services["worker"].Command)
	total := 0
	for _, c := range []compose{base, scale, overlays(t)["docker-compose.pgbouncer.yml"]} {
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

// networkOf is what a service says of its place in the network.
func networkOf(t *testing.T, s service) map[string]any {
	t.Helper()
	networks, ok := s.Networks.(map[string]any)
	require.True(t, ok)
	own, ok := networks["historias"].(map[string]any)
	require.True(t, ok)
	return own
}

// What holds for the program holds for its second process and its worker: the
// overlay can lean on no anchor of the base, so it repeats it.
func TestTheSecondProcessIsTheFirstOnesTwin(t *testing.T) {
	t.Parallel()
	base, _ := read(t)
	scale := overlays(t)["docker-compose.scale.yml"]
	first := base.Services["backend"]
	for _, name := range []string{"backend-2", "worker"} {
		s := scale.Services[name]
		require.Equal(t, first.Image, s.Image, name)
		require.Equal(t, first.Build, s.Build, name)
		require.Equal(t, first.Environment, s.Environment, name)
		require.Equal(t, first.EnvFile, s.EnvFile, name)
		require.Equal(t, first.Volumes, s.Volumes, name)
		require.Equal(t, first.Restart, s.Restart, name)
		require.True(t, s.ReadOnly, name)
		require.Empty(t, s.Ports, name)
	}
	require.Equal(t, first.Healthcheck.Test, scale.Services["backend-2"].Healthcheck.Test)
}
