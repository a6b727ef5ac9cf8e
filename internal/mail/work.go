package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/jobs"
)

// sendArgs names one attempt to send a letter. An attempt is made at most once:
// the row counts them.
type sendArgs struct {
	Clinic  uuid.UUID `json:"clinic"`
	Letter  uuid.UUID `json:"letter"`
	Attempt int       `json:"attempt"`
}

// Kind names the job.
func (sendArgs) Kind() string { return "send_letter" }

// waits are how long a letter rests after each failed attempt: soon at first,
// since greylisting servers want a second call within minutes, then ever longer.
var waits = []time.Duration{
	30 * time.Second, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour,
}

// patience is how long a letter is tried. The link of a forgotten password
// serves for an hour; to bring it later would help nobody.
func patience(k Kind) time.Duration {
	if k == ResetPassword {
		return time.Hour
	}
	return 24 * time.Hour
}

// blindRepeats is how often a letter is sent again while nobody knows whether it
// arrived.
const blindRepeats = 1

// send makes one attempt: it claims it, calls the server outside any
// transaction, and writes down what came of it.
func (o *Outbox) send(ctx context.Context, job jobs.Job[sendArgs]) error {
	a := job.Args
	ctx = actor.System(ctx, a.Clinic, system)
	letter, err := o.claim(ctx, a)
	if err != nil || letter == nil {
		return err
	}
	outcome := o.deliver(ctx, a, *letter)
	return o.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := locked(t, a.Clinic, a.Letter)
		if err != nil {
			return err
		}
		return o.settle(ctx, t, r, outcome)
	})
}

// claim takes the attempt, or gives nil when there is nothing to send. An
// attempt that was claimed and never written down was cut off: nobody knows its
// outcome.
func (o *Outbox) claim(ctx context.Context, a sendArgs) (*Letter, error) {
	var out *Letter
	err := o.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		out = nil
		r, err := locked(t, a.Clinic, a.Letter)
		if errors.Is(err, db.ErrNoRow) {
			return jobs.Abandon(err)
		}
		if err != nil || r.State != queued {
			return err
		}
		if r.Trying != nil && r.Attempts == a.Attempt {
			return o.settle(ctx, t, r, &Fault{Class: Unknown})
		}
		if r.Attempts != a.Attempt-1 {
			return nil
		}
		letter, err := o.open(ctx, r)
		if err != nil {
			return err
		}
		now := o.clock.Now()
		r.Attempts, r.Trying, r.Next = a.Attempt, &now, nil
		r.save(t, now)
		out = &letter
		return nil
	})
	return out, err
}

// deliver hands a letter over. Where letters are shown, that is all.
func (o *Outbox) deliver(ctx context.Context, a sendArgs, l Letter) error {
	if o.deps.Shown {
		return nil
	}
	if o.deps.Post == nil {
		return &Fault{Class: Config}
	}
	sheet, err := write(l)
	if err != nil {
		return err
	}
	return o.deps.Post.Deliver(ctx, Parcel{ID: a.Letter, To: l.To, At: o.clock.Now(), Sheet: sheet})
}

// settle writes down what came of an attempt.
func (o *Outbox) settle(ctx context.Context, t *db.Tx, r row, outcome error) error {
	r.Trying, r.Next, r.Reason, r.Code = nil, nil, "", 0
	if outcome == nil {
		return o.end(ctx, t, r, sent)
	}
	var f *Fault
	if !errors.As(outcome, &f) {
		f = &Fault{Class: Broken}
	}
	r.Reason, r.Code = f.Class, f.Code
	switch f.Class {
	case Refused:
		return o.end(ctx, t, r, failed)
	case Broken:
		o.alarm(ctx, r)
		return o.end(ctx, t, r, failed)
	case Unknown:
		if r.Unknown++; r.Unknown > blindRepeats {
			return o.end(ctx, t, r, failed)
		}
	case Config:
		o.alarm(ctx, r)
	}
	return o.again(ctx, t, r)
}

// again schedules the next attempt, as long as the letter is good for anything.
func (o *Outbox) again(ctx context.Context, t *db.Tx, r row) error {
	now := o.clock.Now()
	next := now.Add(waits[min(max(r.Attempts, 1), len(waits))-1])
	if next.After(r.Created.Add(patience(r.Kind))) {
		return o.end(ctx, t, r, failed)
	}
	r.Next = &next
	r.save(t, now)
	return o.deps.Queue.Enqueue(ctx, t, sendArgs{r.Clinic, r.ID, r.Attempts + 1}, jobs.At(next))
}

// end closes a letter and erases what it said, except where a page shows it.
func (o *Outbox) end(ctx context.Context, t *db.Tx, r row, s state) error {
	r.State = s
	if !o.deps.Shown {
		r.Sealed = ""
	}
	r.save(t, o.clock.Now())
	e := audit.Event{Action: audit.MailSent, SubjectType: "letter", SubjectID: r.ID}
	if s == failed {
		e.Action, e.Outcome, e.Reason = audit.MailFailed, audit.Failure, string(r.Kind)+": "+string(r.Reason)
	}
	return o.deps.Trail.Record(ctx, e)
}

// alarm tells the operator of what no recipient can mend.
func (o *Outbox) alarm(ctx context.Context, r row) {
	o.deps.Report(ctx, fmt.Errorf("mail: %s, code %d", r.Reason, r.Code))
}
