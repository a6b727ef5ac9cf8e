package factor

import (
	"context"
	"strings"
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

// RemovalNotice is how long factors stay after somebody said that hers are lost,
// so that she hears of it if it was not she.
const RemovalNotice = 24 * time.Hour

// stopPage is the page of the SPA behind the link that stops a removal; the
// secret stands behind «#», where no server sees it.
const stopPage = "/cancelar-reposicion#"

// removeArgs is the job that takes factors away when the notice is over.
type removeArgs struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (removeArgs) Kind() string { return "factor.remove" }

// Lost is said by somebody who proved her password and has no factor to offer.
// Where enough others of a clinic of hers can decide, two of them are asked;
// elsewhere her factors go after a day's notice. It tells nothing to whoever
// asks, does nothing for who has no factor, and asked again changes nothing.
func (s *Service) Lost(ctx context.Context, user uuid.UUID) error {
	has, err := s.Enrolled(ctx, user)
	if err != nil || !has {
		return err
	}
	asked, err := s.askColleagues(ctx, user)
	if err != nil || asked {
		return err
	}
	return s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error {
		_, err := s.announce(ctx, t, user)
		return err
	})
}

// announce begins the notice of a removal; one that runs already goes on, and
// nothing is written again.
func (s *Service) announce(ctx context.Context, t *db.Tx, user uuid.UUID) (due time.Time, err error) {
	id, token, now := vault.NewID(), vault.NewToken(32), s.clock.Now()
	due = now.Add(RemovalNotice)
	n, err := t.Affected(`insert into factor_removals (id, user_id, token_hash, requested_at, due_at)
		values ($1, $2, $3, $4, $5) on conflict (user_id) where status = 'pending' do nothing`,
		id, user, vault.TokenHash(token), now, due)
	if err == nil && n == 0 {
		return due, t.One([]any{&due}, `select due_at from factor_removals where user_id = $1 and status = 'pending'`, user)
	}
	if err != nil {
		return due, err
	}
	to, err := s.people.Contact(ctx, user)
	if err != nil {
		return due, err
	}
	err = s.letters.Queue(ctx, t, mail.Letter{
		Kind: mail.FactorReset, To: to.Email,
		Data: map[string]string{"at": mail.When(due), "link": s.letters.Link(stopPage + token)},
	})
	if err == nil {
		err = s.queue.Enqueue(ctx, t, removeArgs{id}, jobs.At(due))
	}
	if err == nil {
		err = s.trail.Record(ctx, audit.Event{Action: audit.RemovalNoticed, SubjectType: "user", SubjectID: user})
	}
	return due, err
}

// remove takes the factors away when the notice is over and nobody stopped it.
// Called too early, it comes again.
func (s *Service) remove(ctx context.Context, job jobs.Job[removeArgs]) error {
	return s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error {
		var user uuid.UUID
		var due time.Time
		found := false
		// The person before the notice, in the order of every other act.
		t.Exec(`select from users where id = (select user_id from factor_removals where id = $1) for no key update`, job.Args.ID)
		err := t.All(func(r db.Row) error {
			found = true
			return r.Scan(&user, &due)
		}, `select user_id, due_at from factor_removals where id = $1 and status = 'pending' for update`, job.Args.ID)
		if err != nil || !found {
			return err
		}
		if wait := due.Sub(s.clock.Now()); wait > 0 {
			return jobs.Later(wait)
		}
		return s.takeAway(ctx, t, user)
	})
}

// takeAway removes every factor of a person, ends her sessions everywhere and
// tells her.
func (s *Service) takeAway(ctx context.Context, t *db.Tx, user uuid.UUID) error {
	hold(t, user)
	for _, table := range []string{"totp_factors", "totp_setups", "recovery_codes", "passkeys", "trusted_devices"} {
		t.Exec(`delete from `+table+` where user_id = $1`, user)
	}
	t.Exec(`update factor_removals set status = 'done', closed_at = $2 where user_id = $1 and status = 'pending'`, user, s.clock.Now())
	t.Exec(`select end_sessions($1, null, $2)`, user, s.clock.Now())
	return s.changed(ctx, t, user, audit.FactorsRemoved, mail.FactorsRemoved)
}

// Keep stops a removal by the link of its letter. Opened again, it does nothing
// more. 422 auth.removal_unknown for a link that is none, or came too late.
func (s *Service) Keep(ctx context.Context, token string) error {
	try, err := s.guard.Anybody(ctx)
	if err == nil {
		err = s.guard.May(ctx, &try)
	}
	if err != nil {
		return err
	}
	var user uuid.UUID
	var pending, found bool
	err = s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error {
		err := t.All(func(r db.Row) error {
			found = true
			return r.Scan(&user, &pending)
		}, `select user_id, status = 'pending' from factor_removals where token_hash = $1 and status in ('pending', 'cancelled')
			for update`, vault.TokenHash(strings.TrimSpace(token)))
		if err != nil || !pending {
			return err
		}
		return s.stop(ctx, t, user, audit.RemovalStopped)
	})
	if err != nil || found {
		return err
	}
	if err := s.guard.Fail(ctx, try); err != nil {
		return err
	}
	return errs.Rule("auth.removal_unknown", "Este enlace ya no sirve: el plazo terminó o ya se usó. Si no reconoce el cambio, restablezca su contraseña.")
}

// StopRemoval stops a removal for the person of the session.
func (s *Service) StopRemoval(ctx context.Context) error {
	user := actor.Must(ctx).UserID
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		return s.stop(ctx, t, user, audit.RemovalStopped)
	})
}

func (s *Service) stop(ctx context.Context, t *db.Tx, user uuid.UUID, action audit.Action) error {
	n, err := t.Affected(`update factor_removals set status = 'cancelled', closed_at = $2 where user_id = $1 and status = 'pending'`,
		user, s.clock.Now())
	if err != nil || n == 0 {
		return err
	}
	return s.changed(ctx, t, user, action, mail.FactorKept)
}
