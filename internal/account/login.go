package account

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Credentials is what somebody offers to come in.
type Credentials struct {
	Email    string
	Password string
	// Code is one of her authenticator, or a recovery code.
	Code string
	// Remember asks that her browser needs no code for a while.
	Remember bool
	// ClinicID chooses among several clinics; nil takes the oldest membership.
	ClinicID uuid.UUID
	Agent    string
}

// errCredentials is the one answer to any bad credential.
func errCredentials() error {
	return errs.New(errs.KindUnauthorized, "auth.invalid_credentials",
		"El correo o la contraseña no son correctos. Revíselos e intente de nuevo.")
}

// errSecondStep says that the password was right and what else is asked.
func errSecondStep(methods []string) error {
	e := errs.New(errs.KindUnauthorized, "auth.totp_required",
		"Falta su segundo paso: escriba el código de su aplicación o use su llave de acceso.")
	e.Methods = methods
	return e
}

func errWrongCode() error {
	return errs.New(errs.KindUnauthorized, "auth.invalid_code",
		"El código no es correcto o ya se usó. Escriba el que muestra ahora su aplicación y compruebe que la hora de su teléfono sea automática.")
}

// Login opens a session. Any bad credential is 401 auth.invalid_credentials, in
// the same time whether the address exists. Who has a second factor needs a code
// as well, unless her browser is remembered: 401 auth.totp_required without one,
// 401 auth.invalid_code for a wrong one or one that was used. Every failure counts,
// of either step; too many are 429 auth.too_many_failures.
func (s *Service) Login(ctx context.Context, c Credentials) (Entry, error) {
	var stepped bool
	person, try, err := s.prove(ctx, c.Email, c.Password, func(user uuid.UUID) (wrong, err error) {
		stepped, wrong, err = s.secondStep(ctx, user, c.Code)
		return wrong, err
	})
	if err != nil {
		return Entry{}, err
	}
	c.Remember = c.Remember && stepped
	return s.enter(ctx, person, c, try)
}

// nextStep judges what is asked of somebody whose password was right.
type nextStep func(user uuid.UUID) (wrong, err error)

// noStep asks for nothing more.
func noStep(uuid.UUID) (wrong, err error) { return nil, nil }

// prove judges an address and a password, and then what is asked beside them: all
// of it is one try.
func (s *Service) prove(ctx context.Context, email, password string, next nextStep) (p Person, try guard.Try, err error) {
	mac, err := s.emailHash(ctx, email)
	if err != nil {
		return p, try, err
	}
	if try, err = s.guard.Account(ctx, mac); err != nil {
		return p, try, err
	}
	err = s.guard.Judge(ctx, &try, func() (wrong, err error) {
		p, wrong, err = s.judgePassword(ctx, mac, password)
		if wrong == nil && err == nil {
			wrong, err = next(p.ID)
		}
		if wrong != nil && err == nil {
			err = s.refused(ctx, p.ID)
		}
		return wrong, err
	})
	return p, try, err
}

func (s *Service) judgePassword(ctx context.Context, mac []byte, password string) (p Person, wrong, err error) {
	p, hash, err := s.findByHash(ctx, mac)
	if err != nil {
		return p, nil, err
	}
	good, err := s.hasher.verify(ctx, hash, password)
	if err == nil && !good {
		return p, errCredentials(), nil
	}
	if err == nil {
		err = s.refreshHash(ctx, p.ID, hash, password)
	}
	return p, nil, err
}

// secondStep judges what is asked beside the password; stepped says that there was
// something and it was given.
func (s *Service) secondStep(ctx context.Context, user uuid.UUID, code string) (stepped bool, wrong, err error) {
	methods, err := s.step.Asked(ctx, user)
	if err != nil || len(methods) == 0 {
		return false, nil, err
	}
	if code == "" {
		return false, nil, errSecondStep(methods)
	}
	_, good, err := s.step.Check(ctx, user, StepProof{Code: code})
	if err == nil && !good {
		wrong = errWrongCode()
	}
	return true, wrong, err
}

// PasskeyEntry is what somebody offers who comes in by a passkey alone.
type PasskeyEntry struct {
	PasskeyProof
	ClinicID uuid.UUID
	Agent    string
}

// LoginByPasskey opens a session for whose passkey answered: she has the device
// and unlocked it, so nothing else is asked. 401 auth.passkey_refused for one that
// is not known, of another site, or may be a copy, counted by address and, where it
// is known whose it is, by account; 422 auth.challenge_expired. A right passkey is
// not kept out by what others got wrong: it cannot be guessed.
func (s *Service) LoginByPasskey(ctx context.Context, p PasskeyEntry) (Entry, error) {
	try, err := s.guard.Anybody(ctx)
	if err == nil {
		err = s.guard.May(ctx, &try)
	}
	if err != nil {
		return Entry{}, err
	}
	user, good, err := s.passkeys.CheckPasskey(ctx, p.PasskeyProof)
	if err != nil {
		return Entry{}, err
	}
	if user != uuid.Nil {
		if try, err = s.guard.Person(ctx, user); err != nil {
			return Entry{}, err
		}
	}
	if good {
		good, err = s.open(ctx, user)
	}
	if err != nil {
		return Entry{}, err
	}
	if !good {
		if err := s.guard.Fail(ctx, try); err != nil {
			return Entry{}, err
		}
		if err := s.refused(ctx, user); err != nil {
			return Entry{}, err
		}
		return Entry{}, errs.New(errs.KindUnauthorized, "auth.passkey_refused",
			"Esa llave de acceso no se reconoce. Entre con su correo y contraseña, o pruebe con otra llave.")
	}
	person, err := s.Person(platform(ctx), user)
	if err != nil {
		return Entry{}, err
	}
	return s.enter(ctx, person, Credentials{ClinicID: p.ClinicID, Agent: p.Agent}, try)
}

// open tells whether an account is in use.
func (s *Service) open(ctx context.Context, user uuid.UUID) (bool, error) {
	hash, err := s.secretOf(ctx, user)
	return hash != "", err
}

// LostFactor hears somebody who has lost her second factor and knows her
// password. It says nothing of whether the address exists or the password is
// right; failures count as at the door.
func (s *Service) LostFactor(ctx context.Context, email, password string) error {
	person, _, err := s.prove(ctx, email, password, noStep)
	switch {
	case errs.Is(err, "auth.invalid_credentials"):
		return nil
	case err != nil:
		return err
	}
	return s.passkeys.Lost(ctx, person.ID)
}

// enter opens the session of somebody who proved who she is.
func (s *Service) enter(ctx context.Context, p Person, c Credentials, try guard.Try) (Entry, error) {
	all, err := s.Memberships(ctx, p.ID)
	if err != nil {
		return Entry{}, err
	}
	at, ok := choose(all, c.ClinicID)
	if !ok {
		return Entry{}, errCredentials()
	}
	ctx, device := NameBrowser(ctx)
	e := Entry{Person: p, ClinicID: at.ClinicID, Clinics: all, Device: device}
	if device != "" {
		if try, err = s.guard.Person(ctx, p.ID); err != nil {
			return Entry{}, err
		}
	}
	err = s.db.WithTx(actor.System(ctx, at.ClinicID, "sign-in"), func(ctx context.Context, t *db.Tx) error {
		ticket, err := s.sessions.Open(ctx, t, p.ID, at.ClinicID, c.Agent)
		if err != nil {
			return err
		}
		e.Ticket = ticket
		if c.Remember {
			if e.Trust, err = s.step.Trust(ctx, t, p.ID, c.Agent); err != nil {
				return err
			}
		}
		s.guard.QueueKnown(t, try)
		return s.opened(ctx, p.ID, at.ClinicID, ticket)
	})
	return e, err
}

// NameBrowser gives a name to a browser that has none, so that failures in it are
// counted apart from those of strangers from now on.
func NameBrowser(ctx context.Context) (_ context.Context, device string) {
	origin := actor.OriginOf(ctx)
	if origin.Device != "" {
		return ctx, ""
	}
	origin.Device = vault.NewToken(24)
	return actor.WithOrigin(ctx, origin), origin.Device
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

// refused leaves an event of a failure, without saying whose address it was.
func (s *Service) refused(ctx context.Context, user uuid.UUID) error {
	return s.trail.Record(platform(ctx), audit.Event{
		Action: audit.SessionRefused, SubjectType: "user", SubjectID: user, Outcome: audit.Failure,
	})
}
