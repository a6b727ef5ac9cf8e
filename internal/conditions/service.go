package conditions

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/live"
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
	Catalog  Catalog
}

// Service keeps conditions.
type Service struct{ deps Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{deps: d} }

// scene is a patient with what was read beside her.
type scene struct {
	patient Patient
	name    func(uuid.UUID) (string, error)
}

// read reads a patient, and whatever also queues, in one round trip.
func (s *Service) read(ctx context.Context, patient uuid.UUID, also func(q *db.Reader)) (scene, error) {
	var opened func() (Patient, error)
	var sc scene
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		opened = s.deps.Patients.QueuePatient(ctx, q, patient)
		sc.name = s.deps.People.Names(ctx)
		also(q)
		return nil
	})
	if err != nil {
		return sc, errs.Internal("conditions: read", db.Missing(err, "patient"))
	}
	sc.patient, err = opened()
	return sc, err
}

// list reads the conditions of one kind.
func list[T any](ctx context.Context, s *Service, k kind, patient uuid.UUID, also func(q *db.Reader)) ([]Entry[T], scene, error) {
	var rows []row
	sc, err := s.read(ctx, patient, func(q *db.Reader) {
		q.All(gather(&rows), selectAll, actor.Clinic(ctx), patient, k.name, most)
		also(q)
	})
	if err != nil {
		return nil, sc, err
	}
	items, err := open[T](k, rows, actor.Clinic(ctx), sc.patient.Key, sc.name)
	if err != nil {
		return nil, sc, errs.Internal("conditions: open", err)
	}
	return items, sc, s.deps.Trail.Record(ctx, event(k, k.listed, uuid.Nil, patient))
}

// one reads one condition.
func one[T any](ctx context.Context, s *Service, k kind, patient, id uuid.UUID) (Entry[T], scene, error) {
	var rows []row
	sc, err := s.read(ctx, patient, func(q *db.Reader) {
		q.All(gather(&rows), selectOne, actor.Clinic(ctx), id, patient, k.name)
	})
	if err != nil {
		return Entry[T]{}, sc, err
	}
	if len(rows) == 0 {
		return Entry[T]{}, sc, k.missing
	}
	items, err := open[T](k, rows, actor.Clinic(ctx), sc.patient.Key, sc.name)
	if err != nil {
		return Entry[T]{}, sc, errs.Internal("conditions: open", err)
	}
	return items[0], sc, nil
}

// writable reads a patient whose record may be changed.
func (s *Service) writable(ctx context.Context, patient uuid.UUID) (scene, error) {
	sc, err := s.read(ctx, patient, func(*db.Reader) {})
	if err == nil && sc.patient.Archived {
		err = errArchived
	}
	return sc, err
}

// add keeps a new condition.
func add[T any](ctx context.Context, s *Service, k kind, sc scene, data T, status Status, identity string) (Entry[T], error) {
	a, now := actor.Must(ctx), s.deps.Clock.Now()
	e := Entry[T]{Data: data, Head: Head{
		ID: vault.NewID(), PatientID: sc.patient.ID, Status: status, Version: 1,
		CreatedAt: now, RecordedBy: a.UserID, UpdatedAt: now,
	}}
	var err error
	if e.RecordedByName, err = sc.name(a.UserID); err != nil {
		return e, errs.Internal("conditions: name", err)
	}
	return e, write(ctx, s, k, sc, e, identity, k.created)
}

// change keeps the next version of a condition.
func change[T any](ctx context.Context, s *Service, k kind, sc scene, e Entry[T], identity string) (Entry[T], error) {
	e.Version, e.UpdatedAt = e.Version+1, s.deps.Clock.Now()
	return e, write(ctx, s, k, sc, e, identity, k.updated)
}

func write[T any](ctx context.Context, s *Service, k kind, sc scene, e Entry[T], identity string, action audit.Action) error {
	a := actor.Must(ctx)
	err := s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		err := queueChange(t, k, a.ClinicID, a.UserID, sc.patient.Key, e, identity, k.stale)
		if err != nil {
			return errs.Internal("conditions: seal", err)
		}
		s.announce(t, a.ClinicID, e.PatientID)
		if err = s.deps.Trail.Record(ctx, event(k, action, e.ID, e.PatientID)); err != nil {
			return err
		}
		// Sent now, because a request that may be repeated commits later.
		return t.Flush()
	})
	if db.Violates(err, "conditions_once") {
		return s.duplicate(ctx, k, sc, identity)
	}
	return errs.Internal("conditions: write", err)
}

// duplicate refuses a condition that is listed already and says which one it is.
func (s *Service) duplicate(ctx context.Context, k kind, sc scene, identity string) error {
	var id uuid.UUID
	var found bool
	// The transaction that met it is broken, so another one looks.
	err := s.deps.DB.Read(db.Apart(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&id}, selectSame, actor.Clinic(ctx), sc.patient.ID, k.name, sc.patient.Key.MAC(indexSame, identity))
		return nil
	})
	if err != nil {
		return errs.Internal("conditions: duplicate", err)
	}
	refusal := *k.duplicate
	if found {
		refusal.Existing = id.String()
	}
	return &refusal
}

func event(k kind, action audit.Action, id, patient uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: k.name, SubjectID: id, PatientID: patient}
}

func (s *Service) announce(t *db.Tx, clinic, patient uuid.UUID) {
	s.deps.Live.Publish(t, live.Change{Clinic: clinic, Topic: live.Patient, PatientID: patient})
}
