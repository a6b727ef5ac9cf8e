package dbtest

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// Exec runs a statement as the superuser, for what no screen of the program
// does: an attack, a dismissal, a clock moved back.
func (d *Database) Exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.AdminURL)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
}

// Close takes the database away from the program as a stopped server does: every
// connection is cut and none is let in, until Reopen. The superuser stays.
func (d *Database) Close(t testing.TB) {
	t.Helper()
	name := d.name(t)
	d.Exec(t, `alter database `+name+` connection limit 0`)
	d.Exec(t, `select pg_terminate_backend(pid, 10000) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid()`)
}

// Reopen gives it back.
func (d *Database) Reopen(t testing.TB) {
	t.Helper()
	d.Exec(t, `alter database `+d.name(t)+` connection limit -1`)
}

// name is the database's own, quoted.
func (d *Database) name(t testing.TB) string {
	t.Helper()
	config, err := pgx.ParseConfig(d.AdminURL)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	return pgx.Identifier{config.Database}.Sanitize()
}
