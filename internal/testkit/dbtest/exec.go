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
