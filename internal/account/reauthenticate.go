package account

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Proof is what a signed-in person offers to prove again that it is she who
// acts: her password, a code of her authenticator or of recovery, or the answer of
// a passkey. One of them is enough, whether she has a second factor or not.
type Proof struct {
	Password string
	TOTPCode string
	Passkey  *PasskeyProof
}

// MethodPassword is how a proof by password is named in a signature.
const MethodPassword = "password"

// Reauthenticate proves that whoever acts is the person of the session, and gives
// how she proved it: password, totp, recovery_code or passkey. Failures count
// together with those of sign-in: from the tenth within 15 minutes it is 429. A
// wrong proof is a rule, not 401, since the session goes on: 422
// auth.wrong_password, auth.invalid_code, auth.passkey_refused, each at its field;
// auth.challenge_expired. 400 without any proof or with several; 422
// auth.totp_not_enrolled for a code where there is no second factor.
//
// It keeps out of any transaction of ctx: what fails must be counted even when
// the act around it is rolled back.
func (s *Service) Reauthenticate(ctx context.Context, p Proof) (method string, err error) {
	ctx = db.Apart(ctx)
	if err := p.one(); err != nil {
		return "", err
	}
	user := actor.Must(ctx).UserID
	try, err := s.guard.Person(ctx, user)
	if err != nil {
		return "", err
	}
	err = s.guard.Judge(ctx, &try, func() (wrong, err error) {
		method, wrong, err = s.judge(ctx, user, p)
		if wrong != nil && err == nil {
			err = s.wrongProof(ctx, user)
		}
		return wrong, err
	})
	return method, err
}

// one asks for exactly one proof.
func (p Proof) one() error {
	given := 0
	for _, has := range []bool{p.Password != "", p.TOTPCode != "", p.Passkey != nil} {
		if has {
			given++
		}
	}
	switch given {
	case 0:
		return errs.Invalid(errs.Field{Field: "password", Code: "required", Message: "Escriba su contraseña."})
	case 1:
		return nil
	}
	return errs.Invalid(errs.Field{Field: "password", Code: "only_one", Message: "Use sólo una forma de confirmar que es usted."})
}

// judge tells whether the proof is right; wrong says what is not.
func (s *Service) judge(ctx context.Context, user uuid.UUID, p Proof) (method string, wrong, err error) {
	if p.Password != "" {
		hash, err := s.secretOf(ctx, user)
		if err != nil {
			return "", nil, err
		}
		good, err := s.hasher.verify(ctx, hash, p.Password)
		if err != nil || good {
			return MethodPassword, nil, err
		}
		return "", errs.Rule("auth.wrong_password", "La contraseña no es correcta. Lo que escribió sigue aquí; intente de nuevo.",
			errs.Field{Field: "password", Code: "wrong", Message: "La contraseña no es correcta."}), nil
	}
	enrolled, err := s.factors.Enrolled(ctx, user)
	if err != nil {
		return "", nil, err
	}
	if !enrolled {
		return "", nil, errs.Rule("auth.totp_not_enrolled", "Su cuenta no tiene verificación en dos pasos. Use su contraseña.",
			errs.Field{Field: "totp_code", Code: "not_enrolled", Message: "Use su contraseña."})
	}
	method, good, err := s.step.Check(ctx, user, StepProof{Code: p.TOTPCode, Passkey: p.Passkey})
	switch {
	case err != nil || good:
		return method, nil, err
	case p.Passkey != nil:
		return "", errs.Rule("auth.passkey_refused", "Esa llave de acceso no se reconoce. Pruebe con otra o use su contraseña.",
			errs.Field{Field: "passkey", Code: "wrong", Message: "No se reconoce."}), nil
	}
	return "", errs.Rule("auth.invalid_code", "El código no es correcto o ya se usó. Lo que escribió sigue aquí; espere el siguiente e intente de nuevo.",
		errs.Field{Field: "totp_code", Code: "wrong", Message: "El código no es correcto."}), nil
}

// secretOf gives the hash of a person's password, empty for nobody.
func (s *Service) secretOf(ctx context.Context, user uuid.UUID) (password string, err error) {
	var found bool
	err = s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&password}, `select password_hash from users where id = $1 and status = 'active'`, user)
		return nil
	})
	return password, err
}

// wrongProof leaves an event of a failure in the clinic's trail.
func (s *Service) wrongProof(ctx context.Context, user uuid.UUID) error {
	return s.trail.Record(ctx, audit.Event{
		Action: audit.ProofRefused, SubjectType: "user", SubjectID: user, Outcome: audit.Failure,
	})
}

// Proved records that the person of the session proved again who she is.
func (s *Service) Proved(ctx context.Context) error {
	who := actor.Must(ctx)
	return s.trail.Record(ctx, audit.Event{Action: audit.SessionProved, SubjectType: "session", SubjectID: who.SessionID})
}
