package consent

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/jobs"
)

// Moved writes a step of the message that carries a question into the chain. A
// step that is there already is not written again; one that comes late is,
// with its own time.
func (s *Service) Moved(ctx context.Context, t *db.Tx, m Movement) error {
	var n int
	clinic := actor.Clinic(ctx)
	err := t.One([]any{&n}, `select count(*) from consent_events where clinic_id = $1 and message_id = $2 and type = $3`,
		clinic, m.MessageID, m.State)
	if err != nil || n > 0 {
		return err
	}
	r, err := oneRequest(t, selectRequest, clinic, m.RequestID)
	if err != nil {
		return err
	}
	subject, err := s.patients.Subject(ctx, r.PatientID)
	if err != nil {
		return err
	}
	_, err = s.append(ctx, t, Event{
		PatientID: r.PatientID, RequestID: r.ID, MessageID: m.MessageID, Type: Type(m.State), Purposes: r.Purposes,
		At: m.At, Channel: r.Channel, Notice: r.Notice,
		Evidence: Evidence{
			MessageID: m.WAMID, Phone: m.Phone, UserID: m.UserID, Template: m.Template,
			ErrorCode: m.ErrorCode, ErrorMessage: m.ErrorMessage,
		},
	}, subject.DataKey)
	return err
}

// expireArgs names the question that may have waited long enough.
type expireArgs struct {
	Clinic  uuid.UUID `json:"clinic"`
	Request uuid.UUID `json:"request"`
}

// Kind names the job.
func (expireArgs) Kind() string { return "expire_consent_request" }

// expire ends a question that nobody answered in time.
func (s *Service) expire(ctx context.Context, job jobs.Job[expireArgs]) error {
	ctx = actor.System(ctx, job.Args.Clinic, "clocks")
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := oneRequest(t, lockRequest, job.Args.Clinic, job.Args.Request)
		if errors.Is(err, db.ErrNoRow) {
			return jobs.Abandon(err)
		}
		if err != nil || r.Status != requestOpen {
			return err
		}
		if wait := r.ExpiresAt.Sub(s.clock.Now()); wait > 0 {
			return jobs.Later(wait)
		}
		subject, err := s.patients.Subject(ctx, r.PatientID)
		if err != nil {
			return err
		}
		t.Exec(closeRequest, r.ClinicID, r.ID, requestExpired, s.clock.Now())
		if err := s.end(ctx, t, r, r.Purposes, "unanswered", subject); err != nil {
			return err
		}
		return s.trail.Record(ctx, event(audit.ConsentExpired, r.ID, r.PatientID))
	})
}
