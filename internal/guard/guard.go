// Package guard counts what somebody got wrong while proving who she is. Every
// way in counts alike: password, code, recovery code, passkey, PIN, link. The
// counts stand in the database by keyed hash, so that they outlive a restart,
// hold for every process and name nobody.
//
// A browser in which a person has signed in before has a count of its own: a
// stranger who guesses at her account cannot keep her out.
package guard

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// How many failures are allowed within Window.
const (
	Window    = 15 * time.Minute
	ByAccount = 10
	ByDevice  = 10
	ByAddress = 100
)

// Guard counts failures and refuses who had too many.
type Guard struct {
	db    *db.DB
	vault *vault.Vault
	clock clock.Clock
}

// New makes a guard.
func New(d *db.DB, v *vault.Vault, c clock.Clock) *Guard { return &Guard{db: d, vault: v, clock: c} }

// Try is whose account somebody tries to open, and from where.
type Try struct {
	account, address, device []byte
	// taken is what the try is counted as while it is judged.
	taken uuid.UUID
	// known says that the person has signed in with this browser before.
	known bool
}

// Account is a try at the account with this hash of its address
// (users.email_hash), whether it exists or not.
func (g *Guard) Account(ctx context.Context, emailHash []byte) (Try, error) {
	key, err := g.vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	if err != nil {
		return Try{}, err
	}
	from := actor.OriginOf(ctx)
	t := Try{account: emailHash, address: key.MAC("sign-in.address", from.Address)}
	if from.Device != "" {
		t.device = key.MAC("sign-in.device", string(emailHash)+from.Device)
	}
	return t, nil
}

// Person is a try at the account of somebody whose id is known: of a session, of
// a link. Somebody who is not there has an account that nobody has.
func (g *Guard) Person(ctx context.Context, user uuid.UUID) (Try, error) {
	var found bool
	hash := []byte(user.String())
	err := g.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&hash}, `select email_hash from users where id = $1`, user)
		return nil
	})
	if err != nil {
		return Try{}, err
	}
	return g.Account(ctx, hash)
}

// Anybody is a try that names no account, such as a link that does not exist; it
// is counted by address alone.
func (g *Guard) Anybody(ctx context.Context) (Try, error) {
	t, err := g.Account(ctx, nil)
	t.device = nil
	return t, err
}

// Newcomer is a registration, which tells whether an address has an account
// already: so that nobody asks it of very many, one place is told ByAccount times.
func (g *Guard) Newcomer(ctx context.Context) (Try, error) {
	key, err := g.vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	if err != nil {
		return Try{}, err
	}
	from := actor.OriginOf(ctx).Address
	return Try{account: key.MAC("register.address", from), address: key.MAC("sign-in.address", from)}, nil
}

// May refuses a try when its count is full: 429 auth.too_many_failures with how
// long to wait. It is for what cannot be guessed, or is counted elsewhere before
// it is judged; what a person makes up and types is for Judge.
func (g *Guard) May(ctx context.Context, t *Try) error {
	now := g.clock.Now()
	var device, account, address count
	err := g.db.Read(platform(ctx), func(q *db.Reader) error {
		t.queueKnown(q)
		device.queue(q, t.device, now, ByDevice)
		account.queue(q, t.account, now, ByAccount)
		address.queue(q, t.address, now, ByAddress)
		return nil
	})
	if err != nil {
		return err
	}
	if t.known {
		return device.refusal(now)
	}
	if err := account.refusal(now); err != nil {
		return err
	}
	return address.refusal(now)
}

// count is whether a count is full, and the failure that must grow old first.
type count struct {
	full  bool
	first time.Time
}

// queueKnown asks whether the browser of a try is known.
func (t *Try) queueKnown(q *db.Reader) {
	q.Maybe(&t.known, []any{new(time.Time)}, `select at from known_devices where subject = $1`, t.device)
}

func (c *count) queue(q *db.Reader, subject []byte, now time.Time, limit int) {
	q.Maybe(&c.full, []any{&c.first}, `select at from sign_in_failures where subject = $1 and at > $2
		order by at desc offset $3 limit 1`, subject, now.Add(-Window), limit-1)
}

func (c *count) refusal(now time.Time) error {
	if !c.full {
		return nil
	}
	return errs.TooMany("auth.too_many_failures", c.first.Add(Window).Sub(now))
}

// Fail counts a failure in a transaction of its own: it stays counted when the
// act around it is rolled back.
func (g *Guard) Fail(ctx context.Context, t Try) error {
	return g.db.WithTx(platform(db.Apart(ctx)), func(_ context.Context, tx *db.Tx) error {
		g.QueueFailure(tx, t)
		return nil
	})
}

// QueueFailure queues a failure into a transaction that will be committed. A try
// of a known browser is counted for that browser alone.
func (g *Guard) QueueFailure(tx *db.Tx, t Try) { g.queueCount(tx, t, vault.NewID()) }

func (g *Guard) queueCount(tx *db.Tx, t Try, id uuid.UUID) {
	now := g.clock.Now()
	for _, subject := range t.subjects() {
		tx.Exec(`insert into sign_in_failures (subject, at, id) values ($1, $2, $3)`, subject, now, id)
	}
}

// subjects are what a failure of a try counts for.
func (t Try) subjects() [][]byte {
	switch {
	case t.known:
		return [][]byte{t.device}
	case t.account == nil:
		return [][]byte{t.address}
	}
	return [][]byte{t.account, t.address}
}

// QueueKnown queues that the person signed in with the browser of the request.
// It does nothing for a request that names no browser.
func (g *Guard) QueueKnown(tx *db.Tx, t Try) {
	if t.device == nil {
		return
	}
	tx.Exec(`insert into known_devices (subject, at) values ($1, $2) on conflict (subject) do update set at = excluded.at`,
		t.device, g.clock.Now())
}

func platform(ctx context.Context) context.Context {
	return actor.System(db.WithoutScope(ctx), actor.Platform, "guard")
}
