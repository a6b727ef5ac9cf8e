package account

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
)

// ResetPassword gives the owner of a link by mail a new password. It ends all her
// sessions and proves her address; it signs nobody in, so a second factor is
// still asked for at the door, unless it was set up before anybody had proved the
// address: somebody else may have opened the account. 422 auth.reset_invalid for
// a link that expired, was used or followed by a newer one; 400 for a password that
// will not do, which leaves the link as it is; failures count (429).
func (s *Service) ResetPassword(ctx context.Context, token, password string) error {
	ctx = recovery(ctx)
	try, err := s.guard.Anybody(ctx)
	if err == nil {
		err = s.guard.May(ctx, &try)
	}
	if err != nil {
		return err
	}
	hash := secretHash(token)
	user, err := s.resetOwner(ctx, hash)
	if errors.Is(err, db.ErrNoRow) {
		if err := s.guard.Fail(ctx, try); err != nil {
			return err
		}
		return errResetInvalid()
	}
	if err != nil {
		return err
	}
	person, err := s.Person(ctx, user)
	if err != nil {
		return err
	}
	// Before her address was proved she is about to lose her factors.
	n, err := s.acceptPassword(ctx, person, person.EmailVerified, password)
	if err != nil {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errResetInvalid(), `update account_tokens set used_at = $3
			where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3`, hash, forReset, s.clock.Now())
		first, err := t.Affected(`update users set email_verified_at = $2 where id = $1 and email_verified_at is null`, user, s.clock.Now())
		if err == nil && first == 1 {
			err = s.factors.FirstProof(ctx, t, user)
		}
		if err != nil {
			return err
		}
		return s.savePassword(ctx, t, n, audit.PasswordReset)
	})
}

func errResetInvalid() error {
	return errs.Rule("auth.reset_invalid", "Este enlace ya no sirve: venció, ya se usó o hay uno más reciente. Pida uno nuevo.",
		errs.Field{Field: "token", Code: "invalid", Message: "Pida un enlace nuevo."})
}

// resetOwner gives whose link this is; db.ErrNoRow when it serves nobody.
func (s *Service) resetOwner(ctx context.Context, hash []byte) (uuid.UUID, error) {
	var user uuid.UUID
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&user}, `select k.user_id from account_tokens k join users u on u.id = k.user_id and u.status = 'active'
			where k.token_hash = $1 and k.purpose = $2 and k.used_at is null and k.expires_at > $3`, hash, forReset, s.clock.Now())
		return nil
	})
	return user, err
}

// ChangePassword gives whoever is signed in a new password in place of the one
// she proves to know, and ends her other sessions. 422 auth.wrong_password at
// current_password, counted; 400 for a new one that will not do.
func (s *Service) ChangePassword(ctx context.Context, current, password string) error {
	who := actor.Must(ctx)
	_, err := s.Reauthenticate(ctx, Proof{Password: current})
	if errs.Is(err, "auth.wrong_password") {
		return errs.Rule("auth.wrong_password", "La contraseña actual no es correcta.",
			errs.Field{Field: "current_password", Code: "wrong", Message: "La contraseña actual no es correcta."})
	}
	if err != nil {
		return err
	}
	person, err := s.Person(ctx, who.UserID)
	if err != nil {
		return err
	}
	n, err := s.acceptPassword(ctx, person, true, password)
	if err != nil {
		return err
	}
	n.keep = who.SessionID
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		return s.savePassword(ctx, t, n, audit.PasswordChanged)
	})
}

// newPassword is a password that will do, ready to be kept.
type newPassword struct {
	person Person
	hash   string
	// keep is the session that goes on; uuid.Nil ends them all.
	keep uuid.UUID
}

// acceptPassword holds a new password of somebody against the policy and hashes
// it. keepsFactors says that what she has beside it stays.
func (s *Service) acceptPassword(ctx context.Context, p Person, keepsFactors bool, password string) (newPassword, error) {
	rules, err := s.rulesFor(ctx, p, keepsFactors)
	if err != nil {
		return newPassword{}, err
	}
	if code, message := rules.fault(password); code != "" {
		return newPassword{}, errs.Invalid(errs.Field{Field: "password", Code: code, Message: message})
	}
	hash, err := s.hasher.hash(ctx, password)
	return newPassword{person: p, hash: hash}, err
}

// savePassword keeps a new password, ends the sessions that were opened with the
// old one, the trust in browsers that knew it and a removal of factors that whoever
// knew it may have asked for, and writes to the person, who may not have been the
// one who did it.
func (s *Service) savePassword(ctx context.Context, t *db.Tx, n newPassword, act audit.Action) error {
	now, id := s.clock.Now(), n.person.ID
	t.ExecOne(errs.NotFound("user"), `update users set password_hash = $2, updated_at = $3 where id = $1`, id, n.hash, now)
	t.Exec(`delete from account_tokens where user_id = $1 and purpose = $2 and used_at is null`, id, forReset)
	t.Exec(`select end_sessions($1, $2, $3)`, id, n.keep, now)
	if err := s.factors.NewPassword(ctx, t, id); err != nil {
		return err
	}
	if err := s.letters.Queue(ctx, t, mail.Letter{Kind: mail.PasswordChanged, To: n.person.Email}); err != nil {
		return err
	}
	return s.trail.Record(ctx, audit.Event{Action: act, SubjectType: "user", SubjectID: id})
}
