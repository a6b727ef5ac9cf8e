package account

import (
	"context"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Profile is what a person says of herself, with the version of her row.
type Profile struct {
	Person
	Version int64
}

// Profile reads whoever is signed in.
func (s *Service) Profile(ctx context.Context) (Profile, error) {
	user := actor.Must(ctx).UserID
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return Profile{}, err
	}
	var p Profile
	var token personToken
	var verified bool
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{(*string)(&token), &verified, &p.Version},
			`select sealed, email_verified_at is not null, version from users where id = $1`, user)
		return nil
	})
	if err != nil {
		return Profile{}, db.Missing(err, "user")
	}
	facts, err := token.Open(key, personPlace(user))
	p.Person = facts.person(user)
	p.EmailVerified = verified
	return p, err
}

// UpdateProfile replaces what whoever is signed in says of herself, all but her
// address. What she signed keeps what she was when she signed it. A cédula once
// given can be corrected and not taken back; the first one lets a person write
// notes and recetas, so that it needs a fresh proof: 403 auth.proof_required. 412
// user.stale when version is not current, which is judged before the body is
// read; 400 with every fault.
func (s *Service) UpdateProfile(ctx context.Context, version int64, body func() (Person, error)) (Profile, error) {
	old, err := s.Profile(ctx)
	if err != nil {
		return Profile{}, err
	}
	if old.Version != version {
		return Profile{}, errs.Stale("user")
	}
	said, err := body()
	if err != nil {
		return Profile{}, err
	}
	p, faults := said.cleaned(demands{license: old.Licensed()})
	if err := errs.Invalid(faults...); err != nil {
		return Profile{}, err
	}
	p.ID, p.Email, p.EmailVerified = old.ID, old.Email, old.EmailVerified
	now := Profile{Person: p, Version: version + 1}
	reason := ""
	if p.Licensed() && !old.Licensed() {
		if err := s.proved(ctx); err != nil {
			return Profile{}, err
		}
		reason = "licensed"
	}
	return now, s.saveProfile(ctx, now, reason)
}

// proved asks for a fresh proof; the refusal names what was asked for.
func (s *Service) proved(ctx context.Context) error {
	err := s.sessions.Fresh(ctx)
	if e, ok := errs.As(err); ok && e.Kind == errs.KindForbidden {
		refused := *e
		refused.Permission = string(actor.Signed)
		return &refused
	}
	return err
}

func (s *Service) saveProfile(ctx context.Context, p Profile, reason string) error {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return err
	}
	token, err := vault.Seal(key, personPlace(p.ID), p.sealed())
	if err != nil {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("user"), `update users set sealed = $2, licensed = $3, version = $4, updated_at = $5
			where id = $1 and version = $6`, p.ID, string(token), p.Licensed(), p.Version, s.clock.Now(), p.Version-1)
		t.AfterCommit(s.crews.forget)
		return s.trail.Record(ctx, audit.Event{Action: audit.AccountUpdated, SubjectType: "user", SubjectID: p.ID, Reason: reason})
	})
}
