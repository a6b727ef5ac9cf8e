package account

import (
	"context"
	"sort"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Memberships lists a person's active clinics, the oldest membership first.
func (s *Service) Memberships(ctx context.Context, user uuid.UUID) ([]Membership, error) {
	var all []Membership
	err := s.db.Read(db.WithPerson(ctx, user), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var m Membership
			err := r.Scan(&m.ClinicID, &m.Slug, &m.Role, &m.Since)
			all = append(all, m)
			return err
		}, `select m.clinic_id, c.slug, m.role, m.created_at from memberships m join clinics c on c.id = m.clinic_id
			where m.user_id = $1 and m.status = 'active' and c.status = 'active'`, user)
		return nil
	})
	sort.Slice(all, func(i, j int) bool { return all[i].Since.Before(all[j].Since) })
	return all, err
}

// Person reads who somebody is.
func (s *Service) Person(ctx context.Context, id uuid.UUID) (Person, error) {
	people, err := s.People(ctx, []uuid.UUID{id})
	if err != nil {
		return Person{}, err
	}
	p, ok := people[id]
	if !ok {
		return p, errs.NotFound("user")
	}
	return p, nil
}

// People reads several persons in one round trip; unknown ids are left out.
func (s *Service) People(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Person, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Person, len(ids))
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			var token personToken
			var verified bool
			if err := r.Scan(&id, (*string)(&token), &verified); err != nil {
				return err
			}
			facts, err := token.Open(key, personPlace(id))
			p := facts.person(id)
			p.EmailVerified = verified
			out[id] = p
			return err
		}, `select id, sealed, email_verified_at is not null from users where id = any($1)`, ids)
		return nil
	})
	return out, err
}

// findByHash gives the person of an address and the password's hash, both empty
// when there is nobody.
func (s *Service) findByHash(ctx context.Context, mac []byte) (Person, string, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return Person{}, "", err
	}
	var id uuid.UUID
	var token personToken
	var hash string
	var found, verified bool
	err = s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&id, (*string)(&token), &hash, &verified},
			`select id, sealed, password_hash, email_verified_at is not null from users
			where email_hash = $1 and status = 'active'`, mac)
		return nil
	})
	if err != nil || !found {
		return Person{}, "", err
	}
	facts, err := token.Open(key, personPlace(id))
	p := facts.person(id)
	p.EmailVerified = verified
	return p, hash, err
}
