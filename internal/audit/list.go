package audit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/page"
)

// Record is an event as a reader of the trail sees it. Ids are nil where the
// event has none.
type Record struct {
	ID          uuid.UUID
	At          time.Time
	ActorKind   actor.Kind
	ActorID     uuid.UUID
	Role        string // of a person her role, of the system its name
	Action      Action
	SubjectType string
	SubjectID   uuid.UUID
	PatientID   uuid.UUID
	// Shown counts the patients that a list or search showed.
	Shown     int
	Outcome   Outcome
	Reason    string
	RequestID string
	Address   string

	txid, cluster int64
}

func readRecord(r db.Row) (Record, error) {
	var e Record
	var who, subject, patient *uuid.UUID
	err := r.Scan(&e.ID, &e.At, &e.txid, &e.cluster, (*string)(&e.ActorKind), &who, &e.Role, (*string)(&e.Action),
		&e.SubjectType, &subject, &patient, &e.Shown, (*string)(&e.Outcome), &e.Reason, &e.RequestID, &e.Address)
	e.ActorID, e.SubjectID, e.PatientID = orNil(who), orNil(subject), orNil(patient)
	e.At = e.At.UTC()
	return e, err
}

func orNil(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// List gives a page of the clinic's events, newest first, and records that they
// were read, with the patients they name. Faults of the filter are 400 with
// fields; a foreign cursor is page.ErrCursor.
func (t *Trail) List(ctx context.Context, f Filter, p page.Request) (page.List[Record], error) {
	if err := f.Validate(); err != nil {
		return page.List[Record]{}, err
	}
	var after *position
	if p.Cursor != "" {
		after = &position{}
		if err := page.Decode(p.Cursor, after); err != nil {
			return page.List[Record]{}, err
		}
	}
	var rows []Record
	err := t.db.Read(ctx, func(q *db.Reader) error {
		stmt := f.list(actor.Clinic(ctx), after, p.Size()+1)
		q.All(func(r db.Row) error {
			e, err := readRecord(r)
			rows = append(rows, e)
			return err
		}, stmt.text.String(), stmt.args...)
		return nil
	})
	if err != nil {
		return page.List[Record]{}, fmt.Errorf("audit: list: %w", err)
	}
	list := page.Cut(rows, p.Size(), func(e Record) any { return position{e.At, e.ID} })
	err = t.Record(ctx, Event{Action: AuditRead, PatientID: f.PatientID, Subjects: patientsOf(list.Items, f.PatientID)})
	return list, err
}

// patientsOf gives the patients that a page names, except one named otherwise.
func patientsOf(items []Record, except uuid.UUID) []uuid.UUID {
	var out []uuid.UUID
	for _, e := range items {
		if e.PatientID != uuid.Nil && e.PatientID != except && !slices.Contains(out, e.PatientID) {
			out = append(out, e.PatientID)
		}
	}
	return out
}
