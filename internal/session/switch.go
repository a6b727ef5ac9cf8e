package session

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Switch moves the session of whoever asks to another clinic of hers: this one
// ends and a new one opens there, one only however many ask at once. How long it
// lives and when she proved who she is do not change with it. 404
// clinic.not_found where she does not work; 401 auth.signed_out for a session that
// ended or was covered meanwhile.
func (s *Service) Switch(ctx context.Context, clinic uuid.UUID, agent string) (Opened, error) {
	who := *actor.Must(ctx)
	if err := s.worksIn(ctx, who.UserID, clinic); err != nil {
		return Opened{}, err
	}
	proved, err := s.departs(ctx, who)
	if err != nil {
		return Opened{}, err
	}
	there := who
	there.ClinicID = clinic
	var o Opened
	err = s.db.WithTx(actor.System(ctx, clinic, "switch"), func(ctx context.Context, t *db.Tx) error {
		o, err = s.open(ctx, t, opening{user: who.UserID, clinic: clinic, agent: agent, proved: proved, expires: who.ExpiresAt})
		if err != nil {
			return err
		}
		return s.trail.Record(actor.With(ctx, &there), audit.Event{
			Action: audit.SessionOpened, SubjectType: "session", SubjectID: o.ID, Reason: "switch",
		})
	})
	return o, err
}

// departs ends the session from which somebody goes to another clinic, and gives
// when she proved who she is. The two clinics stand behind different walls, so
// this commits before the other opens: at worst she signs in again.
func (s *Service) departs(ctx context.Context, who actor.Actor) (proved time.Time, err error) {
	err = s.db.WithTx(db.Apart(ctx), func(ctx context.Context, t *db.Tx) error {
		err := t.One([]any{&proved}, `update sessions set revoked_at = $3 where clinic_id = $1 and id = $2 and revoked_at is null
			and locked_at is null returning proved_at`, who.ClinicID, who.SessionID, s.clock.Now())
		if errors.Is(err, db.ErrNoRow) {
			return errs.Unauthorized("auth.signed_out")
		}
		if err != nil {
			return err
		}
		return s.trail.Record(ctx, audit.Event{
			Action: audit.SessionClosed, SubjectType: "session", SubjectID: who.SessionID, Reason: "switch",
		})
	})
	if err == nil {
		s.forget(who.SessionID)
	}
	return proved, err
}

// worksIn tells whether a person has a place in a clinic now.
func (s *Service) worksIn(ctx context.Context, user, clinic uuid.UUID) error {
	var role string
	err := s.db.Read(db.WithPerson(ctx, user), func(q *db.Reader) error {
		q.One([]any{&role}, `select m.role from memberships m join clinics c on c.id = m.clinic_id
			where m.user_id = $1 and m.clinic_id = $2 and m.status = 'active' and c.status = 'active'`, user, clinic)
		return nil
	})
	if errors.Is(err, db.ErrNoRow) {
		return errs.NotFound("clinic")
	}
	return err
}
