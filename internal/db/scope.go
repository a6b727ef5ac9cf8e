package db

import (
	"context"

	"github.com/google/uuid"
)

// scope is what stands in for an actor before the clinic is known.
type scope struct {
	set       bool
	clinic    string
	tokenHash string
	userID    string
}

type scopeKey struct{}

func scopeOf(ctx context.Context) scope {
	s, _ := ctx.Value(scopeKey{}).(scope)
	return s
}

// WithToken opens the rows whose token_hash (hex of SHA-256) this is, and no
// clinic: how a session, an invitation or a link is found.
func WithToken(ctx context.Context, hexHash string) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{set: true, tokenHash: hexHash})
}

// WithPerson opens the memberships of one person over all clinics. It is for
// sign-in, after the password was proved.
func WithPerson(ctx context.Context, user uuid.UUID) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{set: true, userID: user.String()})
}

// WithoutScope returns to the actor of the context.
func WithoutScope(ctx context.Context) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{})
}
