package consent

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

const (
	eventColumns = `id, clinic_id, patient_id, request_id, message_id, seq, type, purposes, at, recorded_at, channel,
		notice_id, coalesce(notice_version, 0), notice_hash, evidence, prev_hash, hash`
	selectChain = `select ` + eventColumns + ` from consent_events where clinic_id = $1 and patient_id = $2 order by seq`
	selectHead  = `select seq, hash from consent_heads where clinic_id = $1 and patient_id = $2`

	requestColumns = `clinic_id, id, patient_id, channel, purposes, notice_id, notice_version, notice_hash, phone_hash,
		status, expires_at`
	selectRequest    = `select ` + requestColumns + ` from consent_requests where clinic_id = $1 and id = $2`
	lockRequest      = selectRequest + ` for update`
	lockOpenRequests = `select ` + requestColumns + ` from consent_requests
		where clinic_id = $1 and patient_id = $2 and status = 'open' order by id for update`
	// selectByToken runs before the clinic is known: the policy «holder» shows
	// the row whose secret this is.
	selectByToken = `select clinic_id, id from consent_requests where token_hash = $1`
	insertRequest = `insert into consent_requests (clinic_id, id, patient_id, channel, purposes, notice_id, notice_version,
		notice_hash, token_hash, phone_hash, status, created_at, created_by, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13)`
	closeRequest = `update consent_requests set status = $3, closed_at = $4
		where clinic_id = $1 and id = $2 and status = 'open'`
)

type eventRow struct {
	e                        Event
	request, message, notice *uuid.UUID
	purposes                 []string
}

func (r *eventRow) dest() []any {
	e := &r.e
	return []any{
		&e.ID, &e.ClinicID, &e.PatientID, &r.request, &r.message, &e.Seq, &e.Type, &r.purposes, &e.At, &e.RecordedAt,
		&e.Channel, &r.notice, &e.Notice.Version, &e.Notice.Hash, &e.sealed, &e.Prev, &e.Hash,
	}
}

func (r *eventRow) event() Event {
	r.e.RequestID, r.e.MessageID, r.e.Notice.ID = orZero(r.request), orZero(r.message), orZero(r.notice)
	r.e.Purposes = purposesOf(r.purposes)
	r.e.At, r.e.RecordedAt = r.e.At.UTC(), r.e.RecordedAt.UTC()
	return r.e
}

func gatherEvents(into *[]Event) func(db.Row) error {
	return func(from db.Row) error {
		var r eventRow
		err := from.Scan(r.dest()...)
		*into = append(*into, r.event())
		return err
	}
}

// chain reads a patient's events in their order, evidence still sealed.
func (s *Service) chain(t *db.Tx, clinic, patient uuid.UUID) ([]Event, error) {
	var chain []Event
	err := t.All(gatherEvents(&chain), selectChain, clinic, patient)
	return chain, err
}

// request is one question.
type request struct {
	ClinicID  uuid.UUID
	ID        uuid.UUID
	PatientID uuid.UUID
	Channel   Channel
	Purposes  []Purpose
	Notice    NoticeRef
	PhoneHash []byte
	Status    string
	ExpiresAt time.Time
}

// The states of a question.
const (
	requestOpen       = "open"
	requestAccepted   = "accepted"
	requestSuperseded = "superseded"
	requestWithdrawn  = "withdrawn"
	requestExpired    = "expired"
)

func (r *request) scan(from db.Row) error {
	var purposes []string
	err := from.Scan(&r.ClinicID, &r.ID, &r.PatientID, &r.Channel, &purposes, &r.Notice.ID, &r.Notice.Version,
		&r.Notice.Hash, &r.PhoneHash, &r.Status, &r.ExpiresAt)
	r.Purposes = purposesOf(purposes)
	return err
}

// oneRequest reads a question inside a transaction; db.ErrNoRow without one.
func oneRequest(t *db.Tx, sql string, clinic, id uuid.UUID) (request, error) {
	var found []request
	err := t.All(func(from db.Row) error {
		var r request
		err := r.scan(from)
		found = append(found, r)
		return err
	}, sql, clinic, id)
	if err == nil && len(found) == 0 {
		err = db.ErrNoRow
	}
	if err != nil {
		return request{}, err
	}
	return found[0], nil
}

// openRequests reads and holds the questions of a patient that wait for an
// answer.
func openRequests(t *db.Tx, clinic, patient uuid.UUID) ([]request, error) {
	var found []request
	err := t.All(func(from db.Row) error {
		var r request
		err := r.scan(from)
		found = append(found, r)
		return err
	}, lockOpenRequests, clinic, patient)
	return found, err
}

func texts(all []Purpose) []string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = string(p)
	}
	return out
}

func purposesOf(all []string) []Purpose {
	out := make([]Purpose, len(all))
	for i, p := range all {
		out[i] = Purpose(p)
	}
	return out
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func orZero(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}
