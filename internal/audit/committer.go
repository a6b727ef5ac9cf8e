package audit

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

// The committer shares one commit between the reads that wait for their
// events: one fsync for each GET would halve the speed. Idle it commits at
// once; under load commits start pace apart, which gathers more in each.
const (
	pace     = time.Millisecond
	maxBatch = 256
	backlog  = 4096
)

var errStopped = errors.New("audit: the trail is closed")

type committer struct {
	db   *db.DB
	in   chan waiting
	done chan struct{}
	once sync.Once
	quit chan struct{}
}

type waiting struct {
	row     *entry
	cluster int64
	answer  chan error
}

func startCommitter(d *db.DB) *committer {
	c := &committer{db: d, in: make(chan waiting, backlog), done: make(chan struct{}), quit: make(chan struct{})}
	go c.run()
	return c
}

// commit hands the row over and waits until it is durable. The event is kept
// even when the caller has gone meanwhile.
func (c *committer) commit(ctx context.Context, row *entry, cluster int64) error {
	w := waiting{row: row, cluster: cluster, answer: make(chan error, 1)}
	select {
	case c.in <- w:
	case <-c.quit:
		return errStopped
	}
	select {
	case err := <-w.answer:
		return err
	case <-c.done:
		return errStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *committer) stop() {
	c.once.Do(func() { close(c.quit) })
	<-c.done
}

func (c *committer) run() {
	defer close(c.done)
	timer := time.NewTimer(0)
	<-timer.C
	for {
		var batch []waiting
		select {
		case w := <-c.in:
			batch = c.gather(w)
		case <-c.quit:
			c.drain()
			return
		}
		timer.Reset(pace)
		c.write(batch)
		if len(batch) > 1 {
			<-timer.C
		} else {
			timer.Stop()
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
// bad event does not take the reads of others with it.
func (c *committer) write(batch []waiting) {
	ctx := context.Background()
	err := c.db.Across(ctx, parts(batch))
	for _, w := range batch {
		if err != nil && len(batch) > 1 {
			w.answer <- c.db.Across(ctx, parts([]waiting{w}))
			continue
		}
		w.answer <- err
	}
}

const insertMany = `insert into audit_events (clinic_id, id, at, cluster, actor_kind, actor_id, role, action,
 subject_type, subject_id, patient_id, subjects, outcome, reason, request_id, address, mac)
 select $1, e.id, e.at, $2, e.actor_kind, e.actor_id, e.role, e.action, e.subject_type, e.subject_id, e.patient_id,
 e.subjects::uuid[], e.outcome, e.reason, e.request_id, e.address, e.mac
 from unnest($3::uuid[], $4::timestamptz[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::uuid[],
 $11::uuid[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::bytea[])
 as e(id, at, actor_kind, actor_id, role, action, subject_type, subject_id, patient_id, subjects, outcome, reason,
 request_id, address, mac)`

// columns are the arrays of one clinic's insert.
type columns struct {
	cluster                                int64
	ids                                    []uuid.UUID
	ats                                    []time.Time
	kinds, roles, actions, types           []string
	actors, subjects, patients             []*uuid.UUID
	shown                                  []*string
	outcomes, reasons, requests, addresses []string
	macs                                   [][]byte
}

func parts(batch []waiting) []db.Part {
	byClinic := map[uuid.UUID]*columns{}
	var order []uuid.UUID
	for _, w := range batch {
		c := byClinic[w.row.clinic]
		if c == nil {
			c = &columns{cluster: w.cluster}
			byClinic[w.row.clinic] = c
			order = append(order, w.row.clinic)
		}
		c.add(w.row)
	}
	out := make([]db.Part, 0, len(order))
	for _, clinic := range order {
		out = append(out, db.Part{Clinic: clinic, SQL: insertMany, Args: byClinic[clinic].args(clinic)})
	}
	return out
}

func (c *columns) add(e *entry) {
	c.ids = append(c.ids, e.id)
	c.ats = append(c.ats, e.at)
	c.kinds = append(c.kinds, e.actorKind)
	c.actors = append(c.actors, orNull(e.actorID))
	c.roles = append(c.roles, e.role)
	c.actions = append(c.actions, string(e.Action))
	c.types = append(c.types, e.SubjectType)
	c.subjects = append(c.subjects, orNull(e.SubjectID))
	c.patients = append(c.patients, orNull(e.PatientID))
	c.shown = append(c.shown, arrayText(e.Subjects))
	c.outcomes = append(c.outcomes, string(e.Outcome))
	c.reasons = append(c.reasons, e.Reason)
	c.requests = append(c.requests, e.requestID)
	c.addresses = append(c.addresses, e.address)
	c.macs = append(c.macs, e.mac)
}

func (c *columns) args(clinic uuid.UUID) []any {
	return []any{
		clinic, c.cluster, c.ids, c.ats, c.kinds, c.actors, c.roles, c.actions, c.types, c.subjects,
		c.patients, c.shown, c.outcomes, c.reasons, c.requests, c.addresses, c.macs,
	}
}

// arrayText is a uuid[] literal: unnest cannot hand out arrays of arrays.
func arrayText(ids []uuid.UUID) *string {
	if ids == nil {
		return nil
	}
	b := make([]byte, 0, 2+37*len(ids))
	b = append(b, '{')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, id.String()...)
	}
	s := string(append(b, '}'))
	return &s
}
