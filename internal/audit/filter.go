package audit

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
)

// Filter says which events a list shows; zero values leave a condition out.
type Filter struct {
	// PatientID finds events about the patient, and lists and searches that
	// showed the patient, once these are sealed.
	PatientID uuid.UUID
	ActorID   uuid.UUID
	Action    Action
	Outcome   Outcome
	// From is the first instant, To the one after the last.
	From, To time.Time
}

// Validate lists every fault of a filter at once (400).
func (f Filter) Validate() error {
	var faults []errs.Field
	if f.Action != "" && !f.Action.Known() {
		faults = append(faults, errs.Field{Field: "action", Code: "enum", Message: "Esta acción no existe."})
	}
	switch f.Outcome {
	case "", Success, Denied, Failure:
	default:
		faults = append(faults, errs.Field{Field: "outcome", Code: "enum", Message: "El resultado es success, denied o failure."})
	}
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		faults = append(faults, errs.Field{Field: "to", Code: "order", Message: "El final debe ser posterior al principio."})
	}
	return errs.Invalid(faults...)
}

// position is where a page of the list ended.
type position struct {
	At time.Time `json:"t"`
	ID uuid.UUID `json:"i"`
}

// query is a statement in the making with its arguments.
type query struct {
	text strings.Builder
	args []any
}

// arg adds an argument and gives its place.
func (q *query) arg(v any) string {
	q.args = append(q.args, v)
	return fmt.Sprintf("$%d", len(q.args))
}

const recordColumns = `e.id, e.at, e.txid, e.cluster, e.actor_kind, e.actor_id, e.role, e.action, e.subject_type,
 e.subject_id, e.patient_id, coalesce(cardinality(e.subjects), 0), e.outcome, e.reason, e.request_id, e.address`

// list builds the statement of one page, newest first. A patient's events come
// from two indexes, each read in order and only as far as the page reaches.
func (f Filter) list(clinic uuid.UUID, after *position, limit int) *query {
	q := &query{}
	home := q.arg(clinic)
	if f.PatientID == uuid.Nil {
		fmt.Fprintf(&q.text, `select %s from audit_events e where e.clinic_id = %s`, recordColumns, home)
		f.narrow(q, "e.at", "e.id", after)
		fmt.Fprintf(&q.text, ` order by e.at desc, e.id desc limit %d`, limit)
		return q
	}
	patient := q.arg(f.PatientID)
	fmt.Fprintf(&q.text, `select * from ((select %s from audit_events e where e.clinic_id = %s and e.patient_id = %s`,
		recordColumns, home, patient)
	f.narrow(q, "e.at", "e.id", after)
	fmt.Fprintf(&q.text, ` order by e.at desc, e.id desc limit %d) union all (select %s from audit_event_subjects s
 join audit_events e on e.clinic_id = s.clinic_id and e.at = s.at and e.id = s.event_id
 where s.clinic_id = %s and s.patient_id = %s and e.patient_id is distinct from %s`, limit, recordColumns, home, patient, patient)
	f.narrow(q, "s.at", "s.event_id", after)
	fmt.Fprintf(&q.text, ` order by s.at desc, s.event_id desc limit %d)) e order by at desc, id desc limit %d`, limit, limit)
	return q
}

// narrow adds the other conditions; at and id name the columns of the index.
func (f Filter) narrow(q *query, at, id string, after *position) {
	if f.ActorID != uuid.Nil {
		q.text.WriteString(` and e.actor_id = ` + q.arg(f.ActorID))
	}
	if f.Action != "" {
		q.text.WriteString(` and e.action = ` + q.arg(string(f.Action)))
	}
	if f.Outcome != "" {
		q.text.WriteString(` and e.outcome = ` + q.arg(string(f.Outcome)))
	}
	if !f.From.IsZero() {
		q.text.WriteString(` and ` + at + ` >= ` + q.arg(f.From))
	}
	if !f.To.IsZero() {
		q.text.WriteString(` and ` + at + ` < ` + q.arg(f.To))
	}
	if after != nil {
		fmt.Fprintf(&q.text, ` and (%s, %s) < (%s, %s)`, at, id, q.arg(after.At), q.arg(after.ID))
	}
}
