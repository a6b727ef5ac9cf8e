package db

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Row is what a scan function reads from.
type Row interface{ Scan(dest ...any) error }

// Reader collects queries; they are sent together when its closure ends.
type Reader struct {
	batch pgx.Batch
	reads []func(pgx.BatchResults) error
}

// One queues a query that must give one row, scanned into dest. No row makes
// the read fail with ErrNoRow.
func (q *Reader) One(dest []any, sql string, args ...any) {
	q.add(sql, args, func(rows pgx.BatchResults) error { return rows.QueryRow().Scan(dest...) })
}

// Maybe queues a query that gives one row or none; found says which.
func (q *Reader) Maybe(found *bool, dest []any, sql string, args ...any) {
	*found = false
	q.add(sql, args, func(rows pgx.BatchResults) error {
		err := rows.QueryRow().Scan(dest...)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		*found = err == nil
		return err
	})
}

// All queues a query; each is called once for every row.
func (q *Reader) All(each func(Row) error, sql string, args ...any) {
	q.add(sql, args, func(results pgx.BatchResults) error {
		rows, err := results.Query()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := each(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

func (q *Reader) add(sql string, args []any, read func(pgx.BatchResults) error) {
	q.batch.Queue(sql, plainIDs(args)...)
	q.reads = append(q.reads, read)
}

// plainIDs turns ids into the driver's own type: for any other it looks up each
// time how to encode it. The caller's list stays as it is.
func plainIDs(args []any) []any {
	var out []any
	for i, arg := range args {
		id, ok := arg.(uuid.UUID)
		if !ok {
			continue
		}
		if out == nil {
			out = slices.Clone(args)
		}
		out[i] = pgtype.UUID{Bytes: id, Valid: true}
	}
	if out == nil {
		return args
	}
	return out
}

// Read runs the queries that fn queues in one read-only transaction and one
// round trip. Inside a WithTx it reads in that transaction.
//
// A client that goes away does not cancel it: cancelling would close the
// connection, and statement_timeout bounds the read anyway.
func (d *DB) Read(ctx context.Context, fn func(q *Reader) error) error {
	q := &Reader{}
	if err := fn(q); err != nil {
		return err
	}
	if t := txOf(ctx); t != nil {
		return t.read(q)
	}
	open, err := d.opening(ctx, true)
	if err != nil {
		return err
	}
	queueOpening(&q.batch, open)
	ctx = context.WithoutCancel(ctx)
	conn, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return d.noticed(collect(conn.Conn().SendBatch(ctx, &q.batch), true, q.reads))
}

// collect reads the answers of a batch in order and closes it.
func collect(results pgx.BatchResults, opened bool, reads []func(pgx.BatchResults) error) error {
	err := func() error {
		if opened {
			if _, err := results.Exec(); err != nil {
				return err
			}
		}
		for _, read := range reads {
			if err := read(results); err != nil {
				return err
			}
		}
		return nil
	}()
	if closing := results.Close(); err == nil {
		err = closing
	}
	return plain(err)
}
