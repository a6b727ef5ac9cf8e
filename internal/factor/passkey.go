package factor

import (
	"context"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/mx"
)

// Key is a passkey as its owner sees it.
type Key struct {
	ID         uuid.UUID
	Name       string
	CreatedAt  time.Time
	LastUsedAt *time.Time
}

const (
	// mostPasskeys bounds how many somebody may have.
	mostPasskeys = 20
	longestName  = 60
)

// sealedKey is what is kept of a passkey. Its public key is no secret, but its
// name may tell of the person.
type sealedKey struct {
	Name       string              `json:"name"`
	Credential webauthn.Credential `json:"credential"`
}

// owner is a person as the library of passkeys asks for her.
type owner struct {
	id      uuid.UUID
	contact Contact
	keys    []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return o.id[:] }
func (o owner) WebAuthnName() string                       { return o.contact.Email }
func (o owner) WebAuthnDisplayName() string                { return o.contact.FullName }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// Passkeys lists the passkeys of the person of the session, the oldest first.
func (s *Service) Passkeys(ctx context.Context) ([]Key, error) {
	all, err := s.keysOf(ctx, actor.Must(ctx).UserID)
	out := make([]Key, 0, len(all))
	for _, k := range all {
		out = append(out, k.Key)
	}
	return out, err
}

// kept is a passkey with what is needed to check it.
type kept struct {
	Key
	user   uuid.UUID
	sealed sealedKey
}

const selectKeys = `select id, user_id, sealed, created_at, last_used_at from passkeys`

func (s *Service) gather(ctx context.Context, all *[]kept) func(db.Row) error {
	return func(r db.Row) error {
		var k kept
		var sealed string
		if err := r.Scan(&k.ID, &k.user, &sealed, &k.CreatedAt, &k.LastUsedAt); err != nil {
			return err
		}
		var err error
		k.sealed, err = open[sealedKey](ctx, s, at(purposePasskey, k.ID), sealed)
		k.Name = k.sealed.Name
		*all = append(*all, k)
		return err
	}
}

func (s *Service) keysOf(ctx context.Context, user uuid.UUID) ([]kept, error) {
	var all []kept
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.All(s.gather(ctx, &all), selectKeys+` where user_id = $1 order by id`, user)
		return nil
	})
	return all, err
}

func (s *Service) ownerOf(ctx context.Context, user uuid.UUID) (owner, error) {
	contact, err := s.people.Contact(ctx, user)
	if err != nil {
		return owner{}, err
	}
	o := owner{id: user, contact: contact}
	all, err := s.keysOf(ctx, user)
	for _, k := range all {
		o.keys = append(o.keys, k.sealed.Credential)
	}
	return o, err
}

// cleanName makes a passkey's name one line; 400 without one.
func cleanName(name string) (string, error) {
	name = mx.Line(name)
	switch n := len([]rune(name)); {
	case n == 0:
		return "", errs.Invalid(errs.Field{Field: "name", Code: "required", Message: "Póngale un nombre que reconozca, por ejemplo «Teléfono»."})
	case n > longestName:
		return "", errs.Invalid(errs.Field{Field: "name", Code: "length", Message: "Admite hasta 60 caracteres."})
	case !mx.Printable(name):
		return "", errs.Invalid(errs.Field{Field: "name", Code: "format", Message: mx.Unprintable})
	}
	return name, nil
}

// RemovePasskey takes one away; 404 for another's, 422 auth.factor_required
// where it is the last factor of somebody who must have one.
func (s *Service) RemovePasskey(ctx context.Context, id uuid.UUID) error {
	user := actor.Must(ctx).UserID
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		hold(t, user)
		n, err := t.Affected(`delete from passkeys where user_id = $1 and id = $2`, user, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.NotFound("passkey")
		}
		if err := s.mayGo(ctx, t, user); err != nil {
			return err
		}
		return s.changed(ctx, t, user, audit.PasskeyRemoved, mail.PasskeyRemoved)
	})
}
