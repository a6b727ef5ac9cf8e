package factor

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/mail"
)

// remindEvery is how often somebody in her days of grace is reminded.
const remindEvery = 24 * time.Hour

// remindArgs is the daily job.
type remindArgs struct{}

// Kind names the job.
func (remindArgs) Kind() string { return "factor.remind" }

// remind writes to everybody who must have a second factor and has none, once a
// day for each clinic, from the first whole day until the days of grace are over:
// somebody who has just come reads on the screen what is asked of her.
func (s *Service) remind(ctx context.Context, _ jobs.Job[remindArgs]) error {
	clinics, err := s.clinics(ctx)
	if err != nil {
		return err
	}
	for _, clinic := range clinics {
		if err := s.remindClinic(actor.System(ctx, clinic, "factor")); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) clinics(ctx context.Context) ([]uuid.UUID, error) {
	var all []uuid.UUID
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			err := r.Scan(&id)
			all = append(all, id)
			return err
		}, `select id from clinics where status = 'active' and not demo and id <> $1 order by id`, actor.Platform)
		return nil
	})
	return all, err
}

// due is somebody without a factor and when she must have one.
type due struct {
	user uuid.UUID
	at   time.Time
}

// waits tells whether a reminder is of use: neither on the day on which the days of
// grace began nor after them.
func (d due) waits(now time.Time) bool {
	return now.Before(d.at) && now.Sub(d.at.Add(-actor.FactorGrace)) >= remindEvery
}

func (s *Service) remindClinic(ctx context.Context) error {
	clinic := actor.Clinic(ctx)
	var all []due
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var d due
			var t actor.FactorTerms
			err := r.Scan(&d.user, &t.Role, &t.Since, &t.AskedSince, &t.Demo)
			if duty := t.Duty(); duty.Required {
				d.at = duty.DueAt
				all = append(all, d)
			}
			return err
		}, `select m.user_id, `+terms+` where m.clinic_id = $1 and m.status = 'active' and u.status = 'active'
			and not u.has_factor`, clinic)
		return nil
	})
	now := s.clock.Now()
	for _, d := range all {
		if err == nil && d.waits(now) {
			err = s.remindPerson(ctx, d, now)
		}
	}
	return err
}

func (s *Service) remindPerson(ctx context.Context, d due, now time.Time) error {
	to, err := s.people.Contact(ctx, d.user)
	if err != nil {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		return s.letters.Queue(ctx, t, mail.Letter{
			Kind: mail.FactorReminder, To: to.Email, Data: map[string]string{"due": mail.When(d.at)},
			Key: d.user.String() + now.Format(" 2006-01-02"),
		})
	})
}
