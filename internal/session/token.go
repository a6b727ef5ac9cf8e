// Package session holds the sessions of signed-in people. One signed token
// stands for one row; every request asks the row, by way of users.auth_seq,
// whether the session is still what it was, so that sign-out, dismissal and a
// change of role act on the next request.
package session

import (
	"errors"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"historias/internal/errs"
	"historias/internal/vault"
)

const (
	issuer   = "historias"
	audience = "historias-api"
)

// claims of a token (RFC 7519). Role and permissions are never in it.
type claims struct {
	jwt.RegisteredClaims
	SessionID string `json:"sid"`
}

// head is the first part of every token of ours: {"alg":"HS256","typ":"JWT"}. Any
// other algorithm, key or header a token brings along is refused unread (RFC 8725, 3.1).
const head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."

// signer makes and checks tokens: HS256 only, everything required. The first
// secret signs; all of them check, which lets a new one take over.
type signer struct {
	secret []byte
	all    jwt.VerificationKeySet
	parser *jwt.Parser
}

func newSigner(secrets []string, now func() time.Time) signer {
	s := signer{
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(issuer),
			jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
			jwt.WithStrictDecoding(), jwt.WithTimeFunc(now),
		),
	}
	for _, secret := range secrets {
		s.all.Keys = append(s.all.Keys, []byte(secret))
	}
	if len(secrets) > 0 {
		s.secret = []byte(secrets[0])
	}
	return s
}

func (s signer) sign(user, sid uuid.UUID, issued, expires time.Time) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: user.String(),
			IssuedAt: jwt.NewNumericDate(issued), ExpiresAt: jwt.NewNumericDate(expires), ID: vault.NewToken(12),
		},
		SessionID: sid.String(),
	}).SignedString(s.secret)
}

// check refuses whatever is not exactly a token of ours.
func (s signer) check(token string) error {
	if !strings.HasPrefix(token, head) {
		return errs.Unauthorized("auth.invalid_token")
	}
	var c claims
	t, err := s.parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return s.all, nil })
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return errs.Unauthorized("auth.expired")
	case err != nil || !t.Valid || c.SessionID == "" || c.Subject == "" || c.ID == "":
		return errs.Unauthorized("auth.invalid_token")
	}
	return nil
}
