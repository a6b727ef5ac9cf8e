package factor

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/vault"
)

// BeginPasskey asks the browser of the session to make a passkey. 422
// auth.passkeys_unavailable where the site can have none.
func (s *Service) BeginPasskey(ctx context.Context) (Challenge, error) {
	if s.party == nil {
		return Challenge{}, errNoPasskeys()
	}
	user := actor.Must(ctx).UserID
	o, err := s.ownerOf(ctx, user)
	if err != nil {
		return Challenge{}, err
	}
	if len(o.keys) >= mostPasskeys {
		return Challenge{}, errs.Rule("auth.too_many_passkeys", "Ya tiene 20 llaves de acceso. Quite una que no use para agregar otra.")
	}
	var have []protocol.CredentialDescriptor
	for i := range o.keys {
		have = append(have, o.keys[i].Descriptor())
	}
	made, session, err := s.party.BeginRegistration(o, webauthn.WithExclusions(have))
	if err != nil {
		return Challenge{}, errs.Internal("factor: begin a passkey", err)
	}
	id, err := s.ask(ctx, toAdd, &user, session)
	return Challenge{ID: id, Options: made}, err
}

// NewKey is what a browser made, with the name that its owner gives it.
type NewKey struct {
	ChallengeID uuid.UUID
	Name        string
	Credential  json.RawMessage
}

// FinishPasskey keeps the passkey that a browser made for a challenge. The first
// factor of somebody comes with ten recovery codes, shown once. 422
// auth.passkey_invalid for an answer that is not to this challenge, of another
// site or without the person's proof; auth.challenge_expired; 409
// auth.passkey_known for one that is kept already.
func (s *Service) FinishPasskey(ctx context.Context, n NewKey) (Key, []string, error) {
	if s.party == nil {
		return Key{}, nil, errNoPasskeys()
	}
	name, err := cleanName(n.Name)
	if err != nil {
		return Key{}, nil, err
	}
	user := actor.Must(ctx).UserID
	session, err := s.take(ctx, toAdd, &user, n.ChallengeID)
	if err != nil {
		return Key{}, nil, err
	}
	o, err := s.ownerOf(ctx, user)
	if err != nil {
		return Key{}, nil, err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes(n.Credential)
	if err != nil {
		return Key{}, nil, errPasskeyInvalid()
	}
	made, err := s.party.CreateCredential(o, session, answer)
	if err != nil {
		return Key{}, nil, errPasskeyInvalid()
	}
	return s.keep(ctx, user, name, made)
}

func (s *Service) keep(ctx context.Context, user uuid.UUID, name string, c *webauthn.Credential) (Key, []string, error) {
	k := Key{ID: vault.NewID(), Name: name, CreatedAt: s.clock.Now()}
	sealed, err := seal(ctx, s, at(purposePasskey, k.ID), sealedKey{name, *c})
	if err != nil {
		return k, nil, err
	}
	var codes []string
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		hold(t, user)
		var has bool
		if err := t.One([]any{&has}, `select exists (select from recovery_codes where user_id = $1)`, user); err != nil {
			return err
		}
		t.Exec(`insert into passkeys (id, user_id, credential_hash, sealed, created_at) values ($1, $2, $3, $4, $5)`,
			k.ID, user, vault.TokenHash(string(c.ID)), sealed, k.CreatedAt)
		if !has {
			codes = s.renew(t, user)
		}
		return s.changed(ctx, t, user, audit.PasskeyAdded, mail.PasskeyAdded)
	})
	if db.Violates(err, "passkeys_credential_hash_key") {
		err = errs.Conflict("auth.passkey_known", "Esa llave de acceso ya está registrada.")
	}
	return k, codes, err
}

// BeginEntry asks for a passkey of whoever it is: to come in, or to prove again
// who one is.
func (s *Service) BeginEntry(ctx context.Context) (Challenge, error) {
	if s.party == nil {
		return Challenge{}, errNoPasskeys()
	}
	asked, session, err := s.party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, errs.Internal("factor: begin an entry", err)
	}
	id, err := s.ask(ctx, toEnter, nil, session)
	return Challenge{ID: id, Options: asked}, err
}

// errUnknown says inside the library that a passkey is nobody's.
var errUnknown = errors.New("no such passkey")

// CheckPasskey judges the answer of a passkey and says whose it is. One whose
// counter went back may be a copy: it is refused, recorded and told by mail
// (WebAuthn Level 3, 6.1.1). The only errors are 422 auth.challenge_expired and
// faults.
func (s *Service) CheckPasskey(ctx context.Context, challenge uuid.UUID, credential json.RawMessage) (who uuid.UUID, good bool, err error) {
	if s.party == nil {
		return uuid.Nil, false, errNoPasskeys()
	}
	session, err := s.take(ctx, toEnter, nil, challenge)
	if err != nil {
		return uuid.Nil, false, err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes(credential)
	if err != nil {
		return uuid.Nil, false, nil
	}
	err = s.db.WithTx(platform(db.Apart(ctx)), func(ctx context.Context, t *db.Tx) error {
		who, good, err = s.judge(ctx, t, session, answer)
		return err
	})
	return who, good, err
}

// judge holds the passkey's row, so that of two answers with one counter the
// second is refused.
func (s *Service) judge(ctx context.Context, t *db.Tx, session webauthn.SessionData, answer *protocol.ParsedCredentialAssertionData) (uuid.UUID, bool, error) {
	var found []kept
	err := t.All(s.gather(ctx, &found), selectKeys+` where credential_hash = $1 for update`, vault.TokenHash(string(answer.RawID)))
	if err != nil || len(found) == 0 {
		return uuid.Nil, false, err
	}
	k := found[0]
	handler := func(_, handle []byte) (webauthn.User, error) {
		if string(handle) != string(k.user[:]) {
			return nil, errUnknown
		}
		return owner{id: k.user, keys: []webauthn.Credential{k.sealed.Credential}}, nil
	}
	used, err := s.party.ValidateDiscoverableLogin(handler, session, answer)
	if err != nil {
		return uuid.Nil, false, nil //nolint:nilerr // why it is not good is for nobody to know
	}
	if used.Authenticator.CloneWarning {
		return k.user, false, s.changed(ctx, t, k.user, audit.PasskeyRefused, mail.PasskeyRefused)
	}
	k.sealed.Credential = *used
	sealed, err := seal(ctx, s, at(purposePasskey, k.ID), k.sealed)
	t.Exec(`update passkeys set sealed = $2, last_used_at = $3 where id = $1`, k.ID, sealed, s.clock.Now())
	return k.user, true, err
}

func errPasskeyInvalid() error {
	return errs.Rule("auth.passkey_invalid",
		"La llave de acceso no se pudo comprobar. Use la que creó para este sitio y desbloquéela con su huella, rostro o PIN.")
}
