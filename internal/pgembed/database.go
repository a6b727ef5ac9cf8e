package pgembed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	connectPatience = 2 * time.Second
	// prepareLock is the advisory lock under which programs that start together prepare the cluster.
	prepareLock = 7_104_271_981
)

// answers tells whether the server takes connections.
func (c *cluster) answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, connectPatience)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.url(superuser, "postgres"))
	if err != nil {
		return false
	}
	return conn.Close(ctx) == nil
}

// stillAnswers is the failure of a server that runs, and nil for one that went away meanwhile.
func (c *cluster) stillAnswers(ctx context.Context, failure error) error {
	if c.answers(ctx) {
		return failure
	}
	return nil
}

// joinRunning tells whether the server of another program answers, and uses its socket from then on.
func (c *cluster) joinRunning(ctx context.Context) bool {
	pid, ok := c.readPidFile()
	if !ok || pid.socket == "" {
		return false
	}
	c.socket = pid.socket
	return c.answers(ctx)
}

// prepare makes the role and the database, and puts the role's rights right if someone changed them.
func (c *cluster) prepare(ctx context.Context) (err error) {
	conn, err := pgx.Connect(ctx, c.url(superuser, "postgres"))
	if err != nil {
		return fmt.Errorf("no se puede abrir la base de datos: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	var copying bool
	if err := conn.QueryRow(ctx, "SELECT pg_is_in_recovery()").Scan(&copying); err != nil || copying {
		return err // a live copy of another server takes its roles and databases from there
	}
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(prepareLock)); err != nil {
		return err
	}
	if err := prepareRole(ctx, conn); err != nil {
		return fmt.Errorf("no se puede preparar el usuario de la base de datos: %w", err)
	}
	if err := prepareDatabase(ctx, conn); err != nil {
		return fmt.Errorf("no se puede crear la base de datos: %w", err)
	}
	return nil
}

// prepareRole gives Role what migrations need (making the group role of the program) and no more.
func prepareRole(ctx context.Context, conn *pgx.Conn) error {
	return ensure(
		ctx, conn, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", Role,
		"CREATE ROLE "+Role, "ALTER ROLE "+Role+" LOGIN NOSUPERUSER CREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS",
	)
}

func prepareDatabase(ctx context.Context, conn *pgx.Conn) error {
	return ensure(
		ctx, conn, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", Database,
		"CREATE DATABASE "+Database, "ALTER DATABASE "+Database+" OWNER TO "+Role,
	)
}

// ensure runs create when the question about name is answered with no, and then, always, adjust.
func ensure(ctx context.Context, conn *pgx.Conn, question, name, create, adjust string) error {
	var exists bool
	if err := conn.QueryRow(ctx, question, name).Scan(&exists); err != nil {
		return err
	}
	if !exists {
		if _, err := conn.Exec(ctx, create); err != nil {
			return err
		}
	}
	_, err := conn.Exec(ctx, adjust)
	return err
}
