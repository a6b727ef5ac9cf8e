package patient

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// The list shows the most recently seen patients first, so looking at a record
// is a write. It must not cost the reader anything: looks are handed to one
// writer that stores them a moment later, in small batches with a pause between
// them. What does not fit is dropped, and so is what waits when the process
// dies: the order of a list is a convenience, the audit trail is the record.
const (
	seenEvery  = time.Minute
	looksBatch = 64
	looksPause = 250 * time.Millisecond
)

type look struct {
	clinic  uuid.UUID
	patient uuid.UUID
	at      time.Time
}

type recency struct {
	db   *db.DB
	in   chan look
	quit chan struct{}
	done chan struct{}
	once sync.Once
}

func startRecency(d *db.DB) *recency {
	r := &recency{db: d, in: make(chan look, looksBatch), quit: make(chan struct{}), done: make(chan struct{})}
	go r.run()
	return r
}

// note hands a look over and never waits.
func (r *recency) note(l look) {
	select {
	case r.in <- l:
	default:
	}
}

func (r *recency) stop() {
	r.once.Do(func() { close(r.quit) })
	<-r.done
}

func (r *recency) run() {
	defer close(r.done)
	for {
		select {
		case l := <-r.in:
			r.write(r.gather(l))
		case <-r.quit:
			r.write(r.gather())
			return
		}
		select {
		case <-time.After(looksPause):
		case <-r.quit:
		}
	}
}

func (r *recency) gather(batch ...look) []look {
	for len(batch) < looksBatch {
		select {
		case l := <-r.in:
			batch = append(batch, l)
		default:
			return batch
		}
	}
	return batch
}

const touch = `update patients p set last_seen_at = u.at from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
 where p.clinic_id = $1 and p.id = any($2::uuid[]) and p.id = u.id and p.last_seen_at < u.at`

// write stores a batch, one transaction for each clinic in it. A failure loses
// the batch and nothing else.
func (r *recency) write(batch []look) {
	byClinic := map[uuid.UUID]map[uuid.UUID]time.Time{}
	for _, l := range batch {
		if byClinic[l.clinic] == nil {
			byClinic[l.clinic] = map[uuid.UUID]time.Time{}
		}
		byClinic[l.clinic][l.patient] = l.at
	}
	for clinic, looks := range byClinic {
		r.touch(clinic, looks)
	}
}

// touch updates in the order of ids, so that two processes never wait for each
// other in a circle.
func (r *recency) touch(clinic uuid.UUID, looks map[uuid.UUID]time.Time) {
	ids := make([]uuid.UUID, 0, len(looks))
	for id := range looks {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	ats := make([]time.Time, 0, len(ids))
	for _, id := range ids {
		ats = append(ats, looks[id])
	}
	ctx := actor.System(context.Background(), clinic, "recency")
	_ = r.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(asyncCommit)
		t.Exec(touch, clinic, ids, ats)
		return nil
	})
}
