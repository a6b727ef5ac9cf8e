package notice

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

// baseClinic owns the base notice: the platform.
var baseClinic = uuid.Nil

const columns = `clinic_id, id, kind, lang, status, coalesce(version, 0), is_active, summary, content, elements, parameters,
 body_hash, effective_from, published_at, published_by, revision, created_at, updated_at`

const (
	selectOne = `select ` + columns + ` from privacy_notices where clinic_id = $1 and id = $2`
	// selectForWrite keeps two publications of one clinic apart.
	selectForWrite = selectOne + ` for update`
	selectInForce  = `select ` + columns + ` from privacy_notices where clinic_id = $1 and kind = $2 and is_active`
	selectVersion  = `select ` + columns + ` from privacy_notices where clinic_id = $1 and kind = $2 and version = $3`
	selectPage     = `select ` + columns + ` from privacy_notices where clinic_id = $1
		and (created_at, id) < ($2, $3) order by created_at desc, id desc limit $4`

	insertNotice = `insert into privacy_notices (clinic_id, id, kind, lang, status, version, is_active, summary, content,
		elements, parameters, body_hash, effective_from, published_at, published_by, revision, created_at, updated_at)
		values ($1, $2, $3, $4, $5, nullif($6, 0), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`
	updateDraft = `update privacy_notices set summary = $4, content = $5, elements = $6, parameters = $7,
		revision = revision + 1, updated_at = $8
		where clinic_id = $1 and id = $2 and revision = $3 and status = 'draft'`
	publishDraft = `update privacy_notices set status = 'published', is_active = true, version = $3, content = $4,
		parameters = $5, body_hash = $6, effective_from = $7, published_at = $7, published_by = $8,
		revision = revision + 1, updated_at = $7 where clinic_id = $1 and id = $2 and status = 'draft'`
	supersede = `update privacy_notices set status = 'superseded', is_active = false, updated_at = $3
		where clinic_id = $1 and kind = $2 and is_active`
	highestVersion = `select coalesce(max(version), 0) from privacy_notices where clinic_id = $1 and kind = $2`
)

// row is a notice as the database gives it.
type row struct {
	n                      Notice
	elements, parameters   []byte
	effective, publishedAt *time.Time
	publishedBy            *uuid.UUID
}

func (r *row) dest() []any {
	n := &r.n
	return []any{
		&n.ClinicID, &n.ID, &n.Kind, &n.Lang, &n.Status, &n.Version, &n.InForce, &n.Summary, &n.Content,
		&r.elements, &r.parameters, &n.Hash, &r.effective, &r.publishedAt, &r.publishedBy,
		&n.Revision, &n.CreatedAt, &n.UpdatedAt,
	}
}

var errShape = errors.New("notice: the stored parts have another shape")

func (r *row) notice() (Notice, error) {
	n := r.n
	if json.Unmarshal(r.elements, &n.Elements) != nil || json.Unmarshal(r.parameters, &n.Parameters) != nil {
		return Notice{}, errShape
	}
	n.EffectiveFrom, n.PublishedAt = orZero(r.effective), orZero(r.publishedAt)
	if r.publishedBy != nil {
		n.PublishedBy = *r.publishedBy
	}
	if n.ClinicID != baseClinic && n.Status != Draft {
		n.Responsible = responsibleOf(n.Parameters)
	}
	return n, nil
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func idOrNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// asJSON cannot fail for elements and parameters, which hold texts only.
func asJSON(v any) []byte {
	raw, _ := json.Marshal(v)
	return raw
}

func insert(t *db.Tx, n Notice) {
	t.Exec(insertNotice, n.ClinicID, n.ID, n.Kind, n.Lang, n.Status, n.Version, n.InForce, n.Summary, n.Content,
		asJSON(n.Elements), asJSON(n.Parameters), n.Hash, orNull(n.EffectiveFrom), orNull(n.PublishedAt),
		idOrNull(n.PublishedBy), n.Revision, n.CreatedAt, n.UpdatedAt)
}

// one reads a single notice inside a transaction; db.ErrNoRow without one.
func one(t *db.Tx, sql string, args ...any) (Notice, error) {
	var r row
	if err := t.One(r.dest(), sql, args...); err != nil {
		return Notice{}, err
	}
	return r.notice()
}
