package messaging

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// settled writes how a person settled a message that did not arrive.
const settled = `update messages set needs_call = false, resolution = $3, resolution_note = nullif($4, ''), resolved_at = $5,
 resolved_by = $6, version = version + 1, updated_at = $5 where clinic_id = $1 and id = $2`

var (
	errNotRetryable = errs.Rule("message.not_retryable", "Este mensaje no puede reenviarse: sólo los que no llegaron.")
	errNothingToDo  = errs.Rule("message.nothing_to_resolve", "Este mensaje no tiene nada pendiente.")
)

// Retry sends what did not arrive once more, as a new message, and settles the
// old one. A question of consent whose telephone changed or that ran out is
// asked anew. 422 message.not_retryable.
func (s *Service) Retry(ctx context.Context, id uuid.UUID) (Message, error) {
	var next uuid.UUID
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) (err error) {
		next, err = s.retry(ctx, t, id)
		return err
	})
	if err != nil {
		return Message{}, err
	}
	return s.reread(ctx, next)
}

func (s *Service) retry(ctx context.Context, t *db.Tx, id uuid.UUID) (uuid.UUID, error) {
	r, err := s.unsettled(ctx, t, id, errNotRetryable)
	if err != nil {
		return uuid.Nil, err
	}
	if r.Kind != ConsentRequest || r.State != whatsapp.StateFailed && !r.NeedsCall {
		return uuid.Nil, errNotRetryable
	}
	same, err := s.deps.Questions.Again(ctx, t, orZero(r.Subject))
	if err != nil {
		return uuid.Nil, err
	}
	var next uuid.UUID
	if same {
		next, err = s.repeat(ctx, t, r)
	} else {
		err = t.One([]any{&next}, `select id from messages where clinic_id = $1 and patient_id = $2 and kind = $3
			order by created_at desc, id desc limit 1`, r.ClinicID, r.Patient, ConsentRequest)
	}
	if err != nil {
		return uuid.Nil, err
	}
	t.Exec(settled, r.ClinicID, r.ID, Retried, "", s.clock.Now(), idOrNull(actor.Must(ctx).UserID))
	s.tell(t, r.ClinicID, r.patient())
	return next, s.deps.Trail.Record(ctx, event(audit.MessageRetried, r.ID, r.patient()))
}

// repeat queues the same content as a new message.
func (s *Service) repeat(ctx context.Context, t *db.Tx, r row) (uuid.UUID, error) {
	key, _, err := s.keyFor(ctx, r.patient())
	if err != nil {
		return uuid.Nil, err
	}
	said, err := r.content(key)
	if err != nil {
		return uuid.Nil, err
	}
	id, _, err := s.Enqueue(ctx, t, Outgoing{
		PatientID: r.patient(), Kind: r.Kind, Purpose: r.Purpose, SubjectID: orZero(r.Subject), RetryOf: r.ID,
		Key: "retry:" + r.ID.String(), Phone: said.Phone, UserID: said.UserID, Template: r.Template, Language: said.Language,
		Params: said.Params, Payload: said.Payload, Text: said.Text, Button: said.Button,
	})
	return id, err
}

// unsettled holds a message of ours that nobody settled yet; otherwise is the
// refusal for any other.
func (s *Service) unsettled(ctx context.Context, t *db.Tx, id uuid.UUID, otherwise error) (row, error) {
	r, err := read(t, lockOne, actor.Clinic(ctx), id)
	if err != nil {
		return r, db.Missing(err, "message")
	}
	if r.Direction != Out || r.Resolved != Open {
		return r, otherwise
	}
	return r, nil
}

const longestNote = 1000

// Resolve settles a message that did not arrive: somebody called, or it is of no
// more use. 422 message.nothing_to_resolve for one that needs nothing.
func (s *Service) Resolve(ctx context.Context, id uuid.UUID, why string) (Message, error) {
	why = strings.TrimSpace(why)
	if len([]rune(why)) > longestNote {
		return Message{}, errs.Invalid(errs.Field{Field: "note", Code: "too_long", Message: "La nota admite hasta 1,000 caracteres."})
	}
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := s.unsettled(ctx, t, id, errNothingToDo)
		if err != nil {
			return err
		}
		if !r.NeedsCall && r.State != whatsapp.StateFailed {
			return errNothingToDo
		}
		token, err := s.sealNote(ctx, r, why)
		if err != nil {
			return err
		}
		t.Exec(settled, r.ClinicID, r.ID, Handled, token, s.clock.Now(), idOrNull(actor.Must(ctx).UserID))
		s.tell(t, r.ClinicID, r.patient())
		return s.deps.Trail.Record(ctx, event(audit.MessageResolved, r.ID, r.patient()))
	})
	if err != nil {
		return Message{}, err
	}
	return s.reread(ctx, id)
}

func (s *Service) sealNote(ctx context.Context, r row, why string) (string, error) {
	if why == "" {
		return "", nil
	}
	key, _, err := s.keyFor(ctx, r.patient())
	if err != nil {
		return "", err
	}
	token, err := vault.Seal(key, place(r.ClinicID, purposeNote, r.ID), note{why})
	return string(token), err
}
