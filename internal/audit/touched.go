package audit

import (
	"sync"

	"github.com/google/uuid"
)

// touched collects the clinics that got events since the sealer last looked,
// so that it need not ask every clinic every two seconds.
type touched struct {
	mu  sync.Mutex
	set map[uuid.UUID]bool
}

func newTouched() *touched { return &touched{set: map[uuid.UUID]bool{}} }

func (t *touched) add(clinic uuid.UUID) {
	t.mu.Lock()
	t.set[clinic] = true
	t.mu.Unlock()
}

func (t *touched) take() []uuid.UUID {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]uuid.UUID, 0, len(t.set))
	for id := range t.set {
		out = append(out, id)
	}
	clear(t.set)
	return out
}
