//go:build linux

package scale

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/pgembed"
)

// slot keeps what the live copy has not had yet, for as long as it is away.
const slot = "replica"

// copyLive makes a live copy of the database, from its files while it rests; the
// server is another one afterwards. It follows by streaming from the socket.
func (w *world) copyLive() *pgembed.Server {
	w.t.Helper()
	w.asAdmin(fmt.Sprintf("select pg_create_physical_replication_slot('%s', true)", slot))
	socket, err := url.Parse(w.server.AdminURL(pgembed.Database))
	require.NoError(w.t, err)
	stopPostgres(w.t, w.server)
	folder := w.dataFolder("primary")
	target := filepath.Join(w.dir, "replica", filepath.Base(folder))
	require.NoError(w.t, os.MkdirAll(filepath.Dir(target), 0o700))
	require.NoError(w.t, os.CopyFS(target, os.DirFS(folder)))
	require.NoError(w.t, os.Chmod(target, 0o700))
	require.NoError(w.t, os.RemoveAll(filepath.Join(target, "pg_replslot", slot)))
	settings := fmt.Sprintf("primary_conninfo = 'host=%s port=%s user=postgres'\nprimary_slot_name = '%s'\n",
		socket.Query().Get("host"), socket.Query().Get("port"), slot)
	require.NoError(w.t, os.WriteFile(filepath.Join(target, "postgresql.auto.conf"), []byte(settings), 0o600))
	require.NoError(w.t, os.WriteFile(filepath.Join(target, "standby.signal"), nil, 0o600))
	w.startPostgres()
	replica, err := pgembed.Start(w.t.Context(), pgembed.Options{
		DataDir: filepath.Join(w.dir, "replica"), BinDir: os.Getenv("PG_BIN_DIR"), Port: freePort(w.t),
	})
	require.NoError(w.t, err)
	w.t.Cleanup(func() { stopPostgres(w.t, replica) })
	return replica
}

func (w *world) dataFolder(name string) string {
	w.t.Helper()
	found, err := filepath.Glob(filepath.Join(w.dir, name, "pg*", "PG_VERSION"))
	require.NoError(w.t, err)
	require.Len(w.t, found, 1)
	return filepath.Dir(found[0])
}

// sameRows waits until the live copy has all that the database has, compares
// both, and holds the copy to being no more than that.
func (w *world) sameRows(replica *pgembed.Server) {
	w.t.Helper()
	const rows = `select (select count(*) from patients) || ' patients, ' || (select count(*) from audit_events) || ' events, '
		|| (select count(*) from audit_seals) || ' seals, ' || (select count(*) from idempotency_keys) || ' kept answers'`
	end := w.question(w.server, `select pg_current_wal_flush_lsn()::text`)
	until(w.t, "the copy has caught up", func() bool {
		return w.question(replica, fmt.Sprintf(`select (pg_last_wal_replay_lsn() >= '%s')::text`, end)) == "true"
	})
	require.Equal(w.t, w.question(w.server, rows), w.question(replica, rows))
	require.Equal(w.t, "true", w.question(replica, `select pg_is_in_recovery()::text`))
	w.t.Logf("the live copy has %s", w.question(replica, rows))
}

func (w *world) question(server *pgembed.Server, sql string) (out string) {
	w.t.Helper()
	conn, err := pgx.Connect(w.t.Context(), server.AdminURL(pgembed.Database))
	require.NoError(w.t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(w.t.Context())) }()
	require.NoError(w.t, conn.QueryRow(w.t.Context(), sql).Scan(&out))
	return out
}
