package staff

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
)

// End ends somebody's access, or takes an invitation back. It holds from the
// next request on; drafts pass to HandoverTo (a membership), signatures stay.
// errs.NotFound("staff"), errs.Stale("staff"), 422 staff.own_access,
// staff.not_active, staff.handover_required, staff.handover_refused; ending an
// owner's access needs a fresh proof.
func (s *Service) End(ctx context.Context, id uuid.UUID, version int64, handoverTo uuid.UUID) error {
	m, err := s.current(ctx, id, version)
	switch {
	case err != nil:
		return err
	case m.Own:
		return errOwnAccess
	case m.Status == Ended:
		return errNotActive
	case m.UserID == uuid.Nil:
		return s.cancel(ctx, m)
	}
	if grave(m.Role, "") {
		if err := s.proved(ctx); err != nil {
			return err
		}
	}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		return s.end(ctx, t, m, handoverTo, audit.StaffAccessEnded)
	})
	return lastOwner(err)
}

func (s *Service) cancel(ctx context.Context, m Member) error {
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("staff"), cancelInvitation, actor.Clinic(ctx), m.ID, m.Version)
		return s.record(ctx, audit.StaffInvitationCancelled, m.ID, "")
	})
}

func (s *Service) end(ctx context.Context, t *db.Tx, m Member, handoverTo uuid.UUID, action audit.Action) error {
	clinic, now := actor.Clinic(ctx), s.Clock.Now()
	if err := one(t, endMember, clinic, m.ID, m.Version, now); err != nil {
		return err
	}
	if err := s.handOver(ctx, t, m, handoverTo); err != nil {
		return err
	}
	if err := s.withdraw(ctx, t, m.ID); err != nil {
		return err
	}
	t.Exec(endSessions, clinic, m.UserID, now)
	name, err := s.Clinics.Name(ctx)
	if err != nil {
		return err
	}
	person, err := s.person(ctx, m.UserID)
	if err != nil {
		return err
	}
	err = s.Post.Queue(ctx, t, mail.Letter{Kind: mail.AccessEnded, To: person.Email, Data: map[string]string{"clinic": name}})
	if err != nil {
		return err
	}
	return s.record(ctx, action, m.ID, string(m.Role))
}

// Leave ends the caller's own access, at once. The clinic keeps an owner: 422
// staff.last_owner; 422 staff.handover_required, staff.handover_refused while
// drafts wait for somebody.
func (s *Service) Leave(ctx context.Context, handoverTo uuid.UUID) error {
	m, err := s.me(ctx)
	if err != nil {
		return err
	}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		return s.end(ctx, t, m, handoverTo, audit.StaffLeft)
	})
	return lastOwner(err)
}

// me is the caller's own place.
func (s *Service) me(ctx context.Context) (Member, error) {
	var r memberRow
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.One(r.dest(), memberOf, actor.Clinic(ctx), actor.Must(ctx).UserID)
		return nil
	})
	if err != nil {
		return Member{}, db.Missing(err, "staff")
	}
	list, err := s.named(ctx, []memberRow{r})
	if err != nil {
		return Member{}, err
	}
	return list[0], nil
}
