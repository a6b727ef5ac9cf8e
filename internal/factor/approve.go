package factor

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/vault"
)

// Approve is the second person's word. With it the factors are gone and the
// sessions end at once; somebody who works in other clinics as well gets a day's
// notice first, because what she has there is not for this clinic to open. 404
// for a request of another clinic, 403 without the permission, 409
// factor_reset.closed, 422 factor_reset.own.
func (s *Service) Approve(ctx context.Context, id uuid.UUID) (Reset, error) {
	who := actor.Must(ctx)
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := s.lockReset(ctx, t, id)
		if err != nil {
			return err
		}
		if err := mayApprove(r, who); err != nil {
			return err
		}
		t.Exec(`insert into factor_reset_approvals (clinic_id, id, reset_id, approved_by, approved_at) values ($1, $2, $3, $4, $5)`,
			who.ClinicID, vault.NewID(), id, who.UserID, s.clock.Now())
		err = s.trail.Record(ctx, audit.Event{Action: audit.ResetApproved, SubjectType: "user", SubjectID: r.UserID})
		if err != nil || r.Approvals+1 < r.Needed {
			return err
		}
		return s.carryOut(ctx, t, r)
	})
	if err != nil {
		return Reset{}, err
	}
	return s.reset(ctx, id)
}

// lockReset reads a request and keeps others from deciding it meanwhile.
func (s *Service) lockReset(ctx context.Context, t *db.Tx, id uuid.UUID) (Reset, error) {
	who := actor.Must(ctx)
	var r Reset
	t.Exec(`select from factor_resets where clinic_id = $1 and id = $2 for update`, who.ClinicID, id)
	err := t.All(func(row db.Row) error { return r.scan(row) }, selectResets+` and r.id = $3`, who.ClinicID, who.UserID, id)
	if err == nil && r.ID == uuid.Nil {
		err = errs.NotFound("factor_reset")
	}
	r.settle(who, s.clock.Now())
	return r, err
}

// carryOut does what was approved.
func (s *Service) carryOut(ctx context.Context, t *db.Tx, r Reset) error {
	elsewhere, err := s.worksElsewhere(ctx, r.UserID)
	if err != nil {
		return err
	}
	clinic, now := actor.Clinic(ctx), s.clock.Now()
	if !elsewhere {
		t.Exec(`update factor_resets set status = 'done', closed_at = $3 where clinic_id = $1 and id = $2`, clinic, r.ID, now)
		return s.takeAway(ctx, t, r.UserID)
	}
	due, err := s.announce(ctx, t, r.UserID)
	t.Exec(`update factor_resets set status = 'scheduled', due_at = $4, closed_at = $3 where clinic_id = $1 and id = $2`,
		clinic, r.ID, now, due)
	return err
}

// worksElsewhere tells whether somebody has a place in another clinic too.
func (s *Service) worksElsewhere(ctx context.Context, user uuid.UUID) (bool, error) {
	var n int
	err := s.db.Read(db.WithPerson(db.Apart(ctx), user), func(q *db.Reader) error {
		q.One([]any{&n}, `select count(*) from memberships m join clinics c on c.id = m.clinic_id
			where m.user_id = $1 and m.status = 'active' and c.status = 'active'`, user)
		return nil
	})
	return n > 1, err
}

// CancelReset takes a request back; who asked, whose factor it is and who may
// approve may do it. 404 for another clinic's, 409 factor_reset.closed for one
// that was decided.
func (s *Service) CancelReset(ctx context.Context, id uuid.UUID) error {
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := s.lockReset(ctx, t, id)
		if err != nil {
			return err
		}
		if r.Status != ResetPending {
			return errs.Conflict("factor_reset.closed", "Esa solicitud ya se cerró o venció.")
		}
		t.Exec(`update factor_resets set status = 'cancelled', closed_at = $3 where clinic_id = $1 and id = $2`,
			actor.Clinic(ctx), id, s.clock.Now())
		return s.changed(ctx, t, r.UserID, audit.ResetCancelled, mail.FactorKept)
	})
}

// askColleagues opens a request of the person herself in the first of her
// clinics where two others can decide it.
func (s *Service) askColleagues(ctx context.Context, user uuid.UUID) (asked bool, err error) {
	places, err := s.placesOf(ctx, user)
	for _, p := range places {
		if err == nil && !asked {
			asked, err = s.askIn(actor.System(ctx, p.clinic, "factor"), p, user)
		}
	}
	return asked, err
}

type place struct{ clinic, membership uuid.UUID }

func (s *Service) placesOf(ctx context.Context, user uuid.UUID) ([]place, error) {
	var all []place
	err := s.db.Read(db.WithPerson(ctx, user), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var p place
			err := r.Scan(&p.clinic, &p.membership)
			all = append(all, p)
			return err
		}, `select m.clinic_id, m.id from memberships m join clinics c on c.id = m.clinic_id
			where m.user_id = $1 and m.status = 'active' and c.status = 'active' order by m.created_at`, user)
		return nil
	})
	return all, err
}

func (s *Service) askIn(ctx context.Context, p place, user uuid.UUID) (bool, error) {
	var others int
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var role actor.Role
			err := r.Scan(&role)
			if actor.Grants(role, false).Has(actor.FactorResetApprove) {
				others++
			}
			return err
		}, `select m.role from memberships m join users u on u.id = m.user_id
			where m.clinic_id = $1 and m.user_id <> $2 and m.status = 'active' and u.status = 'active'`, p.clinic, user)
		return nil
	})
	if err != nil || others < 2 {
		return false, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		s.openReset(t, p, user, user, 2)
		return s.changed(ctx, t, user, audit.ResetRequested, mail.FactorResetAsked)
	})
	if db.Violates(err, "factor_resets_open") {
		return true, nil
	}
	return err == nil, err
}
