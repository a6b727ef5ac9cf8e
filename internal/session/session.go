package session

import (
	"context"
	"crypto/sha256"
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
	trail  *audit.Trail
	clock  clock.Clock
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
}

// New makes the service. secret is JWT_SECRET_KEY, life the absolute life of a
// session (JWT_EXPIRATION_HOURS).
func New(d *db.DB, t *audit.Trail, c clock.Clock, secret string, life time.Duration) *Service {
	return &Service{
		db: d, trail: t, clock: c, life: life,
		signer: newSigner(secret, c.Now), known: map[[32]byte]*remembered{},
	}
}

// Opened is a new session. Token is shown once; the database keeps its hash.
type Opened struct {
	ID        uuid.UUID
	Token     string
	ExpiresAt time.Time
}

// Open queues a session of a person into a transaction of the clinic.
func (s *Service) Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (Opened, error) {
	now := s.clock.Now()
	o := Opened{ID: vault.NewID(), ExpiresAt: now.Add(s.life)}
	var err error
	if o.Token, err = s.signer.sign(user, o.ID, now, o.ExpiresAt); err != nil {
		return Opened{}, errs.Internal("session: sign", err)
	}
	t.Exec(`insert into sessions (clinic_id, id, user_id, token_hash, created_at, expires_at, last_seen, proved_at, address, agent)
		values ($1, $2, $3, $4, $5, $6, $5, $5, $7, $8)`,
		clinic, o.ID, user, vault.TokenHash(o.Token), now, o.ExpiresAt, actor.OriginOf(ctx).Address, trimAgent(agent))
	return o, nil
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

// Authenticate gives the actor of a token: from memory when it was read before,
// else from the database. auth.expired, auth.invalid_token and auth.signed_out
// are 401.
func (s *Service) Authenticate(ctx context.Context, token string) (*actor.Actor, error) {
	hash := sha256.Sum256([]byte(token))
	now := s.clock.Now()
	s.mu.RLock()
	r := s.known[hash]
	s.mu.RUnlock()
	if r == nil || now.After(r.expires) || now.Sub(r.usedAt(s)) > IdleLimit {
		return s.Refresh(ctx, token)
	}
	s.use(ctx, hash, r, now)
	return r.who, nil
}

// Refresh reads the session again, past what is remembered.
func (s *Service) Refresh(ctx context.Context, token string) (*actor.Actor, error) {
	hash := sha256.Sum256([]byte(token))
	r, err := s.load(ctx, token, hash)
	if err != nil {
		return nil, err
	}
	s.use(ctx, hash, r, s.clock.Now())
	return r.who, nil
}

// Watch gives the actor of a token for what a page does by itself: an open page
// that nobody looks at must not keep its session alive.
func (s *Service) Watch(ctx context.Context, token string) (*actor.Actor, error) {
	r, err := s.load(ctx, token, sha256.Sum256([]byte(token)))
	if err != nil {
		return nil, err
	}
	return r.who, nil
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
	who, err := s.who(ctx, row)
	if err != nil {
		return nil, err
	}
	r := &remembered{who: who, expires: row.expires, seen: row.seen, used: row.seen}
	s.keep(hash, r)
	return r, nil
}

type sessionRow struct {
	clinic, id, user uuid.UUID
	expires, seen    time.Time
	revoked          bool
}

// find reads the row by the secret, before the clinic is known.
func (s *Service) find(ctx context.Context, hash [32]byte) (sessionRow, error) {
	var row sessionRow
	err := s.db.Read(db.WithToken(ctx, hex.EncodeToString(hash[:])), func(q *db.Reader) error {
		q.One([]any{&row.clinic, &row.id, &row.user, &row.expires, &row.seen, &row.revoked},
			`select clinic_id, id, user_id, expires_at, last_seen, revoked_at is not null
			from sessions where token_hash = $1`, hash[:])
		return nil
	})
	if errors.Is(err, db.ErrNoRow) {
		return row, errs.Unauthorized("auth.signed_out")
	}
	return row, err
}

// who reads what the person is in the clinic now.
func (s *Service) who(ctx context.Context, row sessionRow) (*actor.Actor, error) {
	a := &actor.Actor{Kind: actor.KindUser, ClinicID: row.clinic, UserID: row.user, SessionID: row.id, ExpiresAt: row.expires}
	var licensed bool
	err := s.db.Read(actor.System(ctx, row.clinic, "session"), func(q *db.Reader) error {
		q.One([]any{&a.Role, &licensed, &a.AuthSeq}, `select m.role, u.licensed, u.auth_seq
			from memberships m join users u on u.id = m.user_id join clinics c on c.id = m.clinic_id
			where m.clinic_id = $1 and m.user_id = $2 and m.status = 'active' and u.status = 'active'
			and c.status = 'active'`, row.clinic, row.user)
		return nil
	})
	if errors.Is(err, db.ErrNoRow) {
		return nil, errs.Unauthorized("auth.signed_out")
	}
	a.Permissions = actor.Grants(a.Role, licensed)
	return a, err
}
