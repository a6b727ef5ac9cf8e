package messaging

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
)

// intake keeps deliveries. Meta sends them in bursts, so those that arrive while
// others are being written share the next transaction: one commit, one insert of
// bodies, one of jobs. One that arrives alone is written at once.
type intake struct {
	db      *db.DB
	queue   *jobs.Queue
	trail   *audit.Trail
	clock   clock.Clock
	mu      sync.Mutex
	writing bool
	waiting []delivery
}

// delivery is one that is waiting to be durable.
type delivery struct {
	id     uuid.UUID
	hash   []byte
	sealed string
	origin actor.Origin
	done   chan error
}

// maxDeliveries bounds one transaction.
const maxDeliveries = 64

// keep gives the delivery over and waits until it is durable.
func (in *intake) keep(d delivery) error {
	d.done = make(chan error, 1)
	in.mu.Lock()
	in.waiting = append(in.waiting, d)
	if !in.writing {
		in.writing = true
		go in.run()
	}
	in.mu.Unlock()
	return <-d.done
}

// run writes until nobody waits.
func (in *intake) run() {
	for batch := in.next(); len(batch) > 0; batch = in.next() {
		in.write(batch)
	}
}

func (in *intake) next() []delivery {
	in.mu.Lock()
	defer in.mu.Unlock()
	n := min(len(in.waiting), maxDeliveries)
	batch := in.waiting[:n:n]
	in.waiting = in.waiting[n:]
	in.writing = n > 0
	return batch
}

// write keeps a batch; if that fails, each is tried alone, so that one bad
// delivery takes no other with it. With the database away it is not: the waiting
// ones would only wait longer.
func (in *intake) write(batch []delivery) {
	err := in.store(batch)
	if err == nil || len(batch) == 1 || errs.KindOf(err) == errs.KindUnavailable {
		for _, d := range batch {
			d.done <- err
		}
		return
	}
	for i, d := range batch {
		d.done <- in.store(batch[i : i+1])
	}
}

// insertBodies keeps each body once and gives the ids of those that are new.
const insertBodies = `insert into webhook_bodies (clinic_id, id, body_hash, sealed, received_at)
 select $1, d.id, d.hash, d.sealed, $5 from unnest($2::uuid[], $3::bytea[], $4::text[]) d(id, hash, sealed)
 on conflict (clinic_id, body_hash) do nothing returning id`

func (in *intake) store(batch []delivery) error {
	ctx := actor.System(context.Background(), actor.Platform, system)
	return in.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		fresh, err := in.insert(t, batch)
		if err != nil {
			return err
		}
		var work []jobs.Args
		for _, d := range batch {
			if !fresh[d.id] {
				continue
			}
			work = append(work, processArgs{d.id, 0})
			e := audit.Event{Action: audit.WebhookAccepted, SubjectType: "webhook", SubjectID: d.id}
			if err := in.trail.Record(actor.WithOrigin(ctx, d.origin), e); err != nil {
				return err
			}
		}
		return in.queue.EnqueueAll(ctx, t, work)
	})
}

// insert gives which deliveries came for the first time.
func (in *intake) insert(t *db.Tx, batch []delivery) (fresh map[uuid.UUID]bool, err error) {
	ids := make([]uuid.UUID, 0, len(batch))
	hashes := make([][]byte, 0, len(batch))
	sealed := make([]string, 0, len(batch))
	for _, d := range batch {
		ids, hashes, sealed = append(ids, d.id), append(hashes, d.hash), append(sealed, d.sealed)
	}
	fresh = make(map[uuid.UUID]bool, len(batch))
	err = t.All(func(r db.Row) error {
		var id uuid.UUID
		err := r.Scan(&id)
		fresh[id] = true
		return err
	}, insertBodies, actor.Platform, ids, hashes, sealed, in.clock.Now())
	return fresh, err
}
