package server

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tool finds a program, or says SKIP with its name; in CI it must be there.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", name)
	}
	t.Skipf("SKIP: %s is missing", name)
	return ""
}

func TestShellScripts(t *testing.T) {
	t.Parallel()
	check := tool(t, "shellcheck")
	for _, pattern := range []string{"*.sh", "../*.sh", "../../docker/*/*.sh"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, f := range files {
			out, err := exec.Command(check, "-x", f).CombinedOutput()
			require.NoError(t, err, string(out))
		}
	}
}

// machine is a server that does not exist: a root of its own, and programs that
// note how they were called and remember what they did.
type machine struct {
	t    *testing.T
	root string
	bin  string
}

const stub = `#!/bin/sh
state="$HISTORIAS_ROOT/.state"; mkdir -p "$state"
name=$(basename "$0"); echo "$name $*" >> "$state/calls"
case "$name $*" in
  "id -u") echo "${STUB_UID:-0}" ;;
  id\ *) [ -f "$state/user.$1" ] ;;
  adduser*) for last; do :; done; touch "$state/user.$last"; mkdir -p "$HISTORIAS_ROOT/home/$last" ;;
  dpkg-query*) for last; do :; done; [ -f "$state/package.$last" ] && printf 'install ok installed' || exit 1 ;;
  apt-get\ install*) for p; do touch "$state/package.$p"; done ;;
  "sshd -T") echo "port 2222" ;;
  "sshd -t") [ ! -f "$state/sshd.broken" ] ;;
  "ufw status verbose")
    [ -f "$state/ufw.on" ] || { echo "Status: inactive"; exit 0; }
    echo "Status: active"; echo "Default: deny (incoming), allow (outgoing)"; cat "$state/ufw.rules" ;;
  "ufw allow"*) echo "$2                    ALLOW       Anywhere" >> "$state/ufw.rules" ;;
  "ufw --force enable") touch "$state/ufw.on" ;;
  "timedatectl show"*) [ -f "$state/ntp" ] && echo yes || echo no ;;
  "timedatectl set-ntp"*) touch "$state/ntp" ;;
esac
`

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{t, t.TempDir(), t.TempDir()}
	for _, name := range []string{
		"id", "adduser", "dpkg-query", "apt-get", "sshd", "ufw", "timedatectl", "systemctl", "sysctl", "fail2ban-client", "chown", "docker",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(m.bin, name), []byte(stub), 0o755))
	}
	return m
}

func (m machine) run(args ...string) (int, string) {
	m.t.Helper()
	cmd := exec.Command("bash", append([]string{"harden.sh"}, args...)...)
	cmd.Env = []string{"PATH=" + m.bin + ":/usr/bin:/bin", "HISTORIAS_ROOT=" + m.root, "SSH_CONNECTION=198.51.100.7 50000 203.0.113.1 2022"}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		require.NoError(m.t, err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func (m machine) file(path string) string {
	m.t.Helper()
	raw, err := os.ReadFile(filepath.Join(m.root, path))
	require.NoError(m.t, err)
	return string(raw)
}

func (m machine) write(path, text string) {
	m.t.Helper()
	path = filepath.Join(m.root, path)
	require.NoError(m.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(m.t, os.WriteFile(path, []byte(text), 0o600))
}

// calls are what was done since the last time it was asked.
func (m machine) calls() string {
	m.t.Helper()
	said := m.file(".state/calls")
	m.write(".state/calls", "")
	return said
}

// changing are the calls that change a server.
func changing(calls string) []string {
	var out []string
	for line := range strings.Lines(calls) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "id "), strings.HasPrefix(line, "dpkg-query"), line == "sshd -T", line == "ufw status verbose",
			strings.HasPrefix(line, "timedatectl show"):
		default:
			out = append(out, line)
		}
	}
	return out
}

// The first run makes the server ready, the second finds nothing to do and
// touches nothing.
func TestHardenIsDoneOnce(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.write("root/.ssh/authorized_keys", "ssh-ed25519 AAAA doctora@jacarandas\n")
	code, said := m.run("--check")
	require.Equal(t, 1, code, said)
	require.Contains(t, said, "✗ cortafuegos encendido")
	require.Empty(t, changing(m.calls()), "a check changes nothing")

	code, said = m.run("--admin", "198.51.100.7")
	require.Zero(t, code, said)
	calls := m.calls()
	for _, port := range []string{"2222", "2022", "80", "443"} {
		allowed, enabled := strings.Index(calls, "ufw allow "+port+"/tcp"), strings.Index(calls, "ufw --force enable")
		require.GreaterOrEqual(t, allowed, 0, "port %s: where sshd listens and where one came in", port)
		require.Less(t, allowed, enabled, "port %s is opened before the firewall is on", port)
	}
	require.Contains(t, m.file("home/deploy/.ssh/authorized_keys"), "doctora@jacarandas")
	require.Contains(t, m.file("etc/ssh/sshd_config.d/10-historias.conf"), "PasswordAuthentication no")
	jails := m.file("etc/fail2ban/jail.d/historias.local")
	require.NotContains(t, jails, "@")
	require.Contains(t, jails, "ignoreip = 127.0.0.1/8 ::1 198.51.100.7")
	require.Contains(t, jails, "chain     = DOCKER-USER", "what Docker publishes never passes INPUT")
	require.Less(t, strings.Index(calls, "sshd -t"), strings.Index(calls, "systemctl reload ssh"))

	code, said = m.run("--admin", "198.51.100.7")
	require.Zero(t, code, said)
	require.Contains(t, said, "Listo: 0 cambios")
	require.Empty(t, changing(m.calls()))
	code, said = m.run("--check", "--admin", "198.51.100.7")
	require.Zero(t, code, said)
	require.Contains(t, said, "Nada falta.")
}

// The door that one came in by stays open: without a key passwords are not
// turned off, and what sshd does not accept is taken back.
func TestHardenLocksNobodyOut(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	code, said := m.run()
	require.Zero(t, code, said)
	require.NoFileExists(t, filepath.Join(m.root, "etc/ssh/sshd_config.d/10-historias.conf"))
	require.Contains(t, said, "SSH sigue aceptando contraseñas")
	require.NotContains(t, m.calls(), "reload ssh")

	m.write("home/deploy/.ssh/authorized_keys", "ssh-ed25519 AAAA doctora@jacarandas\n")
	m.write(".state/sshd.broken", "")
	code, said = m.run()
	require.Equal(t, 1, code)
	require.Contains(t, said, "se deshizo")
	require.NoFileExists(t, filepath.Join(m.root, "etc/ssh/sshd_config.d/10-historias.conf"))
	require.NotContains(t, m.calls(), "reload ssh")
}

// Wrong use changes nothing.
func TestHardenRefuses(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"--no-existe"}, 2},
		{[]string{"--user"}, 2},
		{[]string{"--user", "con espacios; rm -rf /"}, 1},
		{[]string{"--admin", "$(reboot)"}, 1},
	} {
		code, said := m.run(c.args...)
		require.Equal(t, c.code, code, "%v: %s", c.args, said)
	}
	require.NoFileExists(t, filepath.Join(m.root, "etc/fail2ban/jail.d/historias.local"))
}
