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
// acts: before she signs, she gives her password or a code of her second factor.
type Proof struct {
	Password string
	TOTPCode string
}

// MethodPassword is how a proof by password is named in a signature.
const MethodPassword = "password"

// Reauthenticate proves that whoever acts is the person of the session, and gives
// how she proved it. Failures count together with those of sign-in: from the
// tenth within 15 minutes it is 429. A wrong password is the rule
// auth.wrong_password at the field password, not 401: the session goes on. 400
// without any proof; 422 auth.totp_not_enrolled for a code where there is no
// second factor.
//
// It keeps out of any transaction of ctx: what fails must be counted even when
// the act around it is rolled back.
func (s *Service) Reauthenticate(ctx context.Context, p Proof) (method string, err error) {
	ctx = db.Apart(ctx)
	switch {
	case p.TOTPCode != "":
		return "", errs.Rule("auth.totp_not_enrolled", "Su cuenta no tiene verificación en dos pasos. Use su contraseña.",
			errs.Field{Field: "totp_code", Code: "not_enrolled", Message: "Use su contraseña."})
	case p.Password == "":
		return "", errs.Invalid(errs.Field{Field: "password", Code: "required", Message: "Escriba su contraseña."})
	}
	user := actor.Must(ctx).UserID
	mac, hash, err := s.secretOf(ctx, user)
	if err != nil {
		return "", err
	}
	subjects, err := s.failuresOf(ctx, mac)
	if err != nil {
		return "", err
	}
	if err := s.mayTry(ctx, subjects); err != nil {
		return "", err
	}
	good, err := s.hasher.verify(ctx, hash, p.Password)
	if err != nil {
		return "", err
	}
	if !good {
		return "", s.wrongPassword(ctx, subjects, user)
	}
	return MethodPassword, nil
}

// secretOf gives what a person's proof is compared with, empty for nobody.
func (s *Service) secretOf(ctx context.Context, user uuid.UUID) (emailHash []byte, password string, err error) {
	var found bool
	err = s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&emailHash, &password},
			`select email_hash, password_hash from users where id = $1 and status = 'active'`, user)
		return nil
	})
	return emailHash, password, err
}

// wrongPassword counts a failure and leaves an event in the clinic's trail.
func (s *Service) wrongPassword(ctx context.Context, f failureSubjects, user uuid.UUID) error {
	if err := s.count(ctx, f); err != nil {
		return err
	}
	err := s.trail.Record(ctx, audit.Event{
		Action: audit.ProofRefused, SubjectType: "user", SubjectID: user, Outcome: audit.Failure,
	})
	if err != nil {
		return err
	}
	return errs.Rule("auth.wrong_password", "La contraseña no es correcta. Lo que escribió sigue aquí; intente de nuevo.",
		errs.Field{Field: "password", Code: "wrong", Message: "La contraseña no es correcta."})
}
