package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"historias/internal/errs"
)

// ErrNotMigrated says that the database has no schema yet.
var ErrNotMigrated = errors.New("db: the database is not migrated")

// ErrNoRow says that a query that must give one row gave none.
var ErrNoRow = errors.New("db: no row")

// ErrNoWall says that a transaction was asked for without an actor.
var ErrNoWall = errors.New("db: no actor in the context, so no clinic to open")

// SQLSTATEs that the schema's own functions raise.
const (
	stateWallClosed = "HS001" // the session is no longer what it was
	stateKeyBusy    = "HS002" // an idempotency key is in flight
)

// Fault is what may be kept of a PostgreSQL error: its code and the names of
// schema objects. Its text and detail can hold a person's data and are dropped.
type Fault struct {
	State      string
	Constraint string
	Table      string
	Column     string
}

// Error names the code and the object.
func (f *Fault) Error() string {
	return fmt.Sprintf("postgres %s table=%s column=%s constraint=%s", f.State, f.Table, f.Column, f.Constraint)
}

// plain turns any driver error into one that is safe to log and, where the
// caller can act on it, into an errs.Error.
func plain(err error) error {
	if err == nil {
		return nil
	}
	if _, said := errs.As(err); said {
		return err
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNoRow
	}
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	refused := errors.As(err, &pg)
	switch {
	case errors.As(err, &connect) && refused:
		return errs.Unavailable("database.away", kept(pg))
	case errors.As(err, &connect):
		return errs.Unavailable("database.away", errors.New("connection refused or lost"))
	case refused:
		return fault(pg)
	case errors.Is(err, context.Canceled):
		return err
	case lost(err):
		return errs.Unavailable("database.away", err)
	}
	return err
}

// lost tells whether the server hung up, or never heard the question.
func lost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func kept(pg *pgconn.PgError) *Fault {
	return &Fault{State: pg.Code, Constraint: pg.ConstraintName, Table: pg.TableName, Column: pg.ColumnName}
}

func fault(pg *pgconn.PgError) error {
	f := kept(pg)
	switch {
	case pg.Code == stateWallClosed:
		return errs.Unauthorized("auth.session_changed").Because(f)
	case pg.Code == stateKeyBusy:
		return errs.Conflict("idempotency.in_flight",
			"Esta misma solicitud se está procesando. Espere a que termine.").Because(f)
	case ended(pg.Code):
		return errs.Unavailable("database.away", f)
	case passing(pg.Code):
		return errs.Unavailable("database.busy", f)
	}
	return f
}

// ended tells whether a SQLSTATE is the last word of a connection: lost, told to
// end, or of a server that starts or stops.
func ended(state string) bool {
	switch state {
	case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04":
		return true
	}
	return strings.HasPrefix(state, "08")
}

// passing tells whether a SQLSTATE says nothing of the request and ends by
// itself or by an operator's hand (PostgreSQL, appendix A).
func passing(state string) bool {
	switch state {
	case "25006", // read only: a standby that was not promoted yet
		"40001", "40P01", // still in each other's way after every attempt
		"55P03": // lock timeout
		return true
	}
	// 53 resources (disk full, too many connections), 57 an operator or a statement
	// timeout, 58 the system's own (an I/O error).
	switch state[:min(2, len(state))] {
	case "53", "57", "58":
		return true
	}
	return false
}

// SQLState gives the SQLSTATE inside err, empty when there is none.
func SQLState(err error) string {
	var f *Fault
	if errors.As(err, &f) {
		return f.State
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// Violates tells whether err breaks the constraint of this name.
func Violates(err error, constraint string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Constraint == constraint
}

// Missing turns ErrNoRow into a not-found answer for subject and leaves any
// other error as it is.
func Missing(err error, subject string) error {
	if errors.Is(err, ErrNoRow) {
		return errs.NotFound(subject)
	}
	return err
}

// retryable is true for a deadlock or a serialization failure, after which the
// same closure may run again.
func retryable(err error) bool {
	s := SQLState(err)
	return s == "40001" || s == "40P01"
}
