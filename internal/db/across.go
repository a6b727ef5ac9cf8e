package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Part is one statement of one clinic.
type Part struct {
	Clinic uuid.UUID
	SQL    string
	Args   []any
}

// Across runs statements of several clinics in one transaction and one round
// trip, each inside its own wall. It exists for the committer of read events,
// which shares one commit between the waiting requests of all clinics.
func (d *DB) Across(ctx context.Context, parts []Part) error {
	batch := &pgx.Batch{}
	var reads []func(pgx.BatchResults) error
	exec := func(r pgx.BatchResults) error { _, err := r.Exec(); return err }
	for _, p := range parts {
		batch.Queue(d.open.system[false], p.Clinic.String(), "", "")
		batch.Queue(p.SQL, p.Args...)
		reads = append(reads, exec, exec)
	}
	conn, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return d.noticed(collect(conn.Conn().SendBatch(ctx, batch), false, reads))
}
