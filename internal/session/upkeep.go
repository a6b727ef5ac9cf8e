package session

import (
	"context"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
)

// KeptAfterEnd is how long the row of a session stays after its end. What the
// session did, and from where, stands in the trail for as long as the trail does.
const KeptAfterEnd = 90 * 24 * time.Hour

// DropEnded drops at most limit sessions, of all clinics, that ended KeptAfterEnd
// ago or earlier.
func (s *Service) DropEnded(ctx context.Context, limit int) (dropped int64, err error) {
	err = s.db.WithTx(actor.System(ctx, actor.Platform, "upkeep"), func(_ context.Context, t *db.Tx) error {
		return t.One([]any{&dropped}, `select drop_sessions($1, $2)`, s.clock.Now().Add(-KeptAfterEnd), limit)
	})
	return dropped, err
}
