package guard

import (
	"context"
	"time"

	"historias/internal/db"
)

// KnownFor is how long a browser in which nobody signed in again stays known. After
// that it is a stranger's, and its person is told when she comes back with it.
const KnownFor = 400 * 24 * time.Hour

// DropFailures drops at most limit failures that count for nothing any more.
func (g *Guard) DropFailures(ctx context.Context, limit int) (int64, error) {
	return g.drop(ctx, `delete from sign_in_failures where (subject, at, id) in (select subject, at, id from sign_in_failures
		where at < $1 order by at limit $2)`, g.clock.Now().Add(-Window), limit)
}

// DropBrowsers drops at most limit browsers that have not been used for KnownFor.
func (g *Guard) DropBrowsers(ctx context.Context, limit int) (int64, error) {
	return g.drop(ctx, `delete from known_devices where subject in (select subject from known_devices
		where at < $1 order by at limit $2)`, g.clock.Now().Add(-KnownFor), limit)
}

func (g *Guard) drop(ctx context.Context, statement string, before time.Time, limit int) (dropped int64, err error) {
	err = g.db.WithTx(platform(ctx), func(_ context.Context, tx *db.Tx) error {
		dropped, err = tx.Affected(statement, before, limit)
		return err
	})
	return dropped, err
}
