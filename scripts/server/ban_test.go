package server

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// guesses appends lines as the program writes them, now.
func guesses(t *testing.T, log, address string, n int) {
	t.Helper()
	file, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	for range n {
		_, err = fmt.Fprintf(file, `{"time":%q,"level":"WARN","msg":"sign-in failed","code":"auth.invalid_credentials","address":%q,"request_id":"01a20bcc-f984-7def-b13d-98a5e378a893"}`+"\n",
			time.Now().UTC().Format(time.RFC3339Nano), address)
		require.NoError(t, err)
	}
	require.NoError(t, file.Close())
}

// running is fail2ban with the jail of the program alone, which notes bans in a
// file instead of closing anything.
func running(t *testing.T) (log, bans string) {
	t.Helper()
	server := tool(t, "fail2ban-server")
	dir := t.TempDir()
	log, bans = filepath.Join(dir, "historias.log"), filepath.Join(dir, "bans")
	config := filepath.Join(dir, "fail2ban")
	require.NoError(t, os.CopyFS(config, os.DirFS("/etc/fail2ban")))
	require.NoError(t, os.RemoveAll(filepath.Join(config, "jail.d")))
	write := func(path, text string) {
		path = filepath.Join(config, path)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	raw, err := os.ReadFile("fail2ban/jail.d/historias.local")
	require.NoError(t, err)
	for _, block := range strings.Split(string(raw), "\n[") {
		if rest, ok := strings.CutPrefix(block, "historias]"); ok {
			block = strings.NewReplacer("= systemd", "= polling", "@CHAIN@", "logpath = "+log+"\naction = note").Replace(rest)
			write("jail.d/historias.local", "[historias]"+strings.ReplaceAll(block, "journalmatch", "# journalmatch"))
		}
	}
	filter, err := os.ReadFile("fail2ban/filter.d/historias.conf")
	require.NoError(t, err)
	write("filter.d/historias.conf", string(filter))
	write("action.d/note.conf", "[Definition]\nactionban = echo <ip> >> "+bans+"\nactionunban = true\n")
	write("fail2ban.local", "[Definition]\ndbfile = None\nlogtarget = "+filepath.Join(dir, "fail2ban.log")+"\n")
	require.NoError(t, os.WriteFile(log, nil, 0o600))
	socket := filepath.Join(dir, "socket")
	cmd := exec.Command(server, "-c", config, "-s", socket, "-p", filepath.Join(dir, "pid"), "-f", "start")
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() })
	client := tool(t, "fail2ban-client")
	require.Eventually(t, func() bool {
		return exec.Command(client, "-s", socket, "status", "historias").Run() == nil
	}, 2*time.Minute, 100*time.Millisecond, "the jail does not start")
	return log, bans
}

// Colleagues of one clinic, behind one address, mistype and are let; whoever goes
// on is shut out, and nobody else with her.
func TestWhoGoesOnGuessingIsShutOut(t *testing.T) {
	t.Parallel()
	log, bans := running(t)
	guesses(t, log, "192.0.2.20", 25)
	guesses(t, log, "203.0.113.66", 40)
	require.Eventually(t, func() bool {
		raw, err := os.ReadFile(bans)
		return err == nil && strings.Contains(string(raw), "203.0.113.66")
	}, 2*time.Minute, 100*time.Millisecond, "nobody was shut out")
	guesses(t, log, "2001:db8::66", 40) // read after the lines above
	require.Eventually(t, func() bool {
		raw, err := os.ReadFile(bans)
		return err == nil && strings.Contains(string(raw), "2001:db8::66")
	}, 2*time.Minute, 100*time.Millisecond, "nobody was shut out")
	raw, err := os.ReadFile(bans)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "192.0.2.20", "a clinic was shut out")
}
