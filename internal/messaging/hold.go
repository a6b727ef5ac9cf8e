package messaging

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/whatsapp"
)

// errHeld marks a message that was held without asking Meta.
var errHeld = errors.New("messaging: held")

// held refuses what Meta would refuse, or what would be proof of something that
// the person did not see. Where nobody knows, Meta decides.
func (s *Service) held(ctx context.Context, a *attempt) error {
	hold, err := s.deps.Templates.Held(ctx, string(a.row.Sender), a.row.Template, a.said.Language)
	if err != nil || hold.Class == "" {
		return nil //nolint:nilerr // what is not known holds nobody up
	}
	return errors.Join(errHeld, &whatsapp.SendError{Class: hold.Class, Code: hold.Code, Detail: "the template cannot be used"})
}

// hold keeps a message for as long as what it carries is wanted: the template
// may be approved tomorrow. After a day somebody is asked to call instead.
func (s *Service) hold(ctx context.Context, t *db.Tx, r row, failure error) error {
	overdue := s.clock.Now().Sub(r.Created) >= holdPatience
	switch {
	case overdue && !r.Kind.calls():
		return s.giveUp(ctx, t, r)
	case overdue && r.Resolved == Open:
		r.NeedsCall = true
	}
	wait := holdPace
	var told *whatsapp.SendError
	if errors.As(failure, &told) {
		wait = max(wait, told.RetryAfter)
	}
	if !errors.Is(failure, errHeld) {
		s.alarm(ctx, whatsapp.Class(r.Class), r.Code)
	}
	return s.again(ctx, t, r, wait)
}

// releaseArgs asks to let go of what waits for a template of a number.
type releaseArgs struct {
	Sender string `json:"sender"`
}

// Kind names the job.
func (releaseArgs) Kind() string { return "release_messages" }

// Release queues, in the transaction, that what waited for a template leaves.
func (s *Service) Release(ctx context.Context, t *db.Tx, sender string) error {
	return s.deps.Queue.Enqueue(ctx, t, releaseArgs{sender})
}

// release looks through the clinics, each behind its own wall.
func (s *Service) release(ctx context.Context, job jobs.Job[releaseArgs]) error {
	clinics, err := s.clinics(ctx)
	if err != nil {
		return err
	}
	for _, clinic := range clinics {
		if err := s.releaseClinic(actor.System(ctx, clinic, system), clinic, job.Args.Sender); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) clinics(ctx context.Context) ([]uuid.UUID, error) {
	var all []uuid.UUID
	err := s.db.Read(actor.System(ctx, actor.Platform, system), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			err := r.Scan(&id)
			all = append(all, id)
			return err
		}, `select id from clinics where status = 'active' order by id`)
		return nil
	})
	return all, err
}

// releaseMargin leaves alone what is about to leave anyhow: two jobs of one
// attempt must not meet.
const releaseMargin = time.Minute

const releaseNow = `update messages set next_attempt_at = $3, version = version + 1, updated_at = $3
	where clinic_id = $1 and state = 'queued' and sender = $2 and trying_since is null and resolution = ''
	and error_class in ('hold_template', 'hold_text') and next_attempt_at > $4 returning id, attempts`

func (s *Service) releaseClinic(ctx context.Context, clinic uuid.UUID, sender string) error {
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		now := s.clock.Now()
		var work []jobs.Args
		err := t.All(func(r db.Row) error {
			a := sendArgs{Clinic: clinic}
			err := r.Scan(&a.Message, &a.Attempt)
			a.Attempt++
			work = append(work, a)
			return err
		}, releaseNow, clinic, sender, now, now.Add(releaseMargin))
		if err != nil || len(work) == 0 {
			return err
		}
		s.tell(t, clinic, uuid.Nil)
		return s.deps.Queue.EnqueueAll(ctx, t, work)
	})
}

// LastDelivery tells when Meta delivered a webhook last; zero for never. Of what
// is older than thirty days nothing is kept.
func (s *Service) LastDelivery(ctx context.Context) (time.Time, error) {
	var at time.Time
	var known bool
	err := s.db.Read(actor.System(ctx, actor.Platform, system), func(q *db.Reader) error {
		q.Maybe(&known, []any{&at}, `select received_at from webhook_bodies where clinic_id = $1 order by received_at desc limit 1`, actor.Platform)
		return nil
	})
	return at, err
}
