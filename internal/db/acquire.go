package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"historias/internal/errs"
)

const (
	// patience bounds the wait for a connection: who is told to come back can,
	// who waits without end takes the whole program along.
	patience = 10 * time.Second
	// dialTime bounds the making of one, for a host that swallows packets.
	dialTime = 5 * time.Second
	// spareShare is the part of the connections that is kept for Apart.
	spareShare = 6
)

// outside stands in a context where a transaction was left.
var outside = &Tx{}

// Apart leaves the transaction of ctx, for work that must commit on its own,
// such as taking a number from a counter. The transaction that was left keeps
// its connection meanwhile, so this work takes another from a pool of its own:
// out of one pool, as many requests as it has connections would each hold one
// and wait for a second for ever. For the same reason it must not leave again
// while it holds its connection.
func Apart(ctx context.Context) context.Context {
	if txOf(ctx) == nil {
		return ctx
	}
	return context.WithValue(ctx, txKey{}, outside)
}

// Spare makes work take its connection from that pool although no transaction
// is left: for work that several callers of Apart wait for together.
func Spare(ctx context.Context) context.Context { return context.WithValue(ctx, txKey{}, outside) }

// acquire lends a connection. Whatever goes wrong is 503: database.busy when
// none came free in time, database.away when none can be made.
func (d *DB) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	pool := d.pool
	if t, _ := ctx.Value(txKey{}).(*Tx); t == outside {
		pool = d.spare
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := pool.Acquire(limited)
	switch {
	case err == nil:
		return conn, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, errs.Unavailable("database.busy", err)
	}
	return nil, d.noticed(errs.Unavailable("database.away", plain(err)))
}

// noticed looks at an error and, where a connection was found dead, throws away
// the others that lie idle: most likely they are dead too, and each would cost
// somebody an answer once the server is back.
func (d *DB) noticed(err error) error {
	if err != nil && errs.Is(err, "database.away") {
		d.pool.Reset()
		d.spare.Reset()
	}
	return err
}

// openPools makes both pools. They connect when somebody asks.
func openPools(ctx context.Context, cfg *pgxpool.Config) (main, spare *pgxpool.Pool, err error) {
	aside := cfg.Copy()
	aside.MaxConns = max(1, cfg.MaxConns/spareShare)
	cfg.MaxConns = max(1, cfg.MaxConns-aside.MaxConns)
	if main, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, nil, err
	}
	if spare, err = pgxpool.NewWithConfig(ctx, aside); err != nil {
		main.Close()
		return nil, nil, err
	}
	return main, spare, nil
}
