package factor

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/db"
)

// NewPassword is what a new password does to somebody's factors: every remembered
// browser asks for them again, and a removal under way is stopped, since whoever
// asked for it may have known the former password.
func (s *Service) NewPassword(ctx context.Context, t *db.Tx, user uuid.UUID) error {
	t.Exec(`delete from trusted_devices where user_id = $1`, user)
	return s.stop(ctx, t, user, audit.RemovalStopped)
}

// FirstProof is for a person whose address is proved for the first time by a link
// that gives a new password. Whoever opened the account may have been somebody
// else, so factors of that time are taken away; without any it does nothing.
func (s *Service) FirstProof(ctx context.Context, t *db.Tx, user uuid.UUID) error {
	hold(t, user)
	var has bool
	err := t.One([]any{&has}, `select has_factor or exists (select from totp_setups where user_id = $1) from users where id = $1`, user)
	if err != nil || !has {
		return err
	}
	return s.takeAway(ctx, t, user)
}
