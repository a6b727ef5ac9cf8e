package factor

import (
	"context"
	"time"

	"historias/internal/db"
)

// DropBrowsers drops at most limit remembered browsers whose days are over.
func (s *Service) DropBrowsers(ctx context.Context, limit int) (int64, error) {
	return s.drop(ctx, `delete from trusted_devices where id in (select id from trusted_devices
		where expires_at < $1 order by expires_at limit $2)`, s.clock.Now(), limit)
}

// DropSetups drops at most limit secrets of authenticators that were shown and never
// confirmed.
func (s *Service) DropSetups(ctx context.Context, limit int) (int64, error) {
	return s.drop(ctx, `delete from totp_setups where user_id in (select user_id from totp_setups
		where created_at < $1 limit $2)`, s.clock.Now().Add(-setupLife), limit)
}

// DropChallenges drops at most limit questions to a passkey that nobody answered.
func (s *Service) DropChallenges(ctx context.Context, limit int) (int64, error) {
	return s.drop(ctx, `delete from passkey_challenges where id in (select id from passkey_challenges
		where expires_at < $1 order by expires_at limit $2)`, s.clock.Now(), limit)
}

func (s *Service) drop(ctx context.Context, statement string, before time.Time, limit int) (dropped int64, err error) {
	err = s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		dropped, err = t.Affected(statement, before, limit)
		return err
	})
	return dropped, err
}
