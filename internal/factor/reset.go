package factor

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/vault"
)

// ResetLife is how long colleagues have to approve.
const ResetLife = 72 * time.Hour

// ResetStatus is where the request to take somebody's factors away stands.
type ResetStatus string

// The states of a reset. Scheduled ones wait for the notice that somebody gets
// who works in other clinics as well.
const (
	ResetPending   ResetStatus = "pending"
	ResetScheduled ResetStatus = "scheduled"
	ResetDone      ResetStatus = "done"
	ResetCancelled ResetStatus = "cancelled"
	ResetExpired   ResetStatus = "expired"
)

// Reset is one request.
type Reset struct {
	ID           uuid.UUID
	MembershipID uuid.UUID
	UserID       uuid.UUID
	RequestedBy  uuid.UUID
	Status       ResetStatus
	Needed       int
	Approvals    int
	RequestedAt  time.Time
	ExpiresAt    time.Time
	DueAt        *time.Time
	// Names by which people know them.
	FullName, RequestedByName string
	// MayApprove says that whoever reads it could approve it.
	MayApprove bool
	approved   bool
}

const selectResets = `select r.id, r.membership_id, r.user_id, r.requested_by, r.status, r.approvals_needed,
	(select count(*) from factor_reset_approvals a where a.clinic_id = r.clinic_id and a.reset_id = r.id),
	exists (select from factor_reset_approvals a where a.clinic_id = r.clinic_id and a.reset_id = r.id and a.approved_by = $2),
	r.requested_at, r.expires_at, r.due_at from factor_resets r where r.clinic_id = $1`

func (r *Reset) scan(row db.Row) error {
	return row.Scan(&r.ID, &r.MembershipID, &r.UserID, &r.RequestedBy, &r.Status, &r.Needed, &r.Approvals, &r.approved,
		&r.RequestedAt, &r.ExpiresAt, &r.DueAt)
}

// settle finishes what the database cannot know: the time and who is asking.
func (r *Reset) settle(who *actor.Actor, now time.Time) {
	if r.Status == ResetPending && !now.Before(r.ExpiresAt) {
		r.Status = ResetExpired
	}
	r.MayApprove = mayApprove(*r, who) == nil
}

// mayApprove is the rule of two persons: neither who asked nor whose factor it
// is, and nobody twice.
func mayApprove(r Reset, who *actor.Actor) error {
	switch {
	case !who.Permissions.Has(actor.FactorResetApprove):
		return errs.Forbidden(string(actor.FactorResetApprove))
	case r.Status != ResetPending:
		return errs.Conflict("factor_reset.closed", "Esa solicitud ya se cerró o venció. Pida otra si hace falta.")
	case who.UserID == r.RequestedBy, who.UserID == r.UserID:
		return errs.Rule("factor_reset.own", "La aprobación corresponde a otra persona de la clínica, distinta de quien la pidió y de quien perdió su segundo paso.")
	case r.approved:
		return errs.Conflict("factor_reset.approved_by_you", "Usted ya la aprobó. Falta la aprobación de otra persona.")
	}
	return nil
}

// RequestReset asks that the factors of a colleague be taken away; another person
// must approve it. 404 for somebody who is not in the clinic, 422
// factor_reset.own for oneself, 422 factor_reset.no_factor for who has none, 409
// factor_reset.pending where it was asked already.
func (s *Service) RequestReset(ctx context.Context, membership uuid.UUID) (Reset, error) {
	who := actor.Must(ctx)
	user, has, err := s.memberOf(ctx, membership)
	switch {
	case err != nil:
		return Reset{}, err
	case user == who.UserID:
		return Reset{}, errs.Rule("factor_reset.own", "Para su propia cuenta use «Perdí mi segundo paso» al entrar.")
	case !has:
		return Reset{}, errs.Rule("factor_reset.no_factor", "Esa persona no tiene verificación en dos pasos.")
	}
	var id uuid.UUID
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		id = s.openReset(t, place{who.ClinicID, membership}, user, who.UserID, 1)
		return s.changed(ctx, t, user, audit.ResetRequested, mail.FactorResetAsked)
	})
	if db.Violates(err, "factor_resets_open") {
		return Reset{}, errs.Conflict("factor_reset.pending", "Ya hay una solicitud para esa persona. Falta que alguien más la apruebe.")
	}
	if err != nil {
		return Reset{}, err
	}
	return s.reset(ctx, id)
}

// openReset queues a request; one that ran out makes room for it.
func (s *Service) openReset(t *db.Tx, p place, user, by uuid.UUID, needed int) uuid.UUID {
	id, now := vault.NewID(), s.clock.Now()
	t.Exec(`update factor_resets set status = 'cancelled', closed_at = $3
		where clinic_id = $1 and membership_id = $2 and status = 'pending' and expires_at <= $3`, p.clinic, p.membership, now)
	t.Exec(`insert into factor_resets (clinic_id, id, membership_id, user_id, requested_by, approvals_needed, requested_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, p.clinic, id, p.membership, user, by, needed, now, now.Add(ResetLife))
	return id
}

// memberOf gives whose membership it is and whether she has a factor.
func (s *Service) memberOf(ctx context.Context, membership uuid.UUID) (user uuid.UUID, has bool, err error) {
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&user, &has}, `select m.user_id, u.has_factor from memberships m join users u on u.id = m.user_id
			where m.clinic_id = $1 and m.id = $2 and m.status = 'active'`, actor.Clinic(ctx), membership)
		return nil
	})
	return user, has, db.Missing(err, "membership")
}

// Resets lists the requests of the clinic of the last days, the newest first,
// and records that they were seen.
func (s *Service) Resets(ctx context.Context) ([]Reset, error) {
	who, now := actor.Must(ctx), s.clock.Now()
	var all []Reset
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var r Reset
			err := r.scan(row)
			r.settle(who, now)
			all = append(all, r)
			return err
		}, selectResets+` and (r.status = 'pending' or r.requested_at > $3) order by r.requested_at desc, r.id desc limit 100`,
			who.ClinicID, who.UserID, now.AddDate(0, 0, -30))
		return nil
	})
	if err == nil {
		err = s.name(ctx, all)
	}
	if err != nil {
		return nil, err
	}
	return all, s.trail.Record(ctx, audit.Event{Action: audit.ResetListed})
}

func (s *Service) reset(ctx context.Context, id uuid.UUID) (Reset, error) {
	who := actor.Must(ctx)
	one := make([]Reset, 1)
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(row db.Row) error { return one[0].scan(row) }, selectResets+` and r.id = $3`, who.ClinicID, who.UserID, id)
		return nil
	})
	if err == nil && one[0].ID == uuid.Nil {
		err = errs.NotFound("factor_reset")
	}
	if err != nil {
		return Reset{}, err
	}
	one[0].settle(who, s.clock.Now())
	err = s.name(ctx, one)
	return one[0], err
}

// name fills in by which names people know whoever is in the requests, in one
// round trip for all.
func (s *Service) name(ctx context.Context, all []Reset) error {
	ids := make([]uuid.UUID, 0, 2*len(all))
	for _, r := range all {
		ids = append(ids, r.UserID, r.RequestedBy)
	}
	people, err := s.people.Contacts(ctx, ids)
	for i := range all {
		all[i].FullName, all[i].RequestedByName = people[all[i].UserID].FullName, people[all[i].RequestedBy].FullName
	}
	return err
}
