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

// Change is what is set of a place. HandoverTo is who goes on with the drafts
// where the new role writes none.
type Change struct {
	Role       actor.Role
	HandoverTo uuid.UUID
}

// Change gives a place another role, which holds from the next request on.
// errs.NotFound("staff"), errs.Stale("staff"), 400 for an unknown role, 422
// staff.own_role, staff.last_owner, staff.not_active, staff.license_required,
// staff.handover_required, staff.handover_refused; making or unmaking an owner needs a fresh proof.
func (s *Service) Change(ctx context.Context, id uuid.UUID, version int64, body func() (Change, error)) (Member, error) {
	m, err := s.current(ctx, id, version)
	if err != nil {
		return Member{}, err
	}
	c, err := body()
	if err != nil {
		return Member{}, err
	}
	var f faults
	if f.role("role", c.Role); len(f.list) > 0 {
		return Member{}, errs.Invalid(f.list...)
	}
	switch {
	case m.Own:
		return Member{}, errOwnRole
	case m.Status == Ended:
		return Member{}, errNotActive
	case m.Role == c.Role:
		return m, nil
	}
	if grave(m.Role, c.Role) {
		if err := s.proved(ctx); err != nil {
			return Member{}, err
		}
	}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error { return s.change(ctx, t, m, c) })
	if err != nil {
		return Member{}, lastOwner(err)
	}
	return s.read(ctx, id)
}

// current gives a place at the version that the caller saw.
func (s *Service) current(ctx context.Context, id uuid.UUID, version int64) (Member, error) {
	m, err := s.read(ctx, id)
	if err == nil && m.Version != version {
		err = errs.Stale("staff")
	}
	return m, err
}

func (s *Service) change(ctx context.Context, t *db.Tx, m Member, c Change) error {
	reason := string(m.Role) + ">" + string(c.Role)
	if m.UserID == uuid.Nil {
		t.ExecOne(errs.Stale("staff"), changeInvitation, actor.Clinic(ctx), m.ID, m.Version, string(c.Role))
		return s.record(ctx, audit.StaffRoleChanged, m.ID, reason)
	}
	if err := one(t, changeRole, actor.Clinic(ctx), m.ID, m.Version, string(c.Role), s.Clock.Now()); err != nil {
		return err
	}
	person, err := s.person(ctx, m.UserID)
	if err != nil {
		return err
	}
	if unfit(c.Role, person.Licensed) {
		return errUnlicensed
	}
	if !writes(c.Role, person.Licensed) {
		if err := s.handOver(ctx, t, m, c.HandoverTo); err != nil {
			return err
		}
	}
	name, err := s.Clinics.Name(ctx)
	if err != nil {
		return err
	}
	err = s.Post.Queue(ctx, t, mail.Letter{
		Kind: mail.RoleChanged, To: person.Email,
		Data: map[string]string{"clinic": name, "role": string(c.Role)},
	})
	if err != nil {
		return err
	}
	return s.record(ctx, audit.StaffRoleChanged, m.ID, reason)
}

// one runs a statement that must touch one row, whose version the caller saw.
func one(t *db.Tx, sql string, args ...any) error {
	n, err := t.Affected(sql, args...)
	if err == nil && n != 1 {
		err = errs.Stale("staff")
	}
	return err
}

// handOver passes the drafts of somebody who stops writing here to a colleague.
func (s *Service) handOver(ctx context.Context, t *db.Tx, m Member, to uuid.UUID) error {
	n, err := s.Drafts.Count(ctx, t, m.UserID)
	if err != nil || n == 0 {
		return err
	}
	if to == uuid.Nil {
		return errHandover
	}
	r, err := s.hold(ctx, t, to)
	if err != nil {
		return err
	}
	receiver, err := s.person(ctx, r.user)
	if err != nil {
		return err
	}
	if r.id == m.ID || !writes(r.role, receiver.Licensed) {
		return errReceiver
	}
	patients, err := s.Drafts.Pass(ctx, t, m.UserID, r.user)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, audit.Event{
		Action: audit.StaffHandedOver, SubjectType: "membership", SubjectID: m.ID, Subjects: patients, Reason: "to " + r.id.String(),
	})
}
