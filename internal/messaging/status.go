package messaging

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// target is the message that an item of a webhook is about.
type target struct {
	clinic  uuid.UUID
	message uuid.UUID
	at      time.Time
}

// statusTarget finds which message a status is about: by the data that we sent
// with it, else by what WhatsApp calls it.
func (s *Service) statusTarget(ctx context.Context, st whatsapp.Status) (target, bool, error) {
	if clinic, message, ours := parseCallback(st.CallbackData); ours {
		return target{clinic: clinic, message: message}, true, nil
	}
	found, err := s.byHandle(ctx, handleMessage, st.MessageID)
	if err != nil || len(found) == 0 {
		return target{}, false, err
	}
	return found[0], true, nil
}

// selectByHandle runs before the clinic is known: the policy «holder» shows the
// rows whose secret this is.
const selectByHandle = `select clinic_id, message_id, at from message_handles where token_hash = $1 order by at desc limit 50`

// byHandle finds messages before their clinic is known, newest first.
func (s *Service) byHandle(ctx context.Context, kind, value string) ([]target, error) {
	hash, err := s.handle(ctx, kind, value)
	if err != nil {
		return nil, err
	}
	var found []target
	err = s.db.Read(db.WithToken(ctx, hexOf(hash)), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var one target
			err := r.Scan(&one.clinic, &one.message, &one.at)
			found = append(found, one)
			return err
		}, selectByHandle, hash)
		return nil
	})
	return found, err
}

// applyStatus moves a message by one status.
func (s *Service) applyStatus(ctx context.Context, st whatsapp.Status) (Result, error) {
	state, speaks := whatsapp.StateOfStatus(st.Status)
	if !speaks {
		return ResultIgnored, nil
	}
	at, found, err := s.statusTarget(ctx, st)
	if err != nil || !found {
		return ResultParked, err
	}
	ctx = actor.System(ctx, at.clinic, system)
	result := ResultParked
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := read(t, lockOne, at.clinic, at.message)
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err == nil {
			result, err = s.advance(ctx, t, r, st, state)
		}
		return err
	})
	return result, err
}

const insertStatus = `insert into message_status_events (clinic_id, id, message_id, status, at, received_at, error_code)
 values ($1, $2, $3, $4, $5, $6, $7) on conflict (clinic_id, message_id, status) do nothing`

// advance keeps the status, each once, and moves the row when it leads forward.
func (s *Service) advance(ctx context.Context, t *db.Tx, r row, st whatsapp.Status, state State) (Result, error) {
	now := s.clock.Now()
	at, code := st.Timestamp, 0
	if at.IsZero() || at.After(now) {
		at = now
	}
	if len(st.Errors) > 0 {
		code = st.Errors[0].Code
	}
	n, err := t.Affected(insertStatus, r.ClinicID, vault.NewID(), r.ID, string(state), at, now, code)
	if err != nil || n == 0 {
		return ResultDuplicate, err
	}
	key, _, err := s.keyFor(ctx, r.patient())
	if err != nil {
		return "", err
	}
	if err := s.identify(ctx, t, &r, st, key); err != nil {
		return "", err
	}
	result := r.step(state, at, code)
	r.save(t, now)
	if err := s.moved(ctx, t, r, state, at); err != nil {
		return "", err
	}
	s.tell(t, r.ClinicID, r.patient())
	e := event(audit.MessageStatus, r.ID, r.patient())
	e.Reason = string(state)
	return result, s.deps.Trail.Record(ctx, e)
}

// step moves the row. A late status keeps its time and changes nothing else.
func (r *row) step(state State, at time.Time, code int) Result {
	r.mark(state, at)
	next, changed := whatsapp.Advance(r.State, state)
	if !changed {
		return ResultLate
	}
	r.State, r.Trying, r.Next = next, nil, nil
	switch next {
	case whatsapp.StateFailed:
		r.Code, r.Class = code, string(whatsapp.Classify(code).Class)
		r.NeedsCall = r.Kind.calls() && r.Resolved == Open
	case whatsapp.StateDelivered, whatsapp.StateRead:
		r.Code, r.Class, r.NeedsCall = 0, "", false
	default:
		r.Code, r.Class = 0, ""
	}
	return ResultApplied
}

// identify keeps what a status tells of the message and its recipient: what
// WhatsApp calls it, when our own call never got an answer, and the person's
// business-scoped id, which from then on stands for the telephone we wrote to.
func (s *Service) identify(ctx context.Context, t *db.Tx, r *row, st whatsapp.Status, key vault.Key) error {
	said, err := r.content(key)
	if err != nil {
		return err
	}
	name, err := r.called(key)
	if err != nil {
		return err
	}
	known := name
	if name.WAMID == "" {
		name.WAMID, name.WAID = st.MessageID, st.WAID
		if err := s.remember(ctx, t, r.ClinicID, r.ID, handleMessage, st.MessageID, r.Created); err != nil {
			return err
		}
	}
	if st.UserID != "" && r.UserHash == nil && sameNumber(said.Phone, st.WAID) {
		if r.UserHash, err = s.handle(ctx, handlePeer, st.UserID); err != nil {
			return err
		}
		name.UserID = st.UserID
		if err := s.remember(ctx, t, r.ClinicID, r.ID, handlePeer, st.UserID, r.Created); err != nil {
			return err
		}
	}
	if name == known {
		return nil
	}
	return r.call(key, name)
}

// sameNumber tells whether WhatsApp's name of a number is the one we wrote to.
// A status that names no number is about the message, hence about that number.
func sameNumber(phone, waID string) bool {
	if waID == "" {
		return true
	}
	given, err := mx.FromWAID(waID)
	return err == nil && given.String() == phone
}
