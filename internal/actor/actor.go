// Package actor says who acts, for which clinic and from where. It travels in
// the context; nothing reads a clinic from anywhere else.
package actor

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Platform is the clinic of the program itself: it owns the base notice, raw
// webhook bodies and events that belong to no clinic.
var Platform = uuid.Nil

// Kind says what sort of caller acts.
type Kind string

// The kinds of actor.
const (
	KindUser   Kind = "user"   // a signed-in person
	KindSystem Kind = "system" // a job or a webhook
	KindPublic Kind = "public" // somebody without a session, for one clinic
)

// Actor is who acts. The zero value may do nothing.
type Actor struct {
	Kind        Kind
	ClinicID    uuid.UUID
	UserID      uuid.UUID
	SessionID   uuid.UUID
	Role        Role
	Permissions Permissions
	// AuthSeq is users.auth_seq when the session was read. The wall opens only
	// while it is unchanged, so that sign-out, dismissal and a change of role
	// act on the next request.
	AuthSeq int64
	// HasFactor says that the person has a second factor, FactorDuty whether she
	// must have one and by when. FactorOverdue ones may do nothing but get one.
	HasFactor     bool
	FactorDuty    FactorDuty
	FactorOverdue bool
	// ExpiresAt is when the session ends at the latest; zero for what has none.
	ExpiresAt time.Time
	// System names the job or channel when Kind is KindSystem.
	System string
}

// Origin is where a request comes from; it is known before anybody signs in.
type Origin struct {
	RequestID string
	Address   string
	// Device is the secret that names the browser, Trust the one that lets it pass
	// without a second factor; empty for what sent none. They never reach a log.
	Device string
	Trust  string
}

type key int

const (
	actorKey key = iota
	originKey
)

// With puts the actor into the context.
func With(ctx context.Context, a *Actor) context.Context {
	return context.WithValue(ctx, actorKey, a)
}

// From gives the actor; ok is false when nobody is known yet.
func From(ctx context.Context) (*Actor, bool) {
	a, ok := ctx.Value(actorKey).(*Actor)
	return a, ok
}

// Must gives the actor, or one who may do nothing.
func Must(ctx context.Context) *Actor {
	if a, ok := From(ctx); ok {
		return a
	}
	return &Actor{}
}

// Clinic is the clinic of the actor in ctx.
func Clinic(ctx context.Context) uuid.UUID { return Must(ctx).ClinicID }

// System is an actor for a job or a channel of one clinic. name is a short
// constant such as "whatsapp" or "sealer".
func System(ctx context.Context, clinic uuid.UUID, name string) context.Context {
	return With(ctx, &Actor{Kind: KindSystem, ClinicID: clinic, System: name})
}

// Public is somebody without a session who reached one clinic.
func Public(ctx context.Context, clinic uuid.UUID) context.Context {
	return With(ctx, &Actor{Kind: KindPublic, ClinicID: clinic})
}

// WithOrigin puts the origin of the request into the context.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey, o)
}

// OriginOf gives the origin, empty for work that no request caused.
func OriginOf(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey).(Origin)
	return o
}
