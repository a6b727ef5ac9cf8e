package consent

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// Queue queues a patient's chain on a reader that reads other subjects as well.
// The function it gives is called after the read; evidence stays sealed.
// Whoever asks records the event of the act.
func (s *Service) Queue(ctx context.Context, q *db.Reader, patient uuid.UUID) func() View {
	var chain []Event
	q.All(gatherEvents(&chain), selectChain, actor.Clinic(ctx), patient)
	return func() View { return View{Purposes: States(chain), Events: chain} }
}
