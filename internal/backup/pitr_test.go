package backup_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/app/schema"
)

// cluster is a PostgreSQL of its own, whose log is archived as
// docs/operacion/respaldos.md says.
type cluster struct {
	t         *testing.T
	bin, root string
	cred      *syscall.Credential
}

const nobody = 65534

func newCluster(t *testing.T) *cluster {
	t.Helper()
	needClient(t)
	bin := complete()
	if bin == "" {
		t.Skip("SKIP: the server's programs are missing")
	}
	root, err := os.MkdirTemp("", "historias-pitr-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	c := &cluster{t: t, bin: bin, root: root}
	for _, dir := range []string{"archive", "socket"} {
		require.NoError(t, os.Mkdir(filepath.Join(root, dir), 0o700))
	}
	if os.Getuid() == 0 { // the server refuses to run as root
		c.cred = &syscall.Credential{Uid: nobody, Gid: nobody}
		for _, dir := range []string{".", "archive", "socket"} {
			require.NoError(t, os.Chown(filepath.Join(root, dir), nobody, nobody))
		}
	}
	c.run("initdb", "-D", c.path("data"), "-U", "postgres", "--auth=trust", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8")
	return c
}

func (c *cluster) path(name string) string { return filepath.Join(c.root, name) }

func (c *cluster) run(tool string, args ...string) {
	c.t.Helper()
	cmd := exec.Command(filepath.Join(c.bin, tool), args...)
	cmd.Dir, cmd.SysProcAttr = c.root, &syscall.SysProcAttr{Credential: c.cred}
	out, err := cmd.CombinedOutput()
	require.NoError(c.t, err, "%s: %s", tool, out)
}

// start runs a data folder with these settings until stop.
func (c *cluster) start(data string, settings ...string) {
	c.t.Helper()
	options := "-c listen_addresses= -c fsync=off -c unix_socket_directories=" + c.path("socket")
	for _, s := range settings {
		options += " -c '" + s + "'"
	}
	c.run("pg_ctl", "-D", c.path(data), "-w", "-t", "120", "-l", c.path(data+".log"), "-o", options, "start")
	c.t.Cleanup(func() {
		cmd := exec.Command(filepath.Join(c.bin, "pg_ctl"), "-D", c.path(data), "-m", "immediate", "stop")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.cred}
		_ = cmd.Run() // it may be stopped already
	})
}

func (c *cluster) stop(data string) {
	c.t.Helper()
	c.run("pg_ctl", "-D", c.path(data), "-w", "-m", "fast", "stop")
}

func (c *cluster) address() string {
	return "postgres://postgres@/postgres?" + url.Values{"host": {c.path("socket")}}.Encode()
}

// ask runs statements and gives the last value as text.
func (c *cluster) ask(statements ...string) string {
	c.t.Helper()
	conn, err := pgx.Connect(c.t.Context(), c.address())
	require.NoError(c.t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(c.t.Context())) }()
	var out string
	for _, s := range statements {
		require.NoError(c.t, conn.QueryRow(c.t.Context(), s).Scan(&out), s)
	}
	return out
}

// Between two nightly copies a base backup and the archived log bring the database
// back to any moment: here to just before somebody deleted what she should not.
func TestAMomentBetweenTwoCopiesComesBack(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	archive := c.path("archive")
	c.start("data", "wal_level=replica", "archive_mode=on", "archive_timeout=60",
		fmt.Sprintf("archive_command=test ! -f %[1]s/%%f && cp %%p %[1]s/%%f", archive))
	_, err := schema.Migrate(t.Context(), c.address(), "")
	require.NoError(t, err)
	c.run("pg_basebackup", "-h", c.path("socket"), "-U", "postgres", "-D", c.path("base"), "-c", "fast", "-X", "none", "--no-sync")

	c.ask(`insert into clinics (id, slug) values (gen_random_uuid(), 'antes') returning slug`)
	moment := c.ask(`select pg_sleep(0.01)::text`, `select clock_timestamp()::text`)
	c.ask(`select pg_sleep(0.01)::text`, `delete from clinics where slug = 'antes' returning slug`,
		`insert into clinics (id, slug) values (gen_random_uuid(), 'despues') returning slug`, `select pg_switch_wal()::text`)
	require.Eventually(t, func() bool {
		return c.ask(`select (last_archived_wal is not null
		and last_archived_wal >= (select pg_walfile_name(pg_current_wal_lsn() - 16777216)))::text from pg_stat_archiver`) == "true"
	},
		time.Minute, 50*time.Millisecond, "the log reaches the archive")
	c.stop("data")

	require.NoError(t, os.WriteFile(filepath.Join(c.path("base"), "recovery.signal"), nil, 0o600))
	if c.cred != nil {
		require.NoError(t, os.Chown(filepath.Join(c.path("base"), "recovery.signal"), nobody, nobody))
	}
	c.start("base", fmt.Sprintf("restore_command=cp %s/%%f %%p", archive), "recovery_target_time="+moment, "recovery_target_action=promote")
	require.Eventually(t, func() bool { return c.ask(`select pg_is_in_recovery()::text`) == "false" }, time.Minute, 50*time.Millisecond)
	slugs := c.ask(`select string_agg(slug, ' ' order by slug) from clinics`)
	require.Equal(t, []string{"antes", "plataforma"}, strings.Fields(slugs))
}
