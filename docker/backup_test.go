package docker

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The service of the copies does not start with the others, writes into a folder
// of the server and has the client of the server's version.
func TestTheServiceOfTheCopies(t *testing.T) {
	t.Parallel()
	c, raw := read(t)
	s := c.Services["backup"]
	require.Equal(t, "no", s.Restart)
	require.Contains(t, raw, "profiles: [backup]")
	require.Contains(t, s.Volumes, "backups:/backups")
	require.Contains(t, s.Volumes, "backend_uploads:/data", "the files of the records")
	require.Contains(t, raw, "device: ${BACKUP_DIR:-/home/deploy/backups}", "the folder of the plan, 7.1")
	image, err := os.ReadFile("backup/Dockerfile")
	require.NoError(t, err)
	require.Contains(t, string(image), "FROM "+c.Services["postgres-db"].Image+"\n", "pg_dump of the server's own version")
}

// script runs scripts/backup.sh with a program that says what it was asked.
func script(t *testing.T, program string) (out, log string, code int) {
	t.Helper()
	dir := t.TempDir()
	fake, env, book := filepath.Join(dir, "historias"), filepath.Join(dir, ".env.production"), filepath.Join(dir, "log")
	require.NoError(t, os.WriteFile(fake, []byte("#!/bin/sh\n"+program), 0o700))
	require.NoError(t, os.WriteFile(env, []byte("BACKUP_DIR=/respaldos\n"), 0o600))
	cmd := exec.Command("../scripts/backup.sh")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HISTORIAS=" + fake, "ENV_FILE=" + env, "APP_DIR=" + dir, "BACKUP_LOG=" + book}
	raw, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		require.NoError(t, err)
	}
	written, err := os.ReadFile(book)
	require.NoError(t, err)
	return string(raw), string(written), cmd.ProcessState.ExitCode()
}

// Cron runs the script of the plan: silent when all is well, since cron mails what
// is said; a failure is told, logged and keeps its code.
func TestTheScriptOfThePlan(t *testing.T) {
	t.Parallel()
	out, log, code := script(t, `echo "$* en $BACKUP_DIR"`)
	require.Zero(t, code)
	require.Empty(t, out)
	require.Regexp(t, `^\[\d{8}_\d{6}\] backup create en /respaldos\n$`, log)
	out, log, code = script(t, `echo "No queda lugar" >&2; exit 1`)
	require.Equal(t, 1, code)
	require.Equal(t, "No queda lugar\n", out)
	require.Contains(t, log, "No queda lugar")
}

// The script is what shellcheck likes.
func TestTheScriptIsClean(t *testing.T) {
	t.Parallel()
	checker, err := exec.LookPath("shellcheck")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("shellcheck is missing")
		}
		t.Skip("SKIP: shellcheck is missing")
	}
	out, err := exec.Command(checker, "../scripts/backup.sh").CombinedOutput()
	require.NoError(t, err, string(out))
}

// The timer runs what the service is, every night at the hour of the plan.
func TestTheTimerOfTheCopies(t *testing.T) {
	t.Parallel()
	service, err := os.ReadFile("../scripts/systemd/historias-backup.service")
	require.NoError(t, err)
	timer, err := os.ReadFile("../scripts/systemd/historias-backup.timer")
	require.NoError(t, err)
	require.Contains(t, string(timer), "OnCalendar=*-*-* 02:00:00")
	require.Contains(t, string(service), "ExecStart=/usr/local/bin/historias backup create")
	require.False(t, strings.Contains(string(service), "[Install]"), "the timer starts it, not the boot")
}
