package vitals

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/live"
	"historias/internal/measures"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB       *db.DB
	Trail    *audit.Trail
	Clock    clock.Clock
	Live     *live.Hub
	Patients Patients
	People   People
}

// Service keeps readings.
type Service struct{ deps Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{deps: d} }

// Record keeps what somebody measured and gives it with what is worth asking
// again. Faults are errs.Invalid; an archived record is the rule
// patient.archived, a set without values vitals.empty.
func (s *Service) Record(ctx context.Context, patient uuid.UUID, e Entry) (Reading, []measures.Warning, error) {
	p, name, err := s.patient(ctx, patient)
	if err != nil {
		return Reading{}, nil, err
	}
	if p.Archived {
		return Reading{}, nil, errArchived
	}
	now := s.deps.Clock.Now()
	if e, err = e.check(p, now); err != nil {
		return Reading{}, nil, err
	}
	a := actor.Must(ctx)
	r := Reading{
		ID: vault.NewID(), PatientID: patient, MeasuredAt: e.MeasuredAt, TakenBy: a.UserID, Set: e.Set,
		States: e.Set.States(whoAt(p, e.MeasuredAt)), CreatedAt: now,
	}
	if r.TakenByName, err = name(a.UserID); err != nil {
		return Reading{}, nil, errs.Internal("vitals: name", err)
	}
	err = s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		insert(t, a.ClinicID, r, originRecord)
		s.announce(t, a.ClinicID, patient)
		return s.deps.Trail.Record(ctx, event(audit.VitalsRecorded, r.ID, patient))
	})
	return r, e.Set.Warnings(), errs.Internal("vitals: record", err)
}

// The origins of a row.
const (
	originRecord = "record"
	originNote   = "note"
)

func insert(t *db.Tx, clinic uuid.UUID, r Reading, origin string) {
	var note *uuid.UUID
	if r.ConsultationID != uuid.Nil {
		note = &r.ConsultationID
	}
	t.Exec(insertReading, append([]any{
		clinic, r.ID, r.PatientID, note, origin, r.MeasuredAt, r.TakenBy, r.CreatedAt,
	}, values(r.Set)...)...)
}

// patient reads whom the values are of, and how to name people.
func (s *Service) patient(ctx context.Context, id uuid.UUID) (Patient, func(uuid.UUID) (string, error), error) {
	var opened func() (Patient, error)
	var name func(uuid.UUID) (string, error)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		opened = s.deps.Patients.QueuePatient(ctx, q, id)
		name = s.deps.People.Names(ctx)
		return nil
	})
	if err != nil {
		return Patient{}, nil, errs.Internal("vitals: patient", db.Missing(err, "patient"))
	}
	p, err := opened()
	return p, name, err
}

func event(action audit.Action, id, patient uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: "vital_signs", SubjectID: id, PatientID: patient}
}

func (s *Service) announce(t *db.Tx, clinic, patient uuid.UUID) {
	s.deps.Live.Publish(t, live.Change{Clinic: clinic, Topic: live.Patient, PatientID: patient})
}

// open turns a row into a reading.
func open(r row, clinic uuid.UUID, p Patient, name func(uuid.UUID) (string, error)) (Reading, error) {
	out := Reading{
		ID: r.id, PatientID: r.patient, MeasuredAt: r.measuredAt.UTC(), TakenBy: r.takenBy, Set: r.set,
		States: r.set.States(whoAt(p, r.measuredAt)), CreatedAt: r.createdAt.UTC(),
	}
	if r.consultation != nil {
		out.ConsultationID = *r.consultation
	}
	var err error
	if out.TakenByName, err = name(r.takenBy); err != nil {
		return out, err
	}
	out.Void, err = openVoid(r, clinic, p.Key, name)
	return out, err
}

func openVoid(r row, clinic uuid.UUID, key vault.Key, name func(uuid.UUID) (string, error)) (*Void, error) {
	if r.voidedAt == nil || r.voidReason == nil || r.voidedBy == nil {
		return nil, nil
	}
	note, err := r.voidReason.Open(key, vault.Place{Clinic: clinic, Purpose: purposeVoid, Row: r.id})
	if err != nil {
		return nil, err
	}
	by, err := name(*r.voidedBy)
	return &Void{At: r.voidedAt.UTC(), By: *r.voidedBy, ByName: by, Reason: note.Reason}, err
}

// soon is later than any reading can be.
func (s *Service) soon() time.Time { return s.deps.Clock.Now().Add(24 * time.Hour) }
