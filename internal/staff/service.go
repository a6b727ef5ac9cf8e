package staff

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB       *db.DB
	Vault    *vault.Vault
	Trail    *audit.Trail
	Clock    clock.Clock
	Accounts Accounts
	People   People
	Sessions Sessions
	Clinics  Clinics
	Drafts   Drafts
	Post     Post
}

// Service is the use cases of the staff.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// List gives the places of the clinic, the oldest first: those that are taken
// and those that wait; those that ended only when all is set.
func (s *Service) List(ctx context.Context, all bool, p page.Request) (page.List[Member], error) {
	var after struct{ ID uuid.UUID }
	if err := page.Decode(p.Cursor, &after); err != nil {
		return page.List[Member]{}, err
	}
	list, err := s.places(ctx, after.ID, all, p.Size()+1)
	if err != nil {
		return page.List[Member]{}, err
	}
	if err := s.Trail.Record(ctx, audit.Event{Action: audit.StaffListed, SubjectType: "clinic", SubjectID: actor.Clinic(ctx)}); err != nil {
		return page.List[Member]{}, err
	}
	return page.Cut(list, p.Size(), func(m Member) any { return struct{ ID uuid.UUID }{m.ID} }), nil
}

// places reads the next ones after an id. A place that ended and is offered
// again shows as the invitation.
func (s *Service) places(ctx context.Context, after uuid.UUID, all bool, limit int) ([]Member, error) {
	var rows []memberRow
	var waiting []invitationRow
	clinic := actor.Clinic(ctx)
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&rows, (*memberRow).dest), `select `+memberColumns+` from memberships m where clinic_id = $1 and id > $2
			and (status = 'active' or $4) and not exists (select from invitations i
				where i.clinic_id = m.clinic_id and i.id = m.id and i.status = 'open') order by id limit $3`, clinic, after, limit, all)
		q.All(gather(&waiting, (*invitationRow).dest), selectInvitations, clinic, after, limit)
		return nil
	})
	if err != nil {
		return nil, err
	}
	list, err := s.named(ctx, rows)
	if err != nil {
		return nil, err
	}
	for _, r := range waiting {
		m, err := s.invited(ctx, r)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b Member) int { return cmp.Compare(a.ID.String(), b.ID.String()) })
	return list[:min(len(list), limit)], nil
}

// named puts names to memberships.
func (s *Service) named(ctx context.Context, rows []memberRow) ([]Member, error) {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.user)
	}
	people, err := s.People.People(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Member, 0, len(rows))
	for _, r := range rows {
		list = append(list, member(ctx, r, people[r.user]))
	}
	return list, nil
}

// Get gives one place; errs.NotFound("staff") for what is not the clinic's.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Member, error) {
	m, err := s.read(ctx, id)
	if err != nil {
		return Member{}, err
	}
	return m, s.Trail.Record(ctx, audit.Event{Action: audit.StaffListed, SubjectType: "membership", SubjectID: id})
}

func (s *Service) read(ctx context.Context, id uuid.UUID) (Member, error) {
	var row memberRow
	var waiting invitationRow
	var taken, waits bool
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&taken, row.dest(), selectMember, actor.Clinic(ctx), id)
		q.Maybe(&waits, waiting.dest(), selectInvitation, actor.Clinic(ctx), id)
		return nil
	})
	switch {
	case err != nil:
		return Member{}, err
	case waits:
		return s.invited(ctx, waiting)
	case taken:
		list, err := s.named(ctx, []memberRow{row})
		if err != nil {
			return Member{}, err
		}
		return list[0], nil
	}
	return Member{}, errs.NotFound("staff")
}

// hold gives an active membership and keeps it as it is until the transaction
// ends; errs.NotFound("staff"), errNotActive.
func (s *Service) hold(ctx context.Context, t *db.Tx, id uuid.UUID) (memberRow, error) {
	var r memberRow
	err := t.One(r.dest(), holdMember, actor.Clinic(ctx), id)
	if err != nil {
		return r, db.Missing(err, "staff")
	}
	if r.status != Active {
		return r, errNotActive
	}
	return r, nil
}

// person names one of the staff.
func (s *Service) person(ctx context.Context, user uuid.UUID) (Person, error) {
	people, err := s.People.People(ctx, []uuid.UUID{user})
	return people[user], err
}

// proved asks for a fresh proof; the refusal names what was asked for.
func (s *Service) proved(ctx context.Context) error {
	err := s.Sessions.Fresh(ctx)
	if e, ok := errs.As(err); ok && e.Kind == errs.KindForbidden {
		refused := *e
		refused.Permission = string(actor.StaffWrite)
		return &refused
	}
	return err
}

// lastOwner turns the refusal of the database into its reason.
func lastOwner(err error) error {
	if db.SQLState(err) == "HS004" {
		return errLastOwner
	}
	return err
}
