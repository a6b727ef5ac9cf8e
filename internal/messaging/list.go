package messaging

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
)

// Filter narrows a list; its zero value is everything.
type Filter struct {
	PatientID uuid.UUID
	State     State
	NeedsCall bool
}

type position struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

// List gives the clinic's messages, newest first, and records whose were shown.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.List[Message], error) {
	if err := s.patientExists(ctx, f.PatientID); err != nil {
		return page.List[Message]{}, err
	}
	from := position{At: s.clock.Now().AddDate(1, 0, 0)}
	if err := page.Decode(p.Cursor, &from); err != nil {
		return page.List[Message]{}, err
	}
	sql, args := f.query(actor.Clinic(ctx), from, p.Size()+1)
	var rows []row
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var one row
			err := r.Scan(one.dest()...)
			rows = append(rows, one)
			return err
		}, sql, args...)
		return nil
	})
	if err != nil {
		return page.List[Message]{}, err
	}
	cut := page.Cut(rows, p.Size(), func(r row) any { return position{r.Created, r.ID} })
	messages, shown, err := s.open(ctx, cut.Items)
	if err != nil {
		return page.List[Message]{}, err
	}
	err = s.deps.Trail.Record(ctx, audit.Event{
		Action: audit.MessageListed, SubjectType: "message", PatientID: f.PatientID, Subjects: shown,
	})
	return page.List[Message]{Items: messages, NextCursor: cut.NextCursor}, err
}

// CallsWaiting counts the messages that ask for a telephone call. It names
// nobody, so it leaves no event: the number stands in the menu of every page.
func (s *Service) CallsWaiting(ctx context.Context) (int, error) {
	var waiting int
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&waiting}, `select count(*) from messages where clinic_id = $1 and needs_call`, actor.Clinic(ctx))
		return nil
	})
	return waiting, err
}

func (s *Service) patientExists(ctx context.Context, patient uuid.UUID) error {
	if patient == uuid.Nil {
		return nil
	}
	_, _, err := s.keyFor(ctx, patient)
	return err
}

// query writes the list's statement. Only comparisons that reach an index under
// row-level security stand in it.
func (f Filter) query(clinic uuid.UUID, from position, limit int) (string, []any) {
	args := []any{clinic, from.At, from.ID}
	where := []string{"clinic_id = $1", "(created_at, id) < ($2, $3)"}
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if f.PatientID != uuid.Nil {
		add("patient_id = $%d", f.PatientID)
	}
	if f.State != "" {
		add("state = $%d", f.State)
	}
	if f.NeedsCall {
		where = append(where, "needs_call")
	}
	args = append(args, limit)
	return fmt.Sprintf("select %s from messages where %s order by created_at desc, id desc limit $%d",
		columns, strings.Join(where, " and "), len(args)), args
}

// open opens rows with the keys of their patients, and lists the patients.
func (s *Service) open(ctx context.Context, rows []row) ([]Message, []uuid.UUID, error) {
	var ids []uuid.UUID
	seen := map[uuid.UUID]bool{uuid.Nil: true}
	for _, r := range rows {
		if id := r.patient(); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	people, err := s.deps.Patients.People(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	// What belongs to no patient is under the clinic's key.
	clinicKey, _, err := s.keyFor(ctx, uuid.Nil)
	if err != nil {
		return nil, nil, err
	}
	people[uuid.Nil] = Person{DataKey: clinicKey}
	messages := make([]Message, 0, len(rows))
	for _, r := range rows {
		who := people[r.patient()]
		m, err := r.message(who.DataKey, who)
		if err != nil {
			return nil, nil, errs.Internal("messaging: open", err)
		}
		messages = append(messages, m)
	}
	return messages, ids, nil
}

// Get gives one message and records that it was seen; errs.NotFound("message")
// otherwise.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Message, error) {
	m, err := s.reread(ctx, id)
	if err != nil {
		return m, err
	}
	e := event(audit.MessageListed, id, m.PatientID)
	return m, s.deps.Trail.Record(ctx, e)
}

func (s *Service) reread(ctx context.Context, id uuid.UUID) (Message, error) {
	var r row
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One(r.dest(), selectOne, actor.Clinic(ctx), id)
		return nil
	})
	if err != nil {
		return Message{}, db.Missing(err, "message")
	}
	opened, _, err := s.open(ctx, []row{r})
	if err != nil {
		return Message{}, err
	}
	return opened[0], nil
}
