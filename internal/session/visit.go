package session

import (
	"context"
	"crypto/sha256"
	"time"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Visit is how a request comes with its token.
type Visit struct {
	// Cookie says that a browser sent the token by itself: its session is covered
	// when nobody used it for as long as the clinic says. A script has no screen.
	Cookie bool
	// Unattended says that a page asks and not a person, so that it is no use.
	Unattended bool
	// Covered says that what is asked is for a locked session too.
	Covered bool
}

// errLocked says that somebody must prove who she is before anything else.
func errLocked() error {
	return errs.New(errs.KindUnauthorized, "auth.locked",
		"La sesión está bloqueada. Desbloquéela con su PIN o su contraseña para continuar.")
}

// Admit gives the actor of a token: from memory when it was read before, else
// from the database. auth.expired, auth.invalid_token, auth.signed_out and
// auth.locked are 401.
func (s *Service) Admit(ctx context.Context, token string, v Visit) (*actor.Actor, error) {
	hash := sha256.Sum256([]byte(token))
	now := s.clock.Now()
	s.mu.RLock()
	r := s.known[hash]
	s.mu.RUnlock()
	if v.Unattended || r == nil || r.locked || now.After(r.expires) || turned(r.who, now) || s.idle(r, now) > r.bound(v) {
		return s.Refresh(ctx, token, v)
	}
	s.use(ctx, hash, r, now)
	return r.who, nil
}

// Refresh reads the session again, past what is remembered.
func (s *Service) Refresh(ctx context.Context, token string, v Visit) (*actor.Actor, error) {
	hash := sha256.Sum256([]byte(token))
	r, err := s.load(ctx, token, hash)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	if !r.locked && s.idle(r, now) > r.bound(v) {
		if err := s.cover(ctx, r); err != nil {
			return nil, err
		}
		if r, err = s.load(ctx, token, hash); err != nil {
			return nil, err
		}
	}
	switch {
	case r.locked && !v.Covered:
		return nil, errLocked()
	case r.locked, v.Unattended:
		return r.who, nil
	}
	s.use(ctx, hash, r, now)
	return r.who, nil
}

// Authenticate gives the actor of a token that a program holds.
func (s *Service) Authenticate(ctx context.Context, token string) (*actor.Actor, error) {
	return s.Admit(ctx, token, Visit{})
}

// idle is how long nobody has used a session.
func (s *Service) idle(r *remembered, now time.Time) time.Duration { return now.Sub(r.usedAt(s)) }

// bound is how long a session may stay unused by who comes like this.
func (r *remembered) bound(v Visit) time.Duration {
	if v.Cookie {
		return r.lock
	}
	return IdleLimit
}

// cover locks a session that nobody used for too long.
func (s *Service) cover(ctx context.Context, r *remembered) error {
	err := s.lock(actor.System(ctx, r.who.ClinicID, "session"), r.who, "idle")
	if err == nil {
		s.forget(r.who.SessionID)
	}
	return err
}

// lock covers a session, and leaves an event where it was not covered yet. What
// was proved before it does not count any more.
func (s *Service) lock(ctx context.Context, who *actor.Actor, reason string) error {
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		now := s.clock.Now()
		n, err := t.Affected(`update sessions set locked_at = $3, proved_at = least(proved_at, $4) where clinic_id = $1 and id = $2
			and locked_at is null and revoked_at is null`, who.ClinicID, who.SessionID, now, stale(now))
		if err != nil || n == 0 {
			return err
		}
		return s.trail.Record(actor.With(ctx, who), audit.Event{
			Action: audit.SessionLocked, SubjectType: "session", SubjectID: who.SessionID, Reason: reason,
		})
	})
}
