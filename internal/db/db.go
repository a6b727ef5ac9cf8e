// Package db is the only door to PostgreSQL. It opens every transaction inside
// the wall of one clinic: the role that row-level security binds, the clinic
// of the actor, and, for a signed-in person, the proof that the session is
// still what it was when it was read.
//
// There are three doors. Read queues queries and sends them with the opening
// statement in one round trip. ReadSteps is for reads that depend on each
// other. WithTx is for writes; a WithTx that only queues statements is one
// round trip too, one that needs answers on the way begins explicitly.
package db

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	pgxuuid "github.com/vgarvardt/pgx-google-uuid/v5"
)

// Options says how to reach the server.
type Options struct {
	// URL is DATABASE_URL.
	URL string
	// TransactionPooler is true behind PgBouncer in transaction mode: no
	// prepared statement outlives its transaction there.
	TransactionPooler bool
	// MaxConns bounds the connections, those kept for Apart included; 0 takes the
	// default. There are never less than two.
	MaxConns int32
}

const (
	// defaultMaxConns suits a server of two processors: what it cannot do at once
	// waits more cheaply here than as processes that take turns there.
	defaultMaxConns  = 12
	statementTimeout = 15 * time.Second
	lockTimeout      = 3 * time.Second
	idleInTxTimeout  = 30 * time.Second
)

// DB holds the connections and the name of the walled role.
type DB struct {
	pool  *pgxpool.Pool
	spare *pgxpool.Pool // for Apart
	role  string
	open  statements
}

var roleName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,63}$`)

// Open connects, reads which role the migrations made and proves that it can
// be assumed. It fails when the server is away, when nothing was migrated
// (ErrNotMigrated) or when the login may not assume the role.
func Open(ctx context.Context, o Options) (*DB, error) {
	cfg, err := poolConfig(o)
	if err != nil {
		return nil, err
	}
	d := &DB{}
	if d.pool, d.spare, err = openPools(ctx, cfg); err != nil {
		return nil, fmt.Errorf("db: pool: %w", plain(err))
	}
	if err := d.assume(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func poolConfig(o Options) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		// The parser's error repeats the address with its password.
		return nil, errors.New("db: DATABASE_URL cannot be read")
	}
	cfg.MaxConns = defaultMaxConns
	if o.MaxConns > 0 {
		cfg.MaxConns = o.MaxConns
	}
	cfg.MaxConnIdleTime = 5 * time.Minute
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = dialTime
	}
	cfg.AfterConnect = func(_ context.Context, c *pgx.Conn) error {
		// Ids are in every query; without this each costs a search for a plan.
		pgxuuid.Register(c.TypeMap())
		c.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		return nil
	}
	if o.TransactionPooler {
		// Types are asked for once and kept here; each statement then travels
		// whole. Guessing types from Go values (QueryExecModeExec) knows neither
		// lists of ids nor JSON.
		cfg.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
		return cfg, nil
	}
	// A pooler refuses startup parameters, so they are set only without one.
	p := cfg.ConnConfig.RuntimeParams
	p["statement_timeout"] = milliseconds(statementTimeout)
	p["lock_timeout"] = milliseconds(lockTimeout)
	p["idle_in_transaction_session_timeout"] = milliseconds(idleInTxTimeout)
	p["application_name"] = "historias"
	p["timezone"] = "UTC"
	p["jit"] = "off" // our queries are short; compiling one costs more than running it
	return cfg, nil
}

func milliseconds(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }

// assume reads the role's name from schema_info and takes it once.
func (d *DB) assume(ctx context.Context) error {
	var restoring bool
	err := d.pool.QueryRow(ctx, selectRole).Scan(&d.role, &restoring)
	if err != nil {
		if SQLState(err) == "42P01" {
			return ErrNotMigrated
		}
		return fmt.Errorf("db: connect: %w", plain(err))
	}
	if restoring {
		return ErrRestoring
	}
	if !roleName.MatchString(d.role) {
		return fmt.Errorf("db: role name %q is not usable", d.role)
	}
	d.open = newStatements(d.role)
	var role string
	err = d.pool.QueryRow(ctx, `select set_config('role', $1, true)`, d.role).Scan(&role)
	if err != nil {
		return fmt.Errorf("db: the login may not assume role %s: %w", d.role, plain(err))
	}
	return nil
}

// Close ends every connection.
func (d *DB) Close() {
	d.spare.Close()
	d.pool.Close()
}

// Ping says whether the server answers.
func (d *DB) Ping(ctx context.Context) error {
	conn, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return plain(conn.Ping(ctx))
}

// Pool gives the raw pool to package jobs, whose tables stand outside the
// walls and hold ids only.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Role is the walled role that every transaction assumes.
func (d *DB) Role() string { return d.role }
