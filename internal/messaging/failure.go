package messaging

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
	"historias/internal/whatsapp"
)

// How long a message waits for what others must mend, and how often it looks.
const (
	holdPatience = 24 * time.Hour
	holdPace     = 15 * time.Minute
	// unknownPatience is how long a status may take to settle a send whose
	// answer was lost.
	unknownPatience = 15 * time.Minute
)

// failed decides what follows a failed attempt: again by the error's own
// schedule, later when somebody mended something, never for what cannot help,
// and not at all while nobody knows whether the message left.
func (s *Service) failed(ctx context.Context, t *db.Tx, r row, failure error) error {
	if r.State != whatsapp.StateQueued {
		// A status came first: whatever the answer was, the message left.
		r.Trying = nil
		r.save(t, s.clock.Now())
		return nil
	}
	class, code := whatsapp.ClassOf(failure), 0
	var told *whatsapp.SendError
	if errors.As(failure, &told) {
		code = told.Code
	}
	r.Class, r.Code = string(class), code
	if errors.Is(failure, errHeld) {
		r.Attempts-- // nothing was tried
	}
	switch class {
	case whatsapp.ClassUnknownOutcome:
		return s.unknown(ctx, t, r)
	case whatsapp.ClassRetry, whatsapp.ClassRetryPair:
		if wait, again := told.Wait(r.Attempts); again {
			return s.again(ctx, t, r, wait)
		}
	case whatsapp.ClassHoldTemplate, whatsapp.ClassHoldText:
		return s.hold(ctx, t, r, failure)
	case whatsapp.ClassAccountStop:
		s.alarm(ctx, class, code)
		if s.clock.Now().Before(r.Created.Add(holdPatience)) {
			return s.again(ctx, t, r, max(holdPace, told.RetryAfter))
		}
	case whatsapp.ClassConfig, whatsapp.ClassBug:
		s.alarm(ctx, class, code)
	}
	return s.giveUp(ctx, t, r)
}

// alarm tells the operator of what no patient's telephone can mend.
func (s *Service) alarm(ctx context.Context, class whatsapp.Class, code int) {
	s.deps.Report(ctx, fmt.Errorf("whatsapp: %s, code %d", class, code))
}

// again schedules the next attempt.
func (s *Service) again(ctx context.Context, t *db.Tx, r row, wait time.Duration) error {
	now := s.clock.Now()
	next := now.Add(jitter(wait))
	r.Trying, r.Next = nil, &next
	r.save(t, now)
	s.tell(t, r.ClinicID, r.patient())
	return s.deps.Queue.Enqueue(ctx, t, sendArgs{r.ClinicID, r.ID, r.Attempts + 1}, jobs.At(next))
}

// giveUp ends a message that will not be sent as it is.
func (s *Service) giveUp(ctx context.Context, t *db.Tx, r row) error {
	now := s.clock.Now()
	state, changed := whatsapp.Advance(r.State, whatsapp.StateFailed)
	r.Trying, r.Next, r.State = nil, nil, state
	if changed {
		r.mark(whatsapp.StateFailed, now)
		r.NeedsCall = r.Kind.calls() && r.Resolved == Open
	}
	r.save(t, now)
	s.tell(t, r.ClinicID, r.patient())
	e := event(audit.MessageSent, r.ID, r.patient())
	e.Outcome, e.Reason = audit.Failure, r.Class
	if err := s.deps.Trail.Record(ctx, e); err != nil || !changed {
		return err
	}
	return s.moved(ctx, t, r, whatsapp.StateFailed, now)
}

// unknown leaves an attempt open: it may have reached the person. A status
// settles it; after a while somebody is asked to.
func (s *Service) unknown(ctx context.Context, t *db.Tx, r row) error {
	now := s.clock.Now()
	r.Class, r.Next = string(whatsapp.ClassUnknownOutcome), nil
	r.save(t, now)
	s.tell(t, r.ClinicID, r.patient())
	return s.deps.Queue.Enqueue(ctx, t, checkArgs{r.ClinicID, r.ID}, jobs.At(now.Add(unknownPatience)))
}

// moved tells the consent feature of a step.
func (s *Service) moved(ctx context.Context, t *db.Tx, r row, state State, at time.Time) error {
	if r.Kind != ConsentRequest {
		return nil
	}
	key, _, err := s.keyFor(ctx, r.patient())
	if err != nil {
		return err
	}
	said, err := r.content(key)
	if err != nil {
		return err
	}
	name, err := r.called(key)
	if err != nil {
		return err
	}
	m := Movement{
		RequestID: orZero(r.Subject), PatientID: r.patient(), MessageID: r.ID, State: string(state), At: at,
		WAMID: name.WAMID, Phone: said.Phone, UserID: name.UserID, Template: r.Template,
	}
	if state == whatsapp.StateFailed {
		m.ErrorCode, m.ErrorMessage = r.Code, reason(r.Code, r.Class)
	}
	return s.deps.Questions.Moved(ctx, t, m)
}

// checkArgs names a message that should have arrived by now.
type checkArgs struct {
	Clinic  uuid.UUID `json:"clinic"`
	Message uuid.UUID `json:"message"`
}

// Kind names the job.
func (checkArgs) Kind() string { return "check_message" }

// check turns a message that has not arrived into a task for a person: one
// whose outcome nobody knows, and one that has been on its way for too long.
func (s *Service) check(ctx context.Context, job jobs.Job[checkArgs]) error {
	ctx = actor.System(ctx, job.Args.Clinic, system)
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := read(t, lockOne, job.Args.Clinic, job.Args.Message)
		if errors.Is(err, db.ErrNoRow) {
			return jobs.Abandon(err)
		}
		if err != nil || r.NeedsCall || r.Resolved != Open || !r.Kind.calls() || !r.underWay() {
			return err
		}
		r.NeedsCall = true
		r.save(t, s.clock.Now())
		s.tell(t, r.ClinicID, r.patient())
		e := event(audit.MessageStatus, r.ID, r.patient())
		e.Outcome, e.Reason = audit.Failure, "not_delivered"
		return s.deps.Trail.Record(ctx, e)
	})
}

// underWay tells whether the message left, or may have left, and has not
// arrived.
func (r *row) underWay() bool {
	switch r.State {
	case whatsapp.StateSubmitted, whatsapp.StateSent:
		return true
	case whatsapp.StateQueued:
		return r.Class == string(whatsapp.ClassUnknownOutcome)
	}
	return false
}

// reason says in Spanish why a message is where it is; empty without trouble.
func reason(code int, class string) string {
	switch {
	case class == classWithdrawn:
		return "No se envió porque ya no estaba vigente o la persona retiró su consentimiento."
	case code != 0:
		return whatsapp.Reason(code)
	case class != "":
		return whatsapp.ReasonOf(whatsapp.Class(class))
	}
	return ""
}
