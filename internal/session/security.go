package session

import (
	"context"
	"fmt"
	"strings"
	"time"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Bounds of how long a session may stay unused before it is covered, in minutes.
const (
	DefaultLockMinutes = 15
	shortestLock       = 1
	longestLock        = 120
)

// Security is what a clinic asks of the sessions of its people.
type Security struct {
	// LockMinutes is after how long without use a session is covered, 1 to 120.
	LockMinutes int
	// FactorRequired asks a second factor of everybody.
	FactorRequired bool
	Version        int64
	// UpdatedAt is zero where nobody has changed anything.
	UpdatedAt time.Time
}

// SecurityUpdate is what may be changed of it.
type SecurityUpdate struct {
	LockMinutes    int
	FactorRequired bool
}

// Security reads what the actor's clinic asks.
func (s *Service) Security(ctx context.Context) (Security, error) {
	out := Security{LockMinutes: DefaultLockMinutes, Version: 1}
	var found bool
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&found, []any{&out.LockMinutes, &out.FactorRequired, &out.Version, &out.UpdatedAt},
			`select lock_minutes, factor_required, version, updated_at from clinic_security where clinic_id = $1`, actor.Clinic(ctx))
		return nil
	})
	return out, err
}

// UpdateSecurity changes it; it acts on the next request of everybody. 412
// clinic_security.stale when version is not current, judged before the body.
func (s *Service) UpdateSecurity(ctx context.Context, version int64, body func() (SecurityUpdate, error)) (Security, error) {
	now, err := s.Security(ctx)
	if err != nil {
		return Security{}, err
	}
	if now.Version != version {
		return Security{}, errs.Stale("clinic_security")
	}
	u, err := body()
	if err != nil {
		return Security{}, err
	}
	if u.LockMinutes < shortestLock || u.LockMinutes > longestLock {
		return Security{}, errs.Invalid(errs.Field{Field: "lock_minutes", Code: "range", Message: "Use de 1 a 120 minutos."})
	}
	out := Security{
		LockMinutes: u.LockMinutes, FactorRequired: u.FactorRequired, Version: version + 1, UpdatedAt: s.clock.Now(),
	}
	return out, s.saveSecurity(ctx, out, changes(now, out))
}

// changes says what changed, each as «name old>new», for the trail.
func changes(before, after Security) string {
	var list []string
	if before.LockMinutes != after.LockMinutes {
		list = append(list, fmt.Sprintf("lock_minutes %d>%d", before.LockMinutes, after.LockMinutes))
	}
	if before.FactorRequired != after.FactorRequired {
		list = append(list, fmt.Sprintf("factor_required %t>%t", before.FactorRequired, after.FactorRequired))
	}
	return strings.Join(list, ", ")
}

func (s *Service) saveSecurity(ctx context.Context, out Security, reason string) error {
	clinic := actor.Clinic(ctx)
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("clinic_security"), `insert into clinic_security
			(clinic_id, lock_minutes, factor_required, factor_since, version, updated_at)
			values ($1, $2, $3, case when $3 then $5::timestamptz end, $4, $5)
			on conflict (clinic_id) do update set lock_minutes = excluded.lock_minutes, factor_required = excluded.factor_required,
				factor_since = case when excluded.factor_required then coalesce(clinic_security.factor_since, excluded.factor_since) end,
				version = excluded.version, updated_at = excluded.updated_at
			where clinic_security.version = excluded.version - 1`,
			clinic, out.LockMinutes, out.FactorRequired, out.Version, out.UpdatedAt)
		return s.trail.Record(ctx, audit.Event{
			Action: audit.SecurityUpdated, SubjectType: "clinic", SubjectID: clinic, Reason: reason,
		})
	})
	if err == nil {
		s.forgetClinic(clinic)
	}
	return err
}
