package mail

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// state is where a letter stands.
type state string

const (
	queued state = "queued"
	sent   state = "sent"
	failed state = "failed"
)

// row is one letter as it is kept. Sealed is empty once it was erased.
type row struct {
	Clinic, ID uuid.UUID
	Kind       Kind
	Key        string
	Sealed     string
	State      state
	Attempts   int
	Trying     *time.Time
	Next       *time.Time
	Unknown    int
	Reason     Class
	Code       int
	Created    time.Time
}

const (
	insertLetter = `insert into mail_outbox (clinic_id, id, kind, business_key, sealed, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $6) on conflict (clinic_id, kind, business_key) do nothing`
	columns = `clinic_id, id, kind, business_key, coalesce(sealed, ''), state, attempts, trying_since, next_attempt_at,
		unknown_count, reason, code, created_at`
	lockLetter   = `select ` + columns + ` from mail_outbox where clinic_id = $1 and id = $2 for update`
	updateLetter = `update mail_outbox set sealed = nullif($3, ''), state = $4, attempts = $5, trying_since = $6,
		next_attempt_at = $7, unknown_count = $8, reason = $9, code = $10, updated_at = $11
		where clinic_id = $1 and id = $2`
	selectLatest = `select ` + columns + ` from mail_outbox where clinic_id = $1 order by created_at desc limit $2`
)

func (r *row) fields() []any {
	return []any{
		&r.Clinic, &r.ID, (*string)(&r.Kind), &r.Key, &r.Sealed, (*string)(&r.State), &r.Attempts, &r.Trying, &r.Next,
		&r.Unknown, (*string)(&r.Reason), &r.Code, &r.Created,
	}
}

// locked reads a letter and holds it; db.ErrNoRow when it was dropped.
func locked(t *db.Tx, clinic, id uuid.UUID) (row, error) {
	var r row
	err := t.One(r.fields(), lockLetter, clinic, id)
	return r, err
}

func (r *row) save(t *db.Tx, now time.Time) {
	t.Exec(updateLetter, r.Clinic, r.ID, r.Sealed, string(r.State), r.Attempts, r.Trying, r.Next,
		r.Unknown, string(r.Reason), r.Code, now)
}

func (o *Outbox) clinics(ctx context.Context) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := o.db.Read(actor.System(ctx, actor.Platform, system), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		}, `select id from clinics`)
		return nil
	})
	return ids, err
}
