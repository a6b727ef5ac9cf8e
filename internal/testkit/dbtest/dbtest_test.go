package dbtest_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"historias/internal/testkit/dbtest"
)

// notes is a small schema of this test's own, with the role that the program's migrations make.
func notes(version string) dbtest.Schema {
	return dbtest.Schema{Version: "dbtest/" + version, Migrate: func(ctx context.Context, address string) error {
		conn, err := pgx.Connect(ctx, address)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close(ctx) }()
		_, err = conn.Exec(ctx, `
			DO $$ BEGIN
				IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'historias_dbtest_app') THEN
					CREATE ROLE historias_dbtest_app;
				END IF;
			END $$;
			CREATE TABLE schema_info (app_role name);
			INSERT INTO schema_info VALUES ('historias_dbtest_app');
			CREATE TABLE notes (text text);
			GRANT SELECT, INSERT ON notes TO historias_dbtest_app`)
		return err
	}}
}

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			database := dbtest.NewWith(t, notes("own"))
			run(t, database.URL, "INSERT INTO notes VALUES ('uno')")
			if got := queryOne[int](t, database.URL, "SELECT count(*) FROM notes"); got != 1 {
				t.Errorf("%d rows, want only this test's", got)
			}
		})
	}
}

func TestTheProgramsLoginIsNeitherOwnerNorSuperuser(t *testing.T) {
	t.Parallel()
	database := dbtest.NewWith(t, notes("own"))
	if got := queryOne[bool](t, database.URL, "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"); got {
		t.Error("the program's login has a right that it must not have")
	}
	if _, err := connect(t, database.URL).Exec(t.Context(), "DROP TABLE notes"); err == nil {
		t.Error("the program's login could drop a table")
	}
	run(t, database.URL, "SET ROLE historias_dbtest_app")
	if got := queryOne[bool](t, database.OwnerURL, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"); got {
		t.Error("the owner's login is not bound by row-level security")
	}
	if got := queryOne[bool](t, database.AdminURL, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"); !got {
		t.Error("the administrator's login is no superuser")
	}
}

func TestDatabaseIsDroppedWithItsTest(t *testing.T) {
	t.Parallel()
	witness := dbtest.Empty(t)
	var name string
	t.Run("inner", func(t *testing.T) {
		database := dbtest.NewWith(t, notes("own"))
		name = nameOf(t, database.URL)
		// A connection that the test forgot does not keep it.
		if _, err := pgx.Connect(t.Context(), database.URL); err != nil {
			t.Fatal(err)
		}
	})
	if got := queryOne[int](t, witness.URL, "SELECT count(*) FROM pg_database WHERE datname = $1", name); got != 0 {
		t.Errorf("database %s outlived its test", name)
	}
}

func TestSchemaIsBuiltOnceForAVersion(t *testing.T) {
	t.Parallel()
	version := nameOf(t, dbtest.Empty(t).URL)
	built := 0
	schema := notes(version)
	migrate := schema.Migrate
	schema.Migrate = func(ctx context.Context, url string) error { built++; return migrate(ctx, url) }
	for range 2 {
		dbtest.NewWith(t, schema)
	}
	if built != 1 {
		t.Errorf("built %d times, want once", built)
	}
}

func TestFailedBuildIsTriedAgain(t *testing.T) {
	t.Parallel()
	version := nameOf(t, dbtest.Empty(t).URL)
	broken := dbtest.Schema{Version: version, Migrate: func(context.Context, string) error { return errors.New("no table today") }}
	failing := &recorder{TB: t}
	func() {
		defer func() { _ = recover() }()
		dbtest.NewWith(failing, broken)
	}()
	if !strings.Contains(failing.failure, "no table today") {
		t.Fatalf("the failure says %q", failing.failure)
	}
	working := notes(version)
	working.Version = version
	dbtest.NewWith(t, working)
}

func TestProductSchema(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	if got := queryOne[int](t, database.URL, "SELECT count(*) FROM schema_info"); got != 1 {
		t.Errorf("schema_info has %d rows, want 1", got)
	}
}

// recorder keeps the message of a fatal failure instead of failing the test.
type recorder struct {
	testing.TB
	failure string
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.failure = fmt.Sprintf(format, args...)
	panic(r)
}

func nameOf(t *testing.T, address string) string {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(parsed.Path, "/")
}

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func run(t *testing.T, address, statement string) {
	t.Helper()
	if _, err := connect(t, address).Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func queryOne[T any](t *testing.T, address, query string, args ...any) T {
	t.Helper()
	var value T
	if err := connect(t, address).QueryRow(t.Context(), query, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
