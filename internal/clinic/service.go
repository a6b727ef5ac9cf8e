package clinic

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Service is the use cases of clinics and offices.
type Service struct {
	db      *db.DB
	vault   *vault.Vault
	trail   *audit.Trail
	clock   clock.Clock
	notices Notices
}

// New makes the service.
func New(d *db.DB, v *vault.Vault, t *audit.Trail, c clock.Clock, n Notices) *Service {
	return &Service{db: d, vault: v, trail: t, clock: c, notices: n}
}

// Founding is a clinic about to be made.
type Founding struct {
	ID   uuid.UUID
	Name string
	Demo bool
}

// Found queues a new clinic, its keys and its profile into a transaction that
// stands in that clinic (actor.System(ctx, f.ID, ...)). Registration makes no
// office; the guided start does.
func (s *Service) Found(ctx context.Context, t *db.Tx, f Founding) (Profile, error) {
	slug, err := s.freeSlug(ctx, f.Name)
	if err != nil {
		return Profile{}, err
	}
	now := s.clock.Now()
	t.Exec(`insert into clinics (id, slug, demo, created_at) values ($1, $2, $3, $4)`, f.ID, slug, f.Demo, now)
	if err := s.vault.Provision(t, f.ID); err != nil {
		return Profile{}, err
	}
	if err := t.Flush(); err != nil {
		return Profile{}, err
	}
	p := Profile{ID: f.ID, Slug: slug, LegalName: f.Name, Demo: f.Demo, Version: 1, UpdatedAt: now}
	token, err := s.seal(ctx, p)
	if err != nil {
		return Profile{}, err
	}
	t.Exec(`insert into clinic_profiles (clinic_id, sealed, updated_at) values ($1, $2, $3)`, f.ID, string(token), now)
	return p, s.trail.Record(ctx, audit.Event{Action: audit.ClinicCreated, SubjectType: "clinic", SubjectID: f.ID})
}

// freeSlug finds a public name that nobody has.
func (s *Service) freeSlug(ctx context.Context, name string) (string, error) {
	base := Slug(name)
	var taken []string
	err := s.db.Read(db.Apart(ctx), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var slug string
			err := r.Scan(&slug)
			taken = append(taken, slug)
			return err
		}, `select slug from clinics where slug = $1 or slug like $1 || '-%'`, base)
		return nil
	})
	if err != nil {
		return "", err
	}
	return firstFree(base, taken), nil
}

func firstFree(base string, taken []string) string {
	used := map[string]bool{"plataforma": true}
	for _, t := range taken {
		used[t] = true
	}
	if !used[base] {
		return base
	}
	for n := 2; ; n++ {
		if slug := fmt.Sprintf("%s-%d", base, n); !used[slug] {
			return slug
		}
	}
}

const longestSlug = 60

// Slug makes the public name of a clinic from its name: lower case letters and
// digits joined by hyphens.
func Slug(name string) string {
	slug := strings.Join(mx.Words(name), "-")
	var b strings.Builder
	for _, r := range slug {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			b.WriteRune(r)
		}
	}
	slug = strings.Trim(strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == '-' }), "-"), "-")
	if len(slug) > longestSlug {
		slug = strings.TrimRight(slug[:longestSlug], "-")
	}
	if slug == "" {
		return "consultorio"
	}
	return slug
}

// Profile reads the profile of the actor's clinic.
func (s *Service) Profile(ctx context.Context) (Profile, error) {
	clinic := actor.Clinic(ctx)
	p := Profile{ID: clinic}
	var token profileToken
	key, err := s.vault.Key(ctx, clinic, vault.PurposeData)
	if err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&p.Slug, &p.Demo, (*string)(&token), &p.Version, &p.UpdatedAt},
			`select c.slug, c.demo, p.sealed, p.version, p.updated_at from clinic_profiles p
			join clinics c on c.id = p.clinic_id where p.clinic_id = $1`, clinic)
		return nil
	})
	if err != nil {
		return p, db.Missing(err, "clinic")
	}
	facts, err := token.Open(key, vault.Place{Clinic: clinic, Purpose: purposeProfile, Row: clinic})
	p.LegalName, p.TradeName, p.RFC = facts.LegalName, facts.TradeName, facts.RFC
	p.Address, p.PrivacyContact, p.Custodian = facts.Address, facts.Contact, facts.Custodian
	return p, err
}

// Update replaces the profile. When it becomes complete, the base notice is
// published for it in the same transaction. 412 when version is not current,
// which is judged before the body is read.
func (s *Service) Update(ctx context.Context, version int64, body func() (Update, error)) (Profile, error) {
	p, err := s.Profile(ctx)
	if err != nil {
		return Profile{}, err
	}
	if p.Version != version {
		return Profile{}, errs.Stale("clinic")
	}
	u, err := body()
	if err != nil {
		return Profile{}, err
	}
	if u, err = u.Clean(); err != nil {
		return Profile{}, err
	}
	p.LegalName, p.TradeName, p.RFC = u.LegalName, u.TradeName, u.RFC
	p.Address, p.PrivacyContact, p.Custodian = u.Address, u.PrivacyContact, u.Custodian
	p.Version, p.UpdatedAt = version+1, s.clock.Now()
	token, err := s.seal(ctx, p)
	if err != nil {
		return Profile{}, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("clinic"), `update clinic_profiles set sealed = $2, complete = $3, version = $4, updated_at = $5
			where clinic_id = $1 and version = $6`, p.ID, string(token), p.Complete(), p.Version, p.UpdatedAt, version)
		err := s.trail.Record(ctx, audit.Event{Action: audit.ClinicUpdated, SubjectType: "clinic", SubjectID: p.ID})
		if err != nil || !p.Complete() {
			return err
		}
		return s.notices.PublishBase(ctx, t, p)
	})
	return p, err
}

func (s *Service) seal(ctx context.Context, p Profile) (profileToken, error) {
	key, err := s.vault.Key(ctx, p.ID, vault.PurposeData)
	if err != nil {
		return "", err
	}
	return vault.Seal(key, vault.Place{Clinic: p.ID, Purpose: purposeProfile, Row: p.ID}, sealedProfile{
		LegalName: p.LegalName, TradeName: p.TradeName, RFC: p.RFC, Address: p.Address,
		Contact: p.PrivacyContact, Custodian: p.Custodian,
	})
}
