package messaging

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

const columns = `clinic_id, id, patient_id, direction, kind, sender, template, purpose, subject_id, retry_of, state,
 sealed, coalesce(receipt, ''), user_hash, error_code, error_class, attempts, trying_since, next_attempt_at, needs_call,
 resolution, coalesce(resolution_note, ''), resolved_at, resolved_by, version, created_at, submitted_at, sent_at,
 delivered_at, read_at, failed_at`

const (
	selectOne  = `select ` + columns + ` from messages where clinic_id = $1 and id = $2`
	lockOne    = selectOne + ` for update`
	insertMany = `insert into messages (clinic_id, id, patient_id, direction, kind, sender, template, purpose, subject_id,
		business_key, retry_of, state, sealed, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
		on conflict (clinic_id, business_key) do nothing`
	insertHandle = `insert into message_handles (clinic_id, token_hash, message_id, kind, at)
		values ($1, $2, $3, $4, $5) on conflict do nothing`
	// saveOne writes everything of a row that moves.
	saveOne = `update messages set state = $3, receipt = nullif($4, ''), user_hash = $5, error_code = $6, error_class = $7,
		trying_since = $8, next_attempt_at = $9, needs_call = $10, submitted_at = $11, sent_at = $12, delivered_at = $13,
		read_at = $14, failed_at = $15, attempts = $16, version = version + 1, updated_at = $17
		where clinic_id = $1 and id = $2`
)

// row is a message as the database gives it.
type row struct {
	ClinicID  uuid.UUID
	ID        uuid.UUID
	Patient   *uuid.UUID
	Direction Direction
	Kind      Kind
	Sender    senderName
	Template  string
	Purpose   string
	Subject   *uuid.UUID
	RetryOf   *uuid.UUID
	State     State
	Sealed    string
	Receipt   string
	UserHash  []byte
	Code      int
	Class     string
	Attempts  int
	Trying    *time.Time
	Next      *time.Time
	NeedsCall bool
	Resolved  Resolution
	Note      string
	At        *time.Time // resolved
	By        *uuid.UUID
	Version   int64
	Created   time.Time
	Submitted *time.Time
	Sent      *time.Time
	Delivered *time.Time
	Read      *time.Time
	Failed    *time.Time
}

func (r *row) dest() []any {
	return []any{
		&r.ClinicID, &r.ID, &r.Patient, &r.Direction, &r.Kind, &r.Sender, &r.Template, &r.Purpose, &r.Subject, &r.RetryOf,
		&r.State, &r.Sealed, &r.Receipt, &r.UserHash, &r.Code, &r.Class, &r.Attempts, &r.Trying, &r.Next, &r.NeedsCall,
		&r.Resolved, &r.Note, &r.At, &r.By, &r.Version, &r.Created, &r.Submitted, &r.Sent, &r.Delivered, &r.Read, &r.Failed,
	}
}

// read gives one row inside a transaction; db.ErrNoRow without one.
func read(t *db.Tx, sql string, clinic, id uuid.UUID) (row, error) {
	var r row
	err := t.One(r.dest(), sql, clinic, id)
	return r, err
}

// save queues what moved.
func (r *row) save(t *db.Tx, now time.Time) {
	t.Exec(saveOne, r.ClinicID, r.ID, r.State, r.Receipt, r.UserHash, r.Code, r.Class, r.Trying, r.Next, r.NeedsCall,
		r.Submitted, r.Sent, r.Delivered, r.Read, r.Failed, r.Attempts, now)
}

func (r *row) content(key vault.Key) (content, error) {
	return vault.Sealed[content](r.Sealed).Open(key, place(r.ClinicID, purposeContent, r.ID))
}

// called gives what WhatsApp calls the message; empty while nobody knows.
func (r *row) called(key vault.Key) (receipt, error) {
	if r.Receipt == "" {
		return receipt{}, nil
	}
	return vault.Sealed[receipt](r.Receipt).Open(key, place(r.ClinicID, purposeReceipt, r.ID))
}

// call keeps what WhatsApp calls the message.
func (r *row) call(key vault.Key, what receipt) error {
	token, err := vault.Seal(key, place(r.ClinicID, purposeReceipt, r.ID), what)
	r.Receipt = string(token)
	return err
}

func (r *row) patient() uuid.UUID { return orZero(r.Patient) }

// mark keeps when a state was reached first.
func (r *row) mark(state State, at time.Time) {
	for _, m := range []struct {
		state State
		field **time.Time
	}{
		{whatsapp.StateSubmitted, &r.Submitted},
		{whatsapp.StateSent, &r.Sent},
		{whatsapp.StateDelivered, &r.Delivered},
		{whatsapp.StateRead, &r.Read},
		{whatsapp.StateFailed, &r.Failed},
	} {
		if m.state == state && *m.field == nil {
			*m.field = &at
		}
	}
}

// message opens a row.
func (r *row) message(key vault.Key, who Person) (Message, error) {
	m := Message{
		ID: r.ID, ClinicID: r.ClinicID, PatientID: r.patient(), Patient: who, Direction: r.Direction, Kind: r.Kind,
		Template: r.Template, SubjectID: orZero(r.Subject), RetryOf: orZero(r.RetryOf), State: r.State,
		ErrorCode: r.Code, ErrorClass: r.Class, Reason: reason(r.Code, r.Class), Attempts: r.Attempts,
		NextAttemptAt: orZero(r.Next), NeedsCall: r.NeedsCall, Resolution: r.Resolved, ResolvedAt: orZero(r.At),
		ResolvedBy: orZero(r.By), Version: r.Version, CreatedAt: r.Created, SubmittedAt: orZero(r.Submitted),
		SentAt: orZero(r.Sent), DeliveredAt: orZero(r.Delivered), ReadAt: orZero(r.Read), FailedAt: orZero(r.Failed),
	}
	said, err := r.content(key)
	if err != nil {
		return m, err
	}
	name, err := r.called(key)
	if err != nil {
		return m, err
	}
	m.Phone, m.Text, m.Button, m.WAMID = said.Phone, said.Text, said.Button, name.WAMID+said.WAMID
	if r.Note != "" {
		var why note
		why, err = vault.Sealed[note](r.Note).Open(key, place(r.ClinicID, purposeNote, r.ID))
		m.ResolutionNote = why.Text
	}
	return m, err
}

func orZero[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

func idOrNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
