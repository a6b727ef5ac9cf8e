package factor

import (
	"context"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
)

// Overview is how somebody's account is guarded.
type Overview struct {
	TOTPEnabledAt *time.Time
	RecoveryLeft  int
	Passkeys      []Key
	Devices       []Device
	Duty          actor.FactorDuty
	// RemovalDueAt is when her factors are taken away, if that was asked.
	RemovalDueAt *time.Time
}

// Overview gives it for the person of the session, in two round trips.
func (s *Service) Overview(ctx context.Context) (Overview, error) {
	who := actor.Must(ctx)
	o := Overview{Duty: who.FactorDuty}
	var keys []kept
	var totp, removal bool
	var enabled, due time.Time
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&totp, []any{&enabled}, `select enabled_at from totp_factors where user_id = $1`, who.UserID)
		q.One([]any{&o.RecoveryLeft}, `select count(*) from recovery_codes where user_id = $1`, who.UserID)
		q.All(s.gather(ctx, &keys), selectKeys+` where user_id = $1 order by id`, who.UserID)
		q.Maybe(&removal, []any{&due}, `select due_at from factor_removals where user_id = $1 and status = 'pending'`, who.UserID)
		return nil
	})
	if err != nil {
		return o, err
	}
	if totp {
		o.TOTPEnabledAt = &enabled
	}
	if removal {
		o.RemovalDueAt = &due
	}
	for _, k := range keys {
		o.Passkeys = append(o.Passkeys, k.Key)
	}
	o.Devices, err = s.Devices(ctx)
	return o, err
}
