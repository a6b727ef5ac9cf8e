package account

import (
	"context"

	"historias/internal/db"
)

// DropTokens drops at most limit links by mail that are no longer good.
func (s *Service) DropTokens(ctx context.Context, limit int) (dropped int64, err error) {
	err = s.db.WithTx(recovery(ctx), func(_ context.Context, t *db.Tx) error {
		dropped, err = t.Affected(`delete from account_tokens where token_hash in (select token_hash from account_tokens
			where expires_at < $1 order by expires_at limit $2)`, s.clock.Now(), limit)
		return err
	})
	return dropped, err
}

// DropRequests drops at most limit requests for a link that count for nothing any
// more.
func (s *Service) DropRequests(ctx context.Context, limit int) (dropped int64, err error) {
	err = s.db.WithTx(recovery(ctx), func(_ context.Context, t *db.Tx) error {
		dropped, err = t.Affected(`delete from recovery_requests where id in (select id from recovery_requests
			where at < $1 order by at limit $2)`, s.clock.Now().Add(-RequestsKept), limit)
		return err
	})
	return dropped, err
}
