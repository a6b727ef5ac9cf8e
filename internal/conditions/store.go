package conditions

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

// row is one row of conditions as it is stored.
type row struct {
	head   Head
	sealed string
}

const rowColumns = `id, patient_id, status, version, created_at, created_by, updated_at, sealed`

func (r *row) targets() []any {
	h := &r.head
	return []any{&h.ID, &h.PatientID, &h.Status, &h.Version, &h.CreatedAt, &h.RecordedBy, &h.UpdatedAt, &r.sealed}
}

func gather(into *[]row) func(db.Row) error {
	return func(from db.Row) error {
		var r row
		err := from.Scan(r.targets()...)
		*into = append(*into, r)
		return err
	}
}

const (
	insertCondition = `insert into conditions (clinic_id, id, patient_id, kind, status, same, sealed, created_at, created_by, updated_at)
 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)`

	updateCondition = `update conditions set status = $4, same = $5, sealed = $6, version = version + 1, updated_at = $7
 where clinic_id = $1 and id = $2 and version = $3`

	insertVersion = `insert into condition_versions (clinic_id, condition_id, version, id, at, by, status, sealed)
 values ($1, $2, $3, $4, $5, $6, $7, $8)`

	selectOne = `select ` + rowColumns + ` from conditions where clinic_id = $1 and id = $2 and patient_id = $3 and kind = $4`

	selectSame = `select id from conditions where clinic_id = $1 and patient_id = $2 and kind = $3 and same = $4 and status = 'active'`

	// The statuses are in the order in which they are shown.
	selectAll = `select ` + rowColumns + ` from conditions where clinic_id = $1 and patient_id = $2 and kind = $3
 order by array_position(array['active', 'resolved', 'inactive', 'error'], status), created_at, id limit $4`

	selectActive = `select ` + rowColumns + ` from conditions where clinic_id = $1 and patient_id = $2 and kind = $3
 and status = 'active' order by created_at, id limit $4`

	selectDenial = `select at, by from allergy_denials where clinic_id = $1 and patient_id = $2
 and at > coalesce((select max(created_at) from conditions where clinic_id = $1 and patient_id = $2 and kind = 'allergy'), '-infinity')
 order by at desc limit 1`

	insertDenial = `insert into allergy_denials (clinic_id, id, patient_id, at, by)
 select $1, $2, $3, $4, $5 where not exists (select from conditions
 where clinic_id = $1 and patient_id = $3 and kind = 'allergy' and status = 'active')`
)

// most bounds a list that a person reads whole.
const most = 500

// denial is the answer that counts, as it is stored.
type denial struct {
	found bool
	at    time.Time
	by    uuid.UUID
}

func queueDenial(ctx context.Context, q *db.Reader, patient uuid.UUID) *denial {
	d := &denial{}
	q.Maybe(&d.found, []any{&d.at, &d.by}, selectDenial, actor.Clinic(ctx), patient)
	return d
}

// open opens rows of one kind, naming who recorded them.
func open[T any](k kind, rows []row, clinic uuid.UUID, key vault.Key, name func(uuid.UUID) (string, error)) ([]Entry[T], error) {
	out := make([]Entry[T], 0, len(rows))
	for _, r := range rows {
		data, err := vault.Sealed[T](r.sealed).Open(key, vault.Place{Clinic: clinic, Purpose: k.purpose, Row: r.head.ID})
		if err != nil {
			return nil, err
		}
		e := Entry[T]{Head: r.head, Data: data}
		e.CreatedAt, e.UpdatedAt = e.CreatedAt.UTC(), e.UpdatedAt.UTC()
		if e.RecordedByName, err = name(e.RecordedBy); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// queueChange queues a condition at its version, new or changed, and keeps the
// state in the history.
func queueChange[T any](t *db.Tx, k kind, clinic, by uuid.UUID, key vault.Key, e Entry[T], identity string, stale error) error {
	sealed, err := vault.Seal(key, vault.Place{Clinic: clinic, Purpose: k.purpose, Row: e.ID}, e.Data)
	if err != nil {
		return err
	}
	id := vault.NewID()
	past, err := vault.Seal(key, vault.Place{Clinic: clinic, Purpose: purposeVersion, Row: id}, e.Data)
	if err != nil {
		return err
	}
	same := key.MAC(indexSame, identity)
	if e.Version == 1 {
		t.Exec(insertCondition, clinic, e.ID, e.PatientID, k.name, e.Status, same, sealed, e.CreatedAt, by)
	} else {
		t.ExecOne(stale, updateCondition, clinic, e.ID, e.Version-1, e.Status, same, sealed, e.UpdatedAt)
	}
	t.Exec(insertVersion, clinic, e.ID, e.Version, id, e.UpdatedAt, by, e.Status, past)
	return nil
}
