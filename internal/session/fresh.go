package session

import (
	"context"
	"errors"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// FreshLimit is how long a proof of who acts stays good for what asks for a
// fresh one: changing a factor, ending sessions, handing the clinic over.
const FreshLimit = 5 * time.Minute

// Fresh asks that the person of the session proved within FreshLimit that it is
// she: by registering, signing in, accepting an invitation or proving again.
// Otherwise it is 403 auth.proof_required, and nothing was done.
func (s *Service) Fresh(ctx context.Context) error {
	a := actor.Must(ctx)
	var proved time.Time
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&proved}, `select proved_at from sessions where clinic_id = $1 and id = $2`, a.ClinicID, a.SessionID)
		return nil
	})
	switch {
	case errors.Is(err, db.ErrNoRow):
		return errProofRequired()
	case err != nil:
		return err
	case s.clock.Now().Sub(proved) > FreshLimit:
		return errProofRequired()
	}
	return nil
}

// Prove keeps that the person of the session has just proved who she is, and
// gives until when that is good. Whoever calls it has judged the proof.
func (s *Service) Prove(ctx context.Context) (until time.Time, err error) {
	a, now := actor.Must(ctx), s.clock.Now()
	err = s.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.ExecOne(errs.Unauthorized("auth.signed_out"),
			`update sessions set proved_at = $3 where clinic_id = $1 and id = $2 and revoked_at is null`, a.ClinicID, a.SessionID, now)
		return nil
	})
	return now.Add(FreshLimit), err
}

// stale is the latest time at which a proof is no longer fresh.
func stale(now time.Time) time.Time { return now.Add(-FreshLimit - time.Second) }

func errProofRequired() error {
	return errs.New(errs.KindForbidden, "auth.proof_required",
		"Por su seguridad, confirme que es usted con su contraseña o su segundo paso para continuar.")
}
