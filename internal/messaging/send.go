package messaging

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// sendArgs names one attempt to send a message. An attempt is made at most
// once: the row counts them.
type sendArgs struct {
	Clinic  uuid.UUID `json:"clinic"`
	Message uuid.UUID `json:"message"`
	Attempt int       `json:"attempt"`
}

// Kind names the job.
func (sendArgs) Kind() string { return "send_message" }

// send makes one attempt: it claims the attempt, calls the Graph API outside any
// transaction, and writes down what came of it.
func (s *Service) send(ctx context.Context, job jobs.Job[sendArgs]) error {
	a := job.Args
	ctx = actor.System(ctx, a.Clinic, system)
	draft, err := s.claim(ctx, a)
	if err != nil || draft == nil {
		return err
	}
	result, err := s.transmit(ctx, draft)
	return s.record(ctx, a, result, err)
}

// attempt is a message that may leave now.
type attempt struct {
	row  row
	said content
	who  Person
	key  vault.Key
}

// claim takes the attempt, or gives nil when there is nothing to send: the
// message was sent or settled, or it may not leave any more. An attempt that
// was claimed and never written down was cut off: nobody knows its outcome.
func (s *Service) claim(ctx context.Context, a sendArgs) (*attempt, error) {
	var draft *attempt
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		draft = nil
		r, err := read(t, lockOne, a.Clinic, a.Message)
		if errors.Is(err, db.ErrNoRow) {
			return jobs.Abandon(err)
		}
		if err != nil || r.State != whatsapp.StateQueued || r.Resolved != Open {
			return err
		}
		if r.Trying != nil {
			return s.cutOff(ctx, t, r, a)
		}
		if r.Attempts != a.Attempt-1 {
			return nil
		}
		may, err := s.may(ctx, r)
		if err != nil {
			return err
		}
		if !may {
			return s.cancel(t, r)
		}
		draft, err = s.prepare(ctx, r)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		r.Attempts, r.Trying, r.Next = a.Attempt, &now, nil
		r.save(t, now)
		return nil
	})
	return draft, err
}

func (s *Service) prepare(ctx context.Context, r row) (*attempt, error) {
	key, who, err := s.keyFor(ctx, r.patient())
	if err != nil {
		return nil, err
	}
	said, err := r.content(key)
	return &attempt{row: r, said: said, who: who, key: key}, err
}

// may asks whether the message may still leave: the question it carries is
// open, or the patient consents to what it serves.
func (s *Service) may(ctx context.Context, r row) (bool, error) {
	switch {
	case r.Kind == ConsentRequest:
		return s.deps.Questions.MaySend(ctx, orZero(r.Subject))
	case r.Purpose != "":
		return s.deps.Answers.Allows(ctx, r.patient(), r.Purpose)
	}
	return true, nil
}

// classWithdrawn is the class of a message that we held back ourselves.
const classWithdrawn = "withdrawn"

// cancel ends a message that may not leave any more. Nobody needs to call.
func (s *Service) cancel(t *db.Tx, r row) error {
	now := s.clock.Now()
	r.State, r.Class, r.Next = whatsapp.StateFailed, classWithdrawn, nil
	r.mark(whatsapp.StateFailed, now)
	r.save(t, now)
	s.tell(t, r.ClinicID, r.patient())
	return nil
}

// cutOff settles an attempt whose outcome was never written down, because the
// program was killed between sending and writing.
func (s *Service) cutOff(ctx context.Context, t *db.Tx, r row, a sendArgs) error {
	if r.Attempts != a.Attempt || r.Class == string(whatsapp.ClassUnknownOutcome) {
		return nil
	}
	return s.unknown(ctx, t, r)
}

// callbackPrefix begins the data that every status of a message brings back.
const callbackPrefix = "h1:"

func callback(clinic, message uuid.UUID) string {
	return callbackPrefix + clinic.String() + ":" + message.String()
}

// parseCallback reads back which message a status is about.
func parseCallback(data string) (clinic, message uuid.UUID, ok bool) {
	rest, ours := strings.CutPrefix(data, callbackPrefix)
	left, right, found := strings.Cut(rest, ":")
	if !ours || !found {
		return uuid.Nil, uuid.Nil, false
	}
	clinic, err := uuid.Parse(left)
	if err != nil {
		return uuid.Nil, uuid.Nil, false
	}
	message, err = uuid.Parse(right)
	return clinic, message, err == nil
}

// transmit calls the Graph API, or its simulator.
func (s *Service) transmit(ctx context.Context, a *attempt) (whatsapp.SendResult, error) {
	n := s.number(a.row.Sender)
	if n == nil {
		return whatsapp.SendResult{}, &whatsapp.SendError{Class: whatsapp.ClassConfig, Detail: "no number to send from"}
	}
	if n.Named != nil {
		n.Named(a.said.Phone, a.who.FullName)
	}
	data := callback(a.row.ClinicID, a.row.ID)
	if a.row.Template == "" {
		return n.SendText(ctx, whatsapp.TextMessage{
			To: a.said.Phone, UserID: a.said.UserID, Body: a.said.Text, CallbackData: data,
		})
	}
	if err := s.held(ctx, a); err != nil {
		return whatsapp.SendResult{}, err
	}
	return n.SendTemplate(ctx, whatsapp.TemplateMessage{
		To: a.said.Phone, UserID: a.said.UserID, Template: a.row.Template, Language: a.said.Language,
		Params: a.said.Params, ButtonPayload: a.said.Payload, CallbackData: data,
	})
}

// record writes down what came of an attempt.
func (s *Service) record(ctx context.Context, a sendArgs, result whatsapp.SendResult, failure error) error {
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := read(t, lockOne, a.Clinic, a.Message)
		if err != nil {
			return err
		}
		if failure != nil {
			return s.failed(ctx, t, r, failure)
		}
		return s.submitted(ctx, t, r, result)
	})
}

// arrivalPatience is how long a message may be on its way before somebody
// should call instead.
const arrivalPatience = 24 * time.Hour

// submitted keeps Meta's receipt. Statuses may have come before it.
func (s *Service) submitted(ctx context.Context, t *db.Tx, r row, result whatsapp.SendResult) error {
	key, _, err := s.keyFor(ctx, r.patient())
	if err != nil {
		return err
	}
	now := s.clock.Now()
	err = r.call(key, receipt{WAMID: result.MessageID, WAID: result.WAID, UserID: result.UserID})
	if err != nil {
		return err
	}
	r.State, _ = whatsapp.Advance(r.State, whatsapp.StateSubmitted)
	r.Trying, r.Next, r.Code, r.Class = nil, nil, 0, ""
	r.mark(whatsapp.StateSubmitted, now)
	r.save(t, now)
	if err := s.remember(ctx, t, r.ClinicID, r.ID, handleMessage, result.MessageID, now); err != nil {
		return err
	}
	if r.Kind.calls() {
		err = s.deps.Queue.Enqueue(ctx, t, checkArgs{r.ClinicID, r.ID}, jobs.At(now.Add(arrivalPatience)))
		if err != nil {
			return err
		}
	}
	s.tell(t, r.ClinicID, r.patient())
	return s.deps.Trail.Record(ctx, event(audit.MessageSent, r.ID, r.patient()))
}
