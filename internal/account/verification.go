package account

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
)

// askToVerify writes the letter whose link proves an address. People of a demo
// have addresses that nobody reads; theirs count as proved.
func (s *Service) askToVerify(ctx context.Context, t *db.Tx, p Person, demo bool) error {
	now := s.clock.Now()
	if demo {
		t.Exec(`update users set email_verified_at = $2 where id = $1`, p.ID, now)
		return nil
	}
	token := mint(t, p.ID, forVerify, now, verifyLife)
	return s.letters.Queue(ctx, t, mail.Letter{
		Kind: mail.VerifyEmail, To: p.Email,
		Data: map[string]string{"link": s.letters.Link("/verificar-correo#" + token)},
	})
}

// How often the link that proves an address is sent again.
const (
	verifyWindow = time.Hour
	verifyLimit  = 5
)

// SendVerification writes once more to the address of whoever is signed in. For
// a proved address it does nothing. From the fifth letter within an hour it is
// 429 auth.too_many_letters.
func (s *Service) SendVerification(ctx context.Context) error {
	person, err := s.Person(ctx, actor.Must(ctx).UserID)
	if err != nil || person.EmailVerified {
		return err
	}
	now := s.clock.Now()
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		// Two requests at once must not both see the last letter unwritten.
		var full bool
		var at time.Time
		err := t.One([]any{&person.ID}, `select id from users where id = $1 for update`, person.ID)
		if err == nil {
			err = t.One([]any{&full, &at}, `select count(*) >= $4, coalesce(min(created_at), $3) from account_tokens
				where user_id = $1 and purpose = $2 and created_at > $3`, person.ID, forVerify, now.Add(-verifyWindow), verifyLimit)
		}
		if err != nil {
			return err
		}
		if full {
			return errs.TooMany("auth.too_many_letters", at.Add(verifyWindow).Sub(now))
		}
		return s.askToVerify(ctx, t, person, false)
	})
}

// VerifyEmail proves the address of whoever is signed in by the secret of a
// letter to it. A link that was opened already proves it again; one that
// expired, is nobody's or another person's is 422 auth.verification_invalid, which
// counts as a failure of hers (429).
func (s *Service) VerifyEmail(ctx context.Context, token string) error {
	try, err := s.guard.Person(ctx, actor.Must(ctx).UserID)
	if err == nil {
		err = s.guard.May(ctx, &try)
	}
	if err != nil {
		return err
	}
	err = s.verifyEmail(ctx, actor.Must(ctx).UserID, secretHash(token))
	if !errors.Is(err, db.ErrNoRow) {
		return err
	}
	if err := s.guard.Fail(ctx, try); err != nil {
		return err
	}
	return errs.Rule("auth.verification_invalid", "Este enlace ya no sirve o es de otra cuenta. Pida uno nuevo desde «Mi cuenta».",
		errs.Field{Field: "token", Code: "invalid", Message: "Pida un enlace nuevo."})
}

func (s *Service) verifyEmail(ctx context.Context, user uuid.UUID, hash []byte) error {
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		now := s.clock.Now()
		t.ExecOne(db.ErrNoRow, `update account_tokens set used_at = coalesce(used_at, $4)
			where token_hash = $1 and user_id = $2 and purpose = $3 and expires_at > $4`, hash, user, forVerify, now)
		n, err := t.Affected(`update users set email_verified_at = $2 where id = $1 and email_verified_at is null`, user, now)
		if err != nil || n == 0 {
			return err
		}
		return s.trail.Record(ctx, audit.Event{Action: audit.EmailVerified, SubjectType: "user", SubjectID: user})
	})
}
