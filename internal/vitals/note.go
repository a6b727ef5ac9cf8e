package vitals

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/measures"
	"historias/internal/vault"
)

// adoptWithin is how old a reading may be to become part of a note that opens:
// that of the nurse before the visit, not last week's.
const adoptWithin = 12 * time.Hour

// Adopt queues that the newest free reading of the last hours becomes part of a
// note that opens. Without one nothing happens.
func (s *Service) Adopt(ctx context.Context, t *db.Tx, patient, consultation uuid.UUID) error {
	t.Exec(adoptReading, actor.Clinic(ctx), patient, consultation, s.deps.Clock.Now().Add(-adoptWithin))
	return nil
}

// QueueOf queues the values of a note. The function it gives is called after the
// read; without values the set is empty and the rest zero.
func (s *Service) QueueOf(ctx context.Context, q *db.Reader, consultation uuid.UUID) func() (measures.Set, time.Time, uuid.UUID) {
	var r row
	var found bool
	q.Maybe(&found, r.targets(), selectOfNote, actor.Clinic(ctx), consultation)
	return func() (measures.Set, time.Time, uuid.UUID) {
		if !found {
			return measures.Set{}, time.Time{}, uuid.Nil
		}
		return r.set, r.measuredAt.UTC(), r.takenBy
	}
}

// Hold gives the values of a note inside a transaction and keeps them until it
// ends: who voids or changes them waits, and finds the note signed.
func (s *Service) Hold(ctx context.Context, t *db.Tx, consultation uuid.UUID) (measures.Set, time.Time, uuid.UUID, error) {
	var rows []row
	err := t.All(gather(&rows), selectOfNote+` for share`, actor.Clinic(ctx), consultation)
	if err != nil || len(rows) == 0 {
		return measures.Set{}, time.Time{}, uuid.Nil, errs.Internal("vitals: hold", err)
	}
	return rows[0].set, rows[0].measuredAt.UTC(), rows[0].takenBy, nil
}

// Keep makes a set the values of a draft. What somebody else measured before is
// not overwritten: a reading that the draft adopted is replaced by a new one and
// stays; emptied, it is given back. Values that only the draft had are changed in
// place, and taken out when the set is empty. The caller has validated the set.
func (s *Service) Keep(ctx context.Context, t *db.Tx, patient, consultation uuid.UUID, set measures.Set) error {
	current, found, err := s.ofNote(ctx, t, consultation)
	if err != nil {
		return errs.Internal("vitals: keep", err)
	}
	if found && current.set.Equal(set) || !found && set.Empty() {
		return nil
	}
	a, now := actor.Must(ctx), s.deps.Clock.Now()
	next := Reading{
		ID: vault.NewID(), PatientID: patient, ConsultationID: consultation, MeasuredAt: now,
		TakenBy: a.UserID, Set: set, CreatedAt: now,
	}
	switch {
	case !found:
		insert(t, a.ClinicID, next, originNote)
	case current.origin == originRecord && set.Empty():
		t.Exec(releaseReading, a.ClinicID, current.id)
	case current.origin == originRecord:
		next.MeasuredAt = current.measuredAt
		t.Exec(supersedeReading, a.ClinicID, current.id, now, a.UserID, next.ID)
		insert(t, a.ClinicID, next, originNote)
	case set.Empty():
		t.Exec(withdrawReading, a.ClinicID, current.id, now, a.UserID)
	default:
		t.Exec(changeReading, append([]any{a.ClinicID, current.id}, values(set)...)...)
	}
	s.announce(t, a.ClinicID, patient)
	return nil
}

func (s *Service) ofNote(ctx context.Context, t *db.Tx, consultation uuid.UUID) (r row, found bool, err error) {
	var rows []row
	err = t.All(gather(&rows), selectOfNote, actor.Clinic(ctx), consultation)
	if len(rows) == 0 {
		return row{}, false, err
	}
	return rows[0], true, err
}

const (
	shortestReason = 3
	longestReason  = 500
)

// cleanReason gives a reason as it is kept.
func cleanReason(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch n := utf8.RuneCountInString(text); {
	case n < shortestReason:
		return "", errs.Invalid(errs.Field{Field: "reason", Code: "required", Message: "Escriba el motivo."})
	case n > longestReason:
		return "", errs.Invalid(errs.Field{Field: "reason", Code: "too_long", Message: "Admite hasta 500 caracteres."})
	}
	return text, nil
}
