package staff

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

// Offer is a clinic that changes hands when the other side accepts.
type Offer struct {
	ID         uuid.UUID
	From, To   Member
	FormerRole actor.Role // what the owner becomes
	ExpiresAt  time.Time
	// Received says that it waits for the caller; otherwise she made it.
	Received bool
}

const (
	insertOffer = `insert into ownership_offers (clinic_id, id, from_id, to_id, former_role, created_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7)`
	selectOffer = `select id, from_id, to_id, former_role, expires_at from ownership_offers
		where clinic_id = $1 and status = 'open' and expires_at > $2`
	closeOffer = `update ownership_offers set status = $3, closed_at = $4 where clinic_id = $1 and id = $2 and status = 'open'`
	// An offer that nobody answered, or whose two sides changed, makes room.
	lapseOffers = `update ownership_offers set status = 'cancelled', closed_at = $2
		where clinic_id = $1 and status = 'open' and expires_at <= $2`
	withdrawOffers = `update ownership_offers set status = 'cancelled', closed_at = $3
		where clinic_id = $1 and status = 'open' and (from_id = $2 or to_id = $2)`
)

// offerRow is an offer as it is stored.
type offerRow struct {
	id, from, to uuid.UUID
	former       actor.Role
	expiresAt    time.Time
}

func (r *offerRow) dest() []any { return []any{&r.id, &r.from, &r.to, &r.former, &r.expiresAt} }

// OfferOwnership offers the clinic to somebody who works in it; nothing changes
// until she accepts. former is what the owner becomes: empty, a doctor with a
// cédula and a receptionist without. errs.NotFound("staff"), 422
// staff.not_active, staff.own_role, staff.license_required,
// staff.handover_required; 409
// ownership.already_offered.
func (s *Service) OfferOwnership(ctx context.Context, to uuid.UUID, former actor.Role) (Offer, error) {
	me, err := s.me(ctx)
	if err != nil {
		return Offer{}, err
	}
	if former == "" {
		former = actor.RoleReceptionist
		if me.Prescribes {
			former = actor.RoleDoctor
		}
	}
	if !former.Known() || former == actor.RoleOwner {
		return Offer{}, errs.Invalid(errs.Field{Field: "former_role", Code: "enum", Message: "Elija qué función tendrá usted después."})
	}
	if unfit(former, me.Prescribes) {
		return Offer{}, errUnlicensedOwner
	}
	heir, err := s.heir(ctx, to)
	if err != nil {
		return Offer{}, err
	}
	o := Offer{ID: vault.NewID(), From: me, To: heir, FormerRole: former, ExpiresAt: s.Clock.Now().Add(OfferLife)}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error { return s.offer(ctx, t, o) })
	if db.Violates(err, "ownership_offers_open") {
		return Offer{}, errOfferPending
	}
	return o, err
}

// heir is who may be offered the clinic.
func (s *Service) heir(ctx context.Context, id uuid.UUID) (Member, error) {
	m, err := s.read(ctx, id)
	switch {
	case err != nil:
		return m, err
	case m.Own:
		return m, errOwnRole
	case m.Status != Active:
		return m, errNotActive
	}
	return m, nil
}

func (s *Service) offer(ctx context.Context, t *db.Tx, o Offer) error {
	clinic, now := actor.Clinic(ctx), s.Clock.Now()
	if err := s.leavesNothing(ctx, t, o.From, o.FormerRole); err != nil {
		return err
	}
	t.Exec(lapseOffers, clinic, now)
	t.Exec(insertOffer, clinic, o.ID, o.From.ID, o.To.ID, string(o.FormerRole), now, o.ExpiresAt)
	name, err := s.Clinics.Name(ctx)
	if err != nil {
		return err
	}
	err = s.Post.Queue(ctx, t, mail.Letter{Kind: mail.OwnershipOffered, To: o.To.Email, Data: map[string]string{
		"clinic": name, "from": o.From.FullName, "link": s.Post.Link("/ajustes/mi-cuenta"),
	}})
	if err != nil {
		return err
	}
	return s.record(ctx, audit.OwnershipOffered, o.To.ID, "")
}

// leavesNothing refuses a role that writes no notes while drafts wait.
func (s *Service) leavesNothing(ctx context.Context, t *db.Tx, m Member, role actor.Role) error {
	if !m.Prescribes || writes(role, true) {
		return nil
	}
	n, err := s.Drafts.Count(ctx, t, m.UserID)
	if err == nil && n > 0 {
		err = errHandover
	}
	return err
}

// Ownership gives the offer that waits, to the two whom it concerns; nil for
// anybody else and while none waits, which is how a clinic usually stands.
func (s *Service) Ownership(ctx context.Context) (*Offer, error) {
	o, err := s.pending(ctx)
	if errs.Is(err, "ownership.not_found") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &o, s.record(ctx, audit.StaffListed, o.To.ID, "")
}

func (s *Service) pending(ctx context.Context) (Offer, error) {
	var r offerRow
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.One(r.dest(), selectOffer, actor.Clinic(ctx), s.Clock.Now())
		return nil
	})
	if err != nil {
		return Offer{}, db.Missing(err, "ownership")
	}
	o := Offer{ID: r.id, FormerRole: r.former, ExpiresAt: r.expiresAt.UTC()}
	if o.From, err = s.read(ctx, r.from); err == nil {
		o.To, err = s.read(ctx, r.to)
	}
	if err != nil {
		return Offer{}, err
	}
	if o.Received = o.To.Own; !o.From.Own && !o.To.Own {
		return Offer{}, errs.NotFound("ownership")
	}
	return o, nil
}

// Withdraw takes an offer back, or declines it; errs.NotFound("ownership").
func (s *Service) Withdraw(ctx context.Context) error {
	o, err := s.pending(ctx)
	if err != nil {
		return err
	}
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.NotFound("ownership"), closeOffer, actor.Clinic(ctx), o.ID, "cancelled", s.Clock.Now())
		return s.record(ctx, audit.OwnershipWithdrawn, o.To.ID, "")
	})
}

// withdraw closes the offers of somebody who leaves.
func (s *Service) withdraw(ctx context.Context, t *db.Tx, id uuid.UUID) error {
	n, err := t.Affected(withdrawOffers, actor.Clinic(ctx), id, s.Clock.Now())
	if err != nil || n == 0 {
		return err
	}
	return s.record(ctx, audit.OwnershipWithdrawn, id, "")
}

// AcceptOwnership makes the caller the owner and the former owner what the offer
// says, in one act. errs.NotFound("ownership") for whom nothing waits; 409
// ownership.changed where one of the two is no longer what she was.
func (s *Service) AcceptOwnership(ctx context.Context) (Member, error) {
	o, err := s.pending(ctx)
	if err == nil && !o.Received {
		err = errs.NotFound("ownership")
	}
	if err != nil {
		return Member{}, err
	}
	if o.From.Status != Active || o.From.Role != actor.RoleOwner {
		return Member{}, errOfferStale
	}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error { return s.pass(ctx, t, o) })
	if errs.KindOf(err) == errs.KindStale {
		return Member{}, errOfferStale
	}
	if err != nil {
		return Member{}, lastOwner(err)
	}
	o.To.Role, o.To.Version = actor.RoleOwner, o.To.Version+1
	return o.To, nil
}

func (s *Service) pass(ctx context.Context, t *db.Tx, o Offer) error {
	clinic, now := actor.Clinic(ctx), s.Clock.Now()
	if err := one(t, closeOffer, clinic, o.ID, "accepted", now); err != nil {
		return err
	}
	if o.To.Role != actor.RoleOwner {
		if err := one(t, changeRole, clinic, o.To.ID, o.To.Version, string(actor.RoleOwner), now); err != nil {
			return err
		}
	}
	if err := one(t, changeRole, clinic, o.From.ID, o.From.Version, string(o.FormerRole), now); err != nil {
		return err
	}
	if err := s.leavesNothing(ctx, t, o.From, o.FormerRole); err != nil {
		return err
	}
	name, err := s.Clinics.Name(ctx)
	if err != nil {
		return err
	}
	for _, side := range []struct {
		m    Member
		role actor.Role
	}{{o.To, actor.RoleOwner}, {o.From, o.FormerRole}} {
		err := s.Post.Queue(ctx, t, mail.Letter{
			Kind: mail.RoleChanged, To: side.m.Email,
			Data: map[string]string{"clinic": name, "role": string(side.role)},
		})
		if err != nil {
			return err
		}
		if err := s.record(ctx, audit.StaffRoleChanged, side.m.ID, string(side.m.Role)+">"+string(side.role)); err != nil {
			return err
		}
	}
	return s.record(ctx, audit.OwnershipAccepted, o.To.ID, "")
}
