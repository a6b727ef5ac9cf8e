package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
	"historias/internal/mail"
	"historias/internal/vault"
)

// How often somebody may ask for a link: from one address before she is told to
// wait, and for one account before no more letters are written.
const (
	recoveryWindow    = 15 * time.Minute
	recoveryByAddress = 30
	letterWindow      = time.Hour
	lettersByAccount  = 3
	// RequestsKept is how long it is known that somebody asked.
	RequestsKept = 24 * time.Hour
)

// recoverArgs names a request for a link.
type recoverArgs struct {
	Request uuid.UUID `json:"request"`
}

// Kind names the job.
func (recoverArgs) Kind() string { return "recover_account" }

// Forgot takes "I forgot my password". What it does and how long it takes is the
// same whether the address has an account or is one at all: it keeps the request
// under a keyed hash, and a job does the rest. From the thirtieth request of one
// address within 15 minutes it is 429 auth.too_many_failures.
func (s *Service) Forgot(ctx context.Context, email string) error {
	mac, err := s.emailHash(ctx, email)
	if err != nil {
		return err
	}
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	if err != nil {
		return err
	}
	address := key.MAC("recovery.address", actor.OriginOf(ctx).Address)
	if err := s.mayAsk(ctx, address); err != nil {
		return err
	}
	return s.db.WithTx(recovery(ctx), func(ctx context.Context, t *db.Tx) error {
		id, now := vault.NewID(), s.clock.Now()
		t.Exec(`insert into recovery_requests (id, email_hash, address_hash, at) values ($1, $2, $3, $4)`, id, mac, address, now)
		return s.queue.Enqueue(ctx, t, recoverArgs{id})
	})
}

func recovery(ctx context.Context) context.Context {
	return actor.System(ctx, actor.Platform, "recovery")
}

func (s *Service) mayAsk(ctx context.Context, address []byte) error {
	now := s.clock.Now()
	var at time.Time
	var full bool
	err := s.db.Read(recovery(ctx), func(q *db.Reader) error {
		q.Maybe(&full, []any{&at}, `select at from recovery_requests where address_hash = $1 and at > $2
			order by at desc offset $3 limit 1`, address, now.Add(-recoveryWindow), recoveryByAddress-1)
		return nil
	})
	if err != nil || !full {
		return err
	}
	return errs.TooMany("auth.too_many_failures", at.Add(recoveryWindow).Sub(now))
}

// recover writes the letter of a request, if its address has an account. Done
// twice, the second time nothing happens.
func (s *Service) recover(ctx context.Context, job jobs.Job[recoverArgs]) error {
	ctx = recovery(ctx)
	var mac []byte
	var found bool
	var asked int
	since := s.clock.Now().Add(-letterWindow)
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&found, []any{&mac, &asked}, `select r.email_hash, (select count(*) from recovery_requests o
			where o.email_hash = r.email_hash and o.at > $2 and o.id <= r.id)
			from recovery_requests r where r.id = $1`, job.Args.Request, since)
		return nil
	})
	if err != nil || !found {
		return err
	}
	person, _, err := s.findByHash(ctx, mac)
	if err != nil {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`delete from recovery_requests where at < $1`, s.clock.Now().Add(-RequestsKept))
		n, err := t.Affected(`update recovery_requests set done = true where id = $1 and not done`, job.Args.Request)
		if err != nil || n == 0 || person.ID == uuid.Nil || asked > lettersByAccount {
			return err
		}
		return s.offerReset(ctx, t, person)
	})
}

func (s *Service) offerReset(ctx context.Context, t *db.Tx, p Person) error {
	token := mint(t, p.ID, forReset, s.clock.Now(), resetLife)
	err := s.letters.Queue(ctx, t, mail.Letter{
		Kind: mail.ResetPassword, To: p.Email,
		Data: map[string]string{"link": s.letters.Link("/restablecer#" + token)},
	})
	if err != nil {
		return err
	}
	return s.trail.Record(ctx, audit.Event{Action: audit.ResetAsked, SubjectType: "user", SubjectID: p.ID})
}
