package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Tx is one transaction of one clinic. It begins only when a statement needs
// an answer: until then statements are queued, and a transaction that only
// queues is sent in one round trip.
type Tx struct {
	db       *DB
	ctx      context.Context
	readOnly bool
	queue    Reader
	conn     *pgxpool.Conn
	pg       pgx.Tx
	after    []func()
	failed   error
	// judged is set when an answer decides whether the transaction may commit:
	// PostgreSQL commits an implicit one before anybody reads its answers.
	judged bool
}

type txKey struct{}

func txOf(ctx context.Context) *Tx {
	if t, _ := ctx.Value(txKey{}).(*Tx); t != outside {
		return t
	}
	return nil
}

// Current gives the transaction that ctx carries, nil without one.
func Current(ctx context.Context) *Tx { return txOf(ctx) }

const (
	attempts  = 3
	baseDelay = 5 * time.Millisecond
)

// WithTx runs fn in one transaction of the actor's clinic and commits it. A
// WithTx inside another joins it; a failure inside fails the whole, even when
// the caller of the inner one swallows the error. A deadlock is tried again,
// so fn must do nothing that a rollback does not undo; what must happen after
// the commit goes to AfterCommit.
func (d *DB) WithTx(ctx context.Context, fn func(ctx context.Context, t *Tx) error) error {
	return d.within(ctx, false, fn)
}

// ReadSteps is WithTx for reads that depend on each other: read only, and one
// snapshot for all of them.
func (d *DB) ReadSteps(ctx context.Context, fn func(ctx context.Context, t *Tx) error) error {
	return d.within(ctx, true, fn)
}

func (d *DB) within(ctx context.Context, readOnly bool, fn func(context.Context, *Tx) error) error {
	if outer := txOf(ctx); outer != nil {
		err := fn(ctx, outer)
		if err != nil && outer.failed == nil {
			outer.failed = err
		}
		return err
	}
	var err error
	for i := range attempts {
		if err = d.once(ctx, readOnly, fn); !retryable(err) {
			return d.noticed(err)
		}
		time.Sleep(baseDelay << i)
	}
	return err
}

func (d *DB) once(ctx context.Context, readOnly bool, fn func(context.Context, *Tx) error) (err error) {
	t := &Tx{db: d, readOnly: readOnly, ctx: context.WithoutCancel(ctx)}
	defer func() {
		if p := recover(); p != nil {
			t.rollback()
			panic(p)
		}
	}()
	inner := context.WithValue(ctx, txKey{}, t)
	if err = fn(inner, t); err == nil {
		err = t.failed
	}
	if err != nil {
		t.rollback()
		return plain(err)
	}
	if err = t.commit(); err != nil {
		return err
	}
	for _, f := range t.after {
		f()
	}
	return nil
}

// AfterCommit runs f once the transaction is durable.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// Exec queues a statement whose answer nobody needs.
func (t *Tx) Exec(sql string, args ...any) {
	t.queue.add(sql, args, func(r pgx.BatchResults) error { _, err := r.Exec(); return err })
}

// ExecOne queues a statement that must touch exactly one row; otherwise the
// transaction fails with otherwise.
func (t *Tx) ExecOne(otherwise error, sql string, args ...any) {
	t.judged = true
	t.queue.add(sql, args, func(r pgx.BatchResults) error {
		tag, err := r.Exec()
		if err == nil && tag.RowsAffected() != 1 {
			return otherwise
		}
		return err
	})
}

// QueueOne queues a statement whose one row is scanned into dest when the
// transaction is flushed or committed.
func (t *Tx) QueueOne(dest []any, sql string, args ...any) {
	t.judged = true
	t.queue.One(dest, sql, args...)
}

// One runs what is queued and then this query, which must give one row
// (ErrNoRow otherwise).
func (t *Tx) One(dest []any, sql string, args ...any) error {
	t.queue.One(dest, sql, args...)
	return t.Flush()
}

// All runs what is queued and then this query, row by row.
func (t *Tx) All(each func(Row) error, sql string, args ...any) error {
	t.queue.All(each, sql, args...)
	return t.Flush()
}

// Affected runs what is queued and then this statement, and gives the number
// of rows it touched.
func (t *Tx) Affected(sql string, args ...any) (n int64, err error) {
	t.queue.add(sql, args, func(r pgx.BatchResults) error {
		var tag pgconn.CommandTag
		tag, err := r.Exec()
		n = tag.RowsAffected()
		return err
	})
	return n, t.Flush()
}

// Flush begins the transaction if it has not begun and sends what is queued.
func (t *Tx) Flush() error {
	if err := t.begin(); err != nil {
		return err
	}
	if len(t.queue.reads) == 0 {
		return nil
	}
	q := t.queue
	t.queue = Reader{}
	return collect(t.conn.SendBatch(t.ctx, &q.batch), false, q.reads)
}

func (t *Tx) read(q *Reader) error {
	if err := t.Flush(); err != nil {
		return err
	}
	return collect(t.conn.SendBatch(t.ctx, &q.batch), false, q.reads)
}

// Pgx gives the driver's transaction to package jobs, after what is queued.
func (t *Tx) Pgx() (pgx.Tx, error) {
	if err := t.Flush(); err != nil {
		return nil, err
	}
	return t.pg, nil
}

func (t *Tx) begin() error {
	if t.pg != nil {
		return nil
	}
	open, err := t.db.opening(t.ctx, t.readOnly)
	if err != nil {
		return err
	}
	conn, err := t.db.acquire(t.ctx)
	if err != nil {
		return err
	}
	isolation := ""
	if t.readOnly {
		isolation = " isolation level repeatable read"
	}
	tx, err := conn.Conn().BeginTx(t.ctx, pgx.TxOptions{BeginQuery: open.begin(isolation)})
	if err != nil {
		conn.Release()
		return plain(err)
	}
	t.conn, t.pg = conn, tx
	return nil
}

func (t *Tx) commit() error {
	if t.pg == nil && !t.judged {
		return t.commitQueued()
	}
	err := t.Flush()
	if err == nil {
		err = plain(t.pg.Commit(t.ctx))
	}
	if err != nil {
		t.rollback()
		return err
	}
	t.conn.Release()
	return nil
}

// commitQueued sends opening and queue as one implicit transaction.
func (t *Tx) commitQueued() error {
	if len(t.queue.reads) == 0 {
		return nil
	}
	open, err := t.db.opening(t.ctx, t.readOnly)
	if err != nil {
		return err
	}
	queueOpening(&t.queue.batch, open)
	conn, err := t.db.acquire(t.ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return collect(conn.Conn().SendBatch(t.ctx, &t.queue.batch), true, t.queue.reads)
}

func (t *Tx) rollback() {
	if t.pg == nil {
		return
	}
	if err := t.pg.Rollback(t.ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
		_ = t.conn.Conn().Close(t.ctx)
	}
	t.conn.Release()
	t.pg = nil
}

// ReadOnly says that the transaction was opened for reads.
func (t *Tx) ReadOnly() bool { return t.readOnly }
