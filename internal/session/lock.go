package session

import (
	"context"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Lock covers the session of whoever asks until she proves again who she is. A
// session that is covered stays so.
func (s *Service) Lock(ctx context.Context) error {
	who := actor.Must(ctx)
	err := s.lock(ctx, who, "person")
	if err == nil {
		s.forget(who.SessionID)
	}
	return err
}

// MethodPIN names a proof by PIN.
const MethodPIN = "pin"

// Unlock uncovers the session of whoever asks. Whoever calls it has judged her
// proof; method names it. A PIN uncovers and proves nothing beyond that, so that no
// earlier proof is fresh after it either; any other proof is a fresh one.
func (s *Service) Unlock(ctx context.Context, method string) error {
	who, now := actor.Must(ctx), s.clock.Now()
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Unauthorized("auth.signed_out"), `update sessions set locked_at = null, pin_failures = 0, last_seen = $3,
			proved_at = case when $4 then least(proved_at, $5) else $3 end
			where clinic_id = $1 and id = $2 and revoked_at is null`, who.ClinicID, who.SessionID, now, method == MethodPIN, stale(now))
		queueGoodProof(t, who.UserID)
		return s.trail.Record(ctx, audit.Event{
			Action: audit.SessionUnlocked, SubjectType: "session", SubjectID: who.SessionID, Reason: method,
		})
	})
	if err == nil {
		s.forget(who.SessionID)
	}
	return err
}

// UnlockByPIN uncovers the session of whoever asks by her PIN. See tryPIN for what
// can be wrong with it.
func (s *Service) UnlockByPIN(ctx context.Context, pin string) error {
	who := actor.Must(ctx)
	err := s.tryPIN(ctx, seatOfPIN{clinic: who.ClinicID, session: who.SessionID, user: who.UserID}, pin)
	if err != nil {
		return err
	}
	return s.Unlock(ctx, MethodPIN)
}

// Standing is how the session of whoever asks stands.
type Standing struct {
	Locked, HasPIN bool
	// LockMinutes is after how long without use the clinic has it covered.
	LockMinutes int
}

// Standing reads it.
func (s *Service) Standing(ctx context.Context) (Standing, error) {
	who := actor.Must(ctx)
	st := Standing{LockMinutes: DefaultLockMinutes}
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&st.Locked, &st.HasPIN, &st.LockMinutes}, `select s.locked_at is not null,
			`+usablePIN+`, coalesce(cs.lock_minutes, $3)
			from sessions s left join clinic_security cs on cs.clinic_id = s.clinic_id
			where s.clinic_id = $1 and s.id = $2`, who.ClinicID, who.SessionID, DefaultLockMinutes)
		return nil
	})
	return st, err
}
