package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Failed sign-ins are counted in the database, by account and by address, so
// that they survive a restart and hold for every process.
const (
	failureWindow     = 15 * time.Minute
	failuresByAccount = 10
	failuresByAddress = 100
)

// Credentials is what somebody offers to come in.
type Credentials struct {
	Email    string
	Password string
	// ClinicID chooses among several clinics; nil takes the oldest membership.
	ClinicID uuid.UUID
	Agent    string
}

// errCredentials is the one answer to any bad credential.
func errCredentials() error {
	return errs.New(errs.KindUnauthorized, "auth.invalid_credentials",
		"El correo o la contraseña no son correctos. Revíselos e intente de nuevo.")
}

// Login opens a session. Any bad credential is 401 auth.invalid_credentials, in
// the same time whether the address exists; too many failures are 429.
func (s *Service) Login(ctx context.Context, c Credentials) (Entry, error) {
	subjects, err := s.failureSubjects(ctx, c.Email)
	if err != nil {
		return Entry{}, err
	}
	if err := s.mayTry(ctx, subjects); err != nil {
		return Entry{}, err
	}
	person, hash, err := s.findByEmail(ctx, c.Email)
	if err != nil {
		return Entry{}, err
	}
	good, err := s.hasher.verify(ctx, hash, c.Password)
	if err != nil {
		return Entry{}, err
	}
	if !good {
		return Entry{}, s.refuse(ctx, subjects, person.ID)
	}
	return s.enter(ctx, person, c)
}

func (s *Service) enter(ctx context.Context, p Person, c Credentials) (Entry, error) {
	all, err := s.Memberships(ctx, p.ID)
	if err != nil {
		return Entry{}, err
	}
	at, ok := choose(all, c.ClinicID)
	if !ok {
		return Entry{}, errCredentials()
	}
	e := Entry{Person: p, ClinicID: at.ClinicID, Clinics: all}
	err = s.db.WithTx(actor.System(ctx, at.ClinicID, "sign-in"), func(ctx context.Context, t *db.Tx) error {
		ticket, err := s.sessions.Open(ctx, t, p.ID, at.ClinicID, c.Agent)
		if err != nil {
			return err
		}
		e.Ticket = ticket
		return s.opened(ctx, p.ID, at.ClinicID, ticket)
	})
	return e, err
}

func choose(all []Membership, wanted uuid.UUID) (Membership, bool) {
	for _, m := range all {
		if wanted == uuid.Nil || m.ClinicID == wanted {
			return m, true
		}
	}
	return Membership{}, false
}

func (s *Service) emailHash(ctx context.Context, email string) ([]byte, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	if err != nil {
		return nil, err
	}
	canonical := email
	if e, err := mx.ParseEmail(email); err == nil {
		canonical = e.Canonical()
	}
	return key.MAC(indexEmail, canonical), nil
}

func platform(ctx context.Context) context.Context {
	return actor.System(ctx, actor.Platform, "sign-in")
}

// failureSubjects are the keyed hashes under which failures are counted.
type failureSubjects struct{ account, address []byte }

func (s *Service) failureSubjects(ctx context.Context, email string) (failureSubjects, error) {
	mac, err := s.emailHash(ctx, email)
	if err != nil {
		return failureSubjects{}, err
	}
	return s.failuresOf(ctx, mac)
}

func (s *Service) failuresOf(ctx context.Context, mac []byte) (failureSubjects, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	return failureSubjects{account: mac, address: key.MAC("sign-in.address", actor.OriginOf(ctx).Address)}, err
}

// mayTry refuses when the window is full and says how long to wait.
func (s *Service) mayTry(ctx context.Context, f failureSubjects) error {
	now := s.clock.Now()
	var account, address time.Time
	var tooManyAccount, tooManyAddress bool
	const nth = `select at from sign_in_failures where subject = $1 and at > $2 order by at desc offset $3 limit 1`
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&tooManyAccount, []any{&account}, nth, f.account, now.Add(-failureWindow), failuresByAccount-1)
		q.Maybe(&tooManyAddress, []any{&address}, nth, f.address, now.Add(-failureWindow), failuresByAddress-1)
		return nil
	})
	switch {
	case err != nil:
		return err
	case tooManyAccount:
		return errs.TooMany("auth.too_many_failures", account.Add(failureWindow).Sub(now))
	case tooManyAddress:
		return errs.TooMany("auth.too_many_failures", address.Add(failureWindow).Sub(now))
	}
	return nil
}

// refuse counts a failure and leaves an event without saying whose address it was.
func (s *Service) refuse(ctx context.Context, f failureSubjects, user uuid.UUID) error {
	err := s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error {
		s.queueFailure(t, f)
		return s.trail.Record(ctx, audit.Event{
			Action: audit.SessionRefused, SubjectType: "user", SubjectID: user, Outcome: audit.Failure,
		})
	})
	if err != nil {
		return err
	}
	return errCredentials()
}

// count counts a failure.
func (s *Service) count(ctx context.Context, f failureSubjects) error {
	return s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		s.queueFailure(t, f)
		return nil
	})
}

func (s *Service) queueFailure(t *db.Tx, f failureSubjects) {
	now := s.clock.Now()
	t.Exec(`insert into sign_in_failures (subject, at, id) values ($1, $3, $4), ($2, $3, $4)`,
		f.account, f.address, now, vault.NewID())
	t.Exec(`delete from sign_in_failures where subject in ($1, $2) and at < $3`, f.account, f.address, now.Add(-failureWindow))
}
