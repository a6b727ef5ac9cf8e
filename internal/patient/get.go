package patient

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Get opens one record. Absent and another clinic's are the same answer,
// patient.not_found. The record moves to the front of the list.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Patient, error) {
	p, err := s.read(ctx, id)
	if err != nil {
		return Patient{}, err
	}
	if err := s.trail.Record(ctx, event(audit.PatientRead, id)); err != nil {
		return Patient{}, err
	}
	s.Seen(ctx, p)
	return p, nil
}

// read opens a record for a use case that keeps its own event.
func (s *Service) read(ctx context.Context, id uuid.UUID) (Patient, error) {
	var opened func() (Patient, error)
	err := s.db.Read(ctx, func(q *db.Reader) error {
		opened = s.QueuePatient(ctx, q, id)
		return nil
	})
	if err != nil {
		return Patient{}, errs.Internal("patient: read", db.Missing(err, "patient"))
	}
	return opened()
}

// QueuePatient queues the reading of one record, so that a page made of several
// subjects takes one round trip. The read fails with db.ErrNoRow where there is
// no such record. The function it gives opens the record once the read is done;
// the caller records the event.
func (s *Service) QueuePatient(ctx context.Context, q *db.Reader, id uuid.UUID) func() (Patient, error) {
	var r row
	clinic := actor.Clinic(ctx)
	q.One(r.targets(), selectRow, clinic, id)
	return func() (Patient, error) {
		today, err := s.today(ctx)
		if err != nil {
			return Patient{}, err
		}
		p, err := s.open(clinic, r, today)
		return p, errs.Internal("patient: open", err)
	}
}

// Seen notes that somebody looks at a record, at most once a minute. It costs the
// reader nothing: the time is written a moment later.
func (s *Service) Seen(ctx context.Context, p Patient) {
	now := s.clock.Now()
	if now.Sub(p.LastSeenAt) >= seenEvery {
		s.recency.note(look{clinic: actor.Clinic(ctx), patient: p.ID, at: now})
	}
}
