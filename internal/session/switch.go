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

// Switch moves the session of whoever asks to another clinic of hers: a new one
// opens there and this one ends. How long it lives and when she proved who she is
// do not change with it. 404 clinic.not_found where she does not work.
func (s *Service) Switch(ctx context.Context, clinic uuid.UUID, agent string) (Opened, error) {
	who := *actor.Must(ctx)
	var proved time.Time
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&proved}, `select proved_at from sessions where clinic_id = $1 and id = $2`, who.ClinicID, who.SessionID)
		return nil
	})
	if err != nil {
		return Opened{}, err
	}
	if err := s.worksIn(ctx, who.UserID, clinic); err != nil {
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
	if err != nil {
		return Opened{}, err
	}
	return o, s.end(ctx, Seat{ID: who.SessionID, ClinicID: who.ClinicID}, audit.Event{Action: audit.SessionClosed, Reason: "switch"})
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
