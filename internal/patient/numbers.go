package patient

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// numbers takes record numbers from the counters of the clinics. Each visit to a
// counter is a short transaction of its own, which holds it for an instant
// instead of for the whole creation; a creation that fails afterwards leaves a
// gap. Those who come while a visit of their clinic is under way share the next
// one: otherwise they would wait for each other at one row.
type numbers struct {
	db     *db.DB
	mu     sync.Mutex
	visits map[uuid.UUID][]chan taken // who waits behind the visit under way
}

// taken is what somebody who waited gets.
type taken struct {
	number Number
	err    error
}

func newNumbers(d *db.DB) *numbers { return &numbers{db: d, visits: map[uuid.UUID][]chan taken{}} }

// take gives the next number of the actor's clinic.
func (n *numbers) take(ctx context.Context) (Number, error) {
	clinic := actor.Clinic(ctx)
	n.mu.Lock()
	waiting, underWay := n.visits[clinic]
	if !underWay {
		n.visits[clinic] = nil
		n.mu.Unlock()
		defer func() { n.next(clinic) }()
		return n.visit(clinic, 1)
	}
	mine := make(chan taken, 1)
	n.visits[clinic] = append(waiting, mine)
	n.mu.Unlock()
	got := <-mine
	return got.number, got.err
}

// next begins a visit for those who came meanwhile, or leaves the counter alone.
func (n *numbers) next(clinic uuid.UUID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	waiting := n.visits[clinic]
	if len(waiting) == 0 {
		delete(n.visits, clinic)
		return
	}
	n.visits[clinic] = nil
	go n.serve(clinic, waiting)
}

func (n *numbers) serve(clinic uuid.UUID, waiting []chan taken) {
	defer n.next(clinic)
	last, err := n.visit(clinic, len(waiting))
	for i, mine := range waiting {
		mine <- taken{number: last - Number(len(waiting)-1-i), err: err}
	}
}

// takeNumbers raises the clinic's counter by $2 and gives the last number taken.
const takeNumbers = `insert into clinic_counters as c (clinic_id, name, value) values ($1, 'patient', $2)
 on conflict (clinic_id, name) do update set value = c.value + $2 returning value`

// visit takes several numbers and gives the last. It is the program's own act,
// since several people may wait for it, and bound by the database's timeouts.
// Some of those hold a connection, so it must not need one of the same.
func (n *numbers) visit(clinic uuid.UUID, count int) (last Number, err error) {
	ctx := db.Spare(actor.System(context.Background(), clinic, "numbers"))
	err = n.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(asyncCommit)
		t.Ask(func(r db.Row) error { return r.Scan(&last) }, takeNumbers, clinic, count)
		return nil
	})
	return last, err
}
