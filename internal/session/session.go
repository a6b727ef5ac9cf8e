package session

import (
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/vault"
)

// Limits of a session.
const (
	// IdleLimit ends a session that nobody used.
	IdleLimit = 2 * time.Hour
	// touchEvery bounds how often last_seen is written.
	touchEvery = time.Minute
	// maxRemembered bounds the memory of actors.
	maxRemembered = 20000
)

// Service opens, finds and ends sessions.
type Service struct {
	db     *db.DB
	vault  *vault.Vault
	trail  *audit.Trail
	clock  clock.Clock
	guard  *guard.Guard
	herald Herald
	signer signer
	life   time.Duration
	mu     sync.RWMutex
	known  map[[32]byte]*remembered
}

// remembered is an actor in memory. It is only as good as users.auth_seq, which
// the opening statement of every transaction compares.
type remembered struct {
	who     *actor.Actor
	expires time.Time
	seen    time.Time // written last
	used    time.Time
	lock    time.Duration // how long unused until it is covered
	locked  bool
}

// Deps is what the service is made of.
type Deps struct {
	DB    *db.DB
	Vault *vault.Vault
	Trail *audit.Trail
	Clock clock.Clock
	// Herald tells people of sign-ins from browsers that they never used.
	Herald Herald
	// Secrets sign the tokens, newest first: the first signs, all of them check, so
	// that a new one ends no session (JWT_SECRET_KEY).
	Secrets []string
	// Life is the absolute life of a session (JWT_EXPIRATION_HOURS).
	Life time.Duration
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{
		db: d.DB, vault: d.Vault, trail: d.Trail, clock: d.Clock, guard: guard.New(d.DB, d.Vault, d.Clock), herald: d.Herald,
		life: d.Life, signer: newSigner(d.Secrets, d.Clock.Now), known: map[[32]byte]*remembered{},
	}
}

// Opened is a new session. Token is shown once; the database keeps its hash.
type Opened struct {
	ID        uuid.UUID
	Token     string
	ExpiresAt time.Time
}

// Open queues a session of a person into a transaction of the clinic. Who comes
// with a browser that she never used is told so by mail.
func (s *Service) Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (Opened, error) {
	now := s.clock.Now()
	if err := s.announce(ctx, t, user, agent, now); err != nil {
		return Opened{}, err
	}
	queueGoodProof(t, user)
	return s.open(ctx, t, opening{user: user, clinic: clinic, agent: agent, proved: now, expires: now.Add(s.life)})
}

// opening is a session about to be.
type opening struct {
	user, clinic    uuid.UUID
	agent           string
	proved, expires time.Time
}

func (s *Service) open(ctx context.Context, t *db.Tx, n opening) (Opened, error) {
	now := s.clock.Now()
	o := Opened{ID: vault.NewID(), ExpiresAt: n.expires}
	var err error
	if o.Token, err = s.signer.sign(n.user, o.ID, now, o.ExpiresAt); err != nil {
		return Opened{}, errs.Internal("session: sign", err)
	}
	t.Exec(`insert into sessions (clinic_id, id, user_id, token_hash, created_at, expires_at, last_seen, proved_at, address, agent, device_hash)
		values ($1, $2, $3, $4, $5, $6, $5, $7, $8, $9, $10)`, n.clinic, o.ID, n.user, vault.TokenHash(o.Token), now, o.ExpiresAt,
		n.proved, actor.OriginOf(ctx).Address, trimAgent(n.agent), deviceHash(ctx))
	return o, nil
}

// deviceHash is how the browser of a request is kept, nil for what has no name.
func deviceHash(ctx context.Context) []byte {
	if device := actor.OriginOf(ctx).Device; device != "" {
		return vault.TokenHash(device)
	}
	return nil
}

const longestAgent = 200

// trimAgent makes what a program says of itself a text that PostgreSQL takes:
// headers may hold any byte, and a cut must not split a letter.
func trimAgent(agent string) string {
	if len(agent) > longestAgent {
		agent = agent[:longestAgent]
	}
	return strings.ToValidUTF8(agent, "")
}

// Close ends the session of the actor at once.
func (s *Service) Close(ctx context.Context) error {
	a := actor.Must(ctx)
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`update sessions set revoked_at = $3 where clinic_id = $1 and id = $2 and revoked_at is null`,
			a.ClinicID, a.SessionID, s.clock.Now())
		return s.trail.Record(ctx, audit.Event{Action: audit.SessionClosed, SubjectType: "session", SubjectID: a.SessionID})
	})
	if err == nil {
		s.forget(a.SessionID)
	}
	return err
}

func (s *Service) load(ctx context.Context, token string, hash [32]byte) (*remembered, error) {
	if err := s.signer.check(token); err != nil {
		return nil, err
	}
	row, err := s.find(ctx, hash)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	if row.revoked || now.After(row.expires) || now.Sub(row.seen) > IdleLimit {
		s.drop(hash)
		return nil, errs.Unauthorized("auth.signed_out")
	}
	who, lock, err := s.who(ctx, row)
	if err != nil {
		return nil, err
	}
	r := &remembered{who: who, expires: row.expires, seen: row.seen, lock: lock, locked: row.locked}
	r.used = s.lastUse(hash, row.seen, now)
	s.keep(hash, r)
	return r, nil
}

// lastUse is when a session was used last, as far as this process knows. What is
// written may be a minute old, which counts for the person.
func (s *Service) lastUse(hash [32]byte, seen, now time.Time) time.Time {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if r := s.known[hash]; r != nil {
		return later(r.used, seen)
	}
	if seen = seen.Add(touchEvery); seen.Before(now) {
		return seen
	}
	return now
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

type sessionRow struct {
	clinic, id, user uuid.UUID
	expires, seen    time.Time
	revoked, locked  bool
}

// find reads the row by the secret, before the clinic is known.
func (s *Service) find(ctx context.Context, hash [32]byte) (sessionRow, error) {
	var row sessionRow
	err := s.db.Read(db.WithToken(ctx, hex.EncodeToString(hash[:])), func(q *db.Reader) error {
		q.One([]any{&row.clinic, &row.id, &row.user, &row.expires, &row.seen, &row.revoked, &row.locked},
			`select clinic_id, id, user_id, expires_at, last_seen, revoked_at is not null, locked_at is not null
			from sessions where token_hash = $1`, hash[:])
		return nil
	})
	if errors.Is(err, db.ErrNoRow) {
		return row, errs.Unauthorized("auth.signed_out")
	}
	return row, err
}

// who reads what the person is in the clinic now, and after how long without use
// the clinic has her session covered.
func (s *Service) who(ctx context.Context, row sessionRow) (*actor.Actor, time.Duration, error) {
	a := &actor.Actor{Kind: actor.KindUser, ClinicID: row.clinic, UserID: row.user, SessionID: row.id, ExpiresAt: row.expires}
	var licensed bool
	var terms actor.FactorTerms
	minutes := DefaultLockMinutes
	err := s.db.Read(actor.System(ctx, row.clinic, "session"), func(q *db.Reader) error {
		q.One([]any{&a.Role, &licensed, &a.AuthSeq, &minutes, &a.HasFactor, &terms.Since, &terms.AskedSince, &terms.Demo},
			`select m.role, u.licensed, u.auth_seq, coalesce(cs.lock_minutes, $3), `+factorTerms+`
			from memberships m join users u on u.id = m.user_id join clinics c on c.id = m.clinic_id
			left join clinic_security cs on cs.clinic_id = m.clinic_id
			where m.clinic_id = $1 and m.user_id = $2 and m.status = 'active' and u.status = 'active'
			and c.status = 'active'`, row.clinic, row.user, DefaultLockMinutes)
		return nil
	})
	if errors.Is(err, db.ErrNoRow) {
		return nil, 0, errs.Unauthorized("auth.signed_out")
	}
	a.Permissions = actor.Grants(a.Role, licensed)
	oblige(a, terms, s.clock.Now())
	return a, time.Duration(minutes) * time.Minute, err
}
