// Package factor holds the second factors of people: codes by an authenticator
// application (TOTP, RFC 6238), recovery codes, passkeys (WebAuthn Level 3),
// browsers that are remembered for a while, and what happens when somebody lost
// hers. Whether a failure is counted, and what a proof opens, is decided by who
// asks.
package factor

import (
	"context"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/jobs"
	"historias/internal/mail"
	"historias/internal/vault"
)

// Method is a way to prove who one is; signatures keep it by this name.
type Method string

// The ways beside the password.
const (
	TOTP     Method = "totp"
	Passkey  Method = "passkey"
	Recovery Method = "recovery_code"
)

// Deps are what the service is made of.
type Deps struct {
	DB      *db.DB
	Vault   *vault.Vault
	Trail   *audit.Trail
	Clock   clock.Clock
	Queue   *jobs.Queue
	Guard   *guard.Guard
	Letters Letters
	People  People
	// Site is where people reach the program; passkeys belong to it.
	Site Site
}

// Service is the use cases of second factors.
type Service struct {
	db      *db.DB
	vault   *vault.Vault
	trail   *audit.Trail
	clock   clock.Clock
	queue   *jobs.Queue
	guard   *guard.Guard
	letters Letters
	people  People
	party   *webauthn.WebAuthn // nil where the site can have no passkeys
}

// New makes the service and takes its jobs. It fails for a site that is none.
func New(d Deps) (*Service, error) {
	party, err := d.Site.party()
	if err != nil {
		return nil, err
	}
	s := &Service{
		db: d.DB, vault: d.Vault, trail: d.Trail, clock: d.Clock, queue: d.Queue, guard: d.Guard,
		letters: d.Letters, people: d.People, party: party,
	}
	jobs.Handle(d.Queue, s.remind)
	jobs.Handle(d.Queue, s.remove)
	d.Queue.Every(remindEvery, remindArgs{})
	return s, nil
}

// Enrolled tells whether a person has a second factor.
func (s *Service) Enrolled(ctx context.Context, user uuid.UUID) (bool, error) {
	var has bool
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.One([]any{&has}, `select has_factor from users where id = $1`, user)
		return nil
	})
	return has, db.Missing(err, "user")
}

// Methods lists what a person may prove herself with beside her password; empty
// where she has no second factor.
func (s *Service) Methods(ctx context.Context, user uuid.UUID) ([]Method, error) {
	var totp, passkey, recovery bool
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.One([]any{&totp, &passkey, &recovery}, `select
			exists (select from totp_factors where user_id = $1), exists (select from passkeys where user_id = $1),
			exists (select from recovery_codes where user_id = $1)`, user)
		return nil
	})
	var all []Method
	for _, m := range []struct {
		has bool
		m   Method
	}{{totp, TOTP}, {passkey, Passkey}, {recovery && (totp || passkey), Recovery}} {
		if m.has {
			all = append(all, m.m)
		}
	}
	return all, err
}

// What is sealed, by purpose; none ever changes.
const (
	purposeSecret    = "factor.totp"
	purposePasskey   = "factor.passkey"
	purposeChallenge = "factor.challenge"
	purposeDevice    = "factor.device"
)

func at(purpose string, row uuid.UUID) vault.Place {
	return vault.Place{Clinic: actor.Platform, Purpose: purpose, Row: row}
}

// seal seals something of a person under the platform's key.
func seal[T any](ctx context.Context, s *Service, place vault.Place, v T) (string, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return "", err
	}
	token, err := vault.Seal(key, place, v)
	return string(token), err
}

func open[T any](ctx context.Context, s *Service, place vault.Place, token string) (T, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		var none T
		return none, err
	}
	return vault.Sealed[T](token).Open(key, place)
}

func platform(ctx context.Context) context.Context {
	return actor.System(db.WithoutScope(ctx), actor.Platform, "factor")
}

// hold queues that whoever else changes this person's factors waits until the
// transaction is over, so that what it reads of them afterwards stays true.
func hold(t *db.Tx, user uuid.UUID) {
	t.Exec(`select from users where id = $1 for no key update`, user)
}

// changed queues what every change of a factor leaves: an event and a letter.
func (s *Service) changed(ctx context.Context, t *db.Tx, user uuid.UUID, action audit.Action, what mail.FactorEvent) error {
	to, err := s.people.Contact(ctx, user)
	if err != nil {
		return err
	}
	err = s.letters.Queue(ctx, t, mail.Letter{
		Kind: mail.FactorChanged, To: to.Email, Data: map[string]string{"what": string(what)},
	})
	if err != nil {
		return err
	}
	return s.trail.Record(ctx, audit.Event{Action: action, SubjectType: "user", SubjectID: user})
}

func errInvalidCode() error {
	return errs.Rule("auth.invalid_code",
		"El código no es correcto o ya se usó. Escriba el que muestra ahora su aplicación y compruebe que la hora de su teléfono sea automática.",
		errs.Field{Field: "code", Code: "wrong", Message: "El código no es correcto."})
}
