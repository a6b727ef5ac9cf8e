package factor

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// TrustLife is how long a remembered browser needs no second factor.
const TrustLife = 30 * 24 * time.Hour

// Device is a browser that is remembered.
type Device struct {
	ID         uuid.UUID
	Agent      string // what it says it is (User-Agent)
	Address    string
	CreatedAt  time.Time
	LastUsedAt time.Time
	ExpiresAt  time.Time
	// Current says that the request came from it.
	Current bool
}

type sealedDevice struct {
	Agent   string `json:"agent"`
	Address string `json:"address"`
}

// Trusted tells whether the browser of the request is remembered for a person,
// and keeps that it was used.
func (s *Service) Trusted(ctx context.Context, user uuid.UUID) (bool, error) {
	secret := actor.OriginOf(ctx).Trust
	if secret == "" {
		return false, nil
	}
	var n int64
	err := s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		var err error
		now := s.clock.Now()
		n, err = t.Affected(`update trusted_devices set last_used_at = $3 where token_hash = $2 and user_id = $1 and expires_at > $3`,
			user, vault.TokenHash(secret), now)
		return err
	})
	return n == 1, err
}

// Trust queues that the browser of the request is remembered, and gives the
// secret to keep in it for TrustLife. It is for who has just proved her
// second factor.
func (s *Service) Trust(ctx context.Context, t *db.Tx, user uuid.UUID, agent string) (secret string, err error) {
	id, now := vault.NewID(), s.clock.Now()
	sealed, err := seal(ctx, s, at(purposeDevice, id), sealedDevice{agent, actor.OriginOf(ctx).Address})
	if err != nil {
		return "", err
	}
	secret = vault.NewToken(32)
	t.Exec(`delete from trusted_devices where user_id = $1 and (expires_at < $2 or token_hash = $3)`,
		user, now, vault.TokenHash(actor.OriginOf(ctx).Trust))
	t.Exec(`insert into trusted_devices (id, user_id, token_hash, sealed, created_at, last_used_at, expires_at)
		values ($1, $2, $3, $4, $5, $5, $6)`, id, user, vault.TokenHash(secret), sealed, now, now.Add(TrustLife))
	return secret, nil
}

// Devices lists the browsers that are remembered for the person of the session,
// the most recently used first.
func (s *Service) Devices(ctx context.Context) ([]Device, error) {
	user, origin := actor.Must(ctx).UserID, actor.OriginOf(ctx)
	mine := vault.TokenHashHex(origin.Trust)
	var all []Device
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var d Device
			var sealed, hash string
			if err := r.Scan(&d.ID, &sealed, &hash, &d.CreatedAt, &d.LastUsedAt, &d.ExpiresAt); err != nil {
				return err
			}
			facts, err := open[sealedDevice](ctx, s, at(purposeDevice, d.ID), sealed)
			d.Agent, d.Address, d.Current = facts.Agent, facts.Address, hash == mine
			all = append(all, d)
			return err
		}, `select id, sealed, encode(token_hash, 'hex'), created_at, last_used_at, expires_at from trusted_devices
			where user_id = $1 and expires_at > $2 order by last_used_at desc, id`, user, s.clock.Now())
		return nil
	})
	return all, err
}

// Forget ends one remembered browser of the person of the session; 404 for
// another's.
func (s *Service) Forget(ctx context.Context, id uuid.UUID) error {
	user := actor.Must(ctx).UserID
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.NotFound("device"), `delete from trusted_devices where user_id = $1 and id = $2`, user, id)
		return s.trail.Record(ctx, audit.Event{Action: audit.DeviceForgotten, SubjectType: "device", SubjectID: id})
	})
}

// ForgetAll ends them all.
func (s *Service) ForgetAll(ctx context.Context) error {
	user := actor.Must(ctx).UserID
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`delete from trusted_devices where user_id = $1`, user)
		return s.trail.Record(ctx, audit.Event{Action: audit.DeviceForgotten, SubjectType: "user", SubjectID: user})
	})
}
