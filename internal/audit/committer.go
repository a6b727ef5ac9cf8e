package audit

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"historias/internal/db"
	"historias/internal/errs"
)

// The committer shares one commit between the reads that wait for their
// events: one fsync for each GET would halve the speed. A commit starts as soon
// as the one before has ended; under load that time gathers the next batch, so
// that waiting besides would only make the answers late.
const (
	maxBatch = 256
	backlog  = 4096
)

var errStopped = errors.New("audit: the trail is closed")

type committer struct {
	db      *db.DB
	touched *touched
	in      chan waiting
	done    chan struct{}
	once    sync.Once
	quit    chan struct{}
}

type waiting struct {
	row    *entry
	answer chan error
}

func startCommitter(d *db.DB, touched *touched) *committer {
	c := &committer{
		db: d, touched: touched, in: make(chan waiting, backlog),
		done: make(chan struct{}), quit: make(chan struct{}),
	}
	go c.run()
	return c
}

// commit hands the row over and waits until it is durable. The event is kept
// even when the caller has gone meanwhile.
func (c *committer) commit(ctx context.Context, row *entry) error {
	w := waiting{row: row, answer: make(chan error, 1)}
	select {
	case c.in <- w:
	case <-c.quit:
		return errStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-w.answer:
		return err
	case <-c.done:
		return w.late()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// late is the answer once the committer has ended: its last word, if any.
func (w waiting) late() error {
	select {
	case err := <-w.answer:
		return err
	default:
		return errStopped
	}
}

func (c *committer) stop() {
	c.once.Do(func() { close(c.quit) })
	<-c.done
}

func (c *committer) run() {
	defer close(c.done)
	for {
		select {
		case w := <-c.in:
			c.write(c.gather(w))
		case <-c.quit:
			c.drain()
			return
		}
	}
}

func (c *committer) gather(first waiting) []waiting {
	batch := []waiting{first}
	for len(batch) < maxBatch {
		select {
		case w := <-c.in:
			batch = append(batch, w)
		default:
			return batch
		}
	}
	return batch
}

func (c *committer) drain() {
	for {
		select {
		case w := <-c.in:
			c.write(c.gather(w))
		default:
			return
		}
	}
}

// write commits a batch; if it fails, each event is tried alone, so that one
// bad event does not take the reads of others with it. With the database away
// it is not: the waiting ones would only wait longer.
func (c *committer) write(batch []waiting) {
	err := c.send(batch)
	if err == nil || len(batch) == 1 || errs.KindOf(err) == errs.KindUnavailable {
		for _, w := range batch {
			w.answer <- err
		}
		return
	}
	for i, w := range batch {
		w.answer <- c.send(batch[i : i+1])
	}
}

func (c *committer) send(batch []waiting) error {
	if err := c.db.Across(context.Background(), parts(batch)); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	for _, w := range batch {
		c.touched.add(w.row.clinic)
	}
	return nil
}
