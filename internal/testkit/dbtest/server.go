package dbtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	ownerRole   = "historias_test_owner"
	programRole = "historias_test_program"

	// rolesLock is the advisory lock under which test programs make the roles; templates are locked
	// by their own version.
	rolesLock = "historias dbtest roles"

	undefinedTable = "42P01"
)

// server is a PostgreSQL server on which this process makes and drops databases.
type server struct {
	admin    *url.URL
	password string
	pool     *pgxpool.Pool

	mu        sync.Mutex
	templates map[string]string
}

// openServer connects as the superuser of address and puts the two login roles of tests in place.
func openServer(ctx context.Context, address string) (*server, error) {
	admin, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the server's address is not a URL")
	}
	pool, err := pgxpool.New(ctx, address)
	if err != nil {
		return nil, err
	}
	// The same password in every process: two that start together must not lock each other out.
	sum := sha256.Sum256([]byte("historias dbtest " + address))
	s := &server{admin: admin, password: fmt.Sprintf("%x", sum[:16]), pool: pool, templates: map[string]string{}}
	return s, s.locked(ctx, rolesLock, s.makeRoles)
}

// address is the address of a database as one of the roles, or as the superuser when role is empty.
func (s *server) address(role, database string) string {
	address := *s.admin
	address.Path = "/" + database
	if role != "" {
		address.User = url.UserPassword(role, s.password)
	}
	return address.String()
}

func (s *server) makeRoles(ctx context.Context, conn *pgx.Conn) error {
	for role, rights := range map[string]string{ownerRole: "CREATEROLE", programRole: "NOCREATEROLE"} {
		var exists bool
		if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role).Scan(&exists); err != nil {
			return err
		}
		verb := "CREATE"
		if exists {
			verb = "ALTER"
		}
		statement := fmt.Sprintf("%s ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS %s PASSWORD '%s'",
			verb, role, rights, s.password)
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// template is the name of the database to copy for a schema, built here if no process has yet.
func (s *server) template(ctx context.Context, schema Schema) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if name, ok := s.templates[schema.Version]; ok {
		return name, nil
	}
	sum := sha256.Sum256([]byte(schema.Version))
	name := fmt.Sprintf("historias_template_%x", sum[:8])
	err := s.locked(ctx, name, func(ctx context.Context, conn *pgx.Conn) error {
		var complete bool
		err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)", name).Scan(&complete)
		if err != nil || complete {
			return err
		}
		return s.build(ctx, conn, name, schema.Migrate)
	})
	if err != nil {
		return "", err
	}
	s.templates[schema.Version] = name
	return name, nil
}

// build migrates a new database and marks it as a template last, so that one whose building was
// interrupted is recognised and made again.
func (s *server) build(ctx context.Context, conn *pgx.Conn, name string, migrate Migrator) error {
	if err := execAll(
		ctx, conn,
		"DROP DATABASE IF EXISTS "+name+" WITH (FORCE)",
		"CREATE DATABASE "+name+" OWNER "+ownerRole+" TEMPLATE template0",
	); err != nil {
		return err
	}
	if err := migrate(ctx, s.address(ownerRole, name)); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := s.admitProgram(ctx, name); err != nil {
		return err
	}
	return execAll(ctx, conn, "ALTER DATABASE "+name+" IS_TEMPLATE true ALLOW_CONNECTIONS false")
}

// admitProgram makes the program's login a member of the role that the migrations made for it, as
// whoever installs the program with two logins does. A schema without such a role needs nothing.
func (s *server) admitProgram(ctx context.Context, database string) error {
	conn, err := pgx.Connect(ctx, s.address("", database))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var role string
	err = conn.QueryRow(ctx, "SELECT app_role FROM schema_info").Scan(&role)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == undefinedTable {
		return nil
	}
	if err != nil {
		return err
	}
	return execAll(ctx, conn, "GRANT "+pgx.Identifier{role}.Sanitize()+" TO "+programRole)
}

// copy makes a database from a template. Copying its files beats logging its pages, the more so when
// nothing waits for the disk.
func (s *server) copy(ctx context.Context, template, name string) error {
	_, err := s.pool.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s OWNER %s TEMPLATE %s STRATEGY FILE_COPY", name, ownerRole, template))
	return err
}

func (s *server) drop(ctx context.Context, name string) error {
	_, err := s.pool.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)")
	return err
}

// locked runs fn while no other process on the same server runs one of the same name.
func (s *server) locked(ctx context.Context, name string, fn func(context.Context, *pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, s.admin.String())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", name); err != nil {
		return err
	}
	return fn(ctx, conn)
}

func execAll(ctx context.Context, conn *pgx.Conn, statements ...string) error {
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
