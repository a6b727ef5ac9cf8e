package factor

import (
	"context"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Challenge is a question to a passkey. Options are what the browser takes, under publicKey:
// PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON.
type Challenge struct {
	ID      uuid.UUID
	Options any
}

const (
	toAdd   = "add"
	toEnter = "enter"
)

// ask keeps a challenge until it is answered. user is nil before anybody is known.
func (s *Service) ask(ctx context.Context, purpose string, user *uuid.UUID, session *webauthn.SessionData) (uuid.UUID, error) {
	id, now := vault.NewID(), s.clock.Now()
	sealed, err := seal(ctx, s, at(purposeChallenge, id), *session)
	if err != nil {
		return id, err
	}
	return id, s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		t.Exec(`delete from passkey_challenges where expires_at < $1`, now)
		t.Exec(`insert into passkey_challenges (id, purpose, user_id, sealed, expires_at) values ($1, $2, $3, $4, $5)`,
			id, purpose, user, sealed, now.Add(challengeLife))
		return nil
	})
}

// take gives a challenge back, once. 422 auth.challenge_expired for one that was
// answered, ran out or is another's.
func (s *Service) take(ctx context.Context, purpose string, user *uuid.UUID, id uuid.UUID) (webauthn.SessionData, error) {
	var sealed string
	var found bool
	err := s.db.WithTx(platform(db.Apart(ctx)), func(_ context.Context, t *db.Tx) error {
		return t.All(func(r db.Row) error {
			found = true
			return r.Scan(&sealed)
		}, `delete from passkey_challenges where id = $1 and purpose = $2 and user_id is not distinct from $3 and expires_at > $4
			returning sealed`, id, purpose, user, s.clock.Now())
	})
	if err == nil && !found {
		err = errs.Rule("auth.challenge_expired", "Pasó demasiado tiempo o ese intento ya se usó. Comience de nuevo con su llave de acceso.")
	}
	if err != nil {
		return webauthn.SessionData{}, err
	}
	return open[webauthn.SessionData](ctx, s, at(purposeChallenge, id), sealed)
}
