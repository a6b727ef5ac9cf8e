package prescription

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
	"historias/internal/mx"
	"historias/internal/signature"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB         *db.DB
	Trail      *audit.Trail
	Clock      clock.Clock
	Live       *live.Hub
	Signer     *signature.Signer
	Patients   Patients
	Visits     Visits
	People     People
	Heads      Heads
	Catalog    Catalog
	Allergies  Allergies
	Weights    Weights
	Documents  Documents
	Files      Files
	Favourites Favourites
}

// Service is the use cases of prescriptions, each in a file of its name.
type Service struct{ deps Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{deps: d} }

// subjectType is what events, signatures and documents call a prescription.
const subjectType = "prescription"

func event(action audit.Action, p Prescription) audit.Event {
	return audit.Event{Action: action, SubjectType: subjectType, SubjectID: p.ID, PatientID: p.PatientID}
}

// stale refuses an act on a version that is no longer current and leaves an event,
// which stays when the transaction around a repeatable request is rolled back.
func (s *Service) stale(ctx context.Context, action audit.Action, p Prescription) error {
	e := event(action, p)
	e.Outcome, e.Reason = audit.Failure, "stale"
	if err := s.deps.Trail.Record(db.Apart(ctx), e); err != nil {
		return err
	}
	return errs.Stale("prescription")
}

// held is a prescription with what is needed to act on it.
type held struct {
	Prescription
	content Content
	subject Subject
}

// load opens a prescription of the clinic; errs.NotFound("prescription") otherwise.
func (s *Service) load(ctx context.Context, id uuid.UUID) (held, error) {
	var r row
	clinic := actor.Clinic(ctx)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		q.One(r.dest(), selectOne, clinic, id)
		return nil
	})
	if err != nil {
		return held{}, errs.Internal("prescription: read", db.Missing(err, "prescription"))
	}
	subject, err := s.deps.Patients.Subject(ctx, r.patient)
	if err != nil {
		return held{}, err
	}
	p, content, err := r.open(clinic, subject.DataKey)
	return held{Prescription: p, content: content, subject: subject}, errs.Internal("prescription: open", err)
}

// named gives the prescription with the names of the people in it.
func (s *Service) named(ctx context.Context, p Prescription) (Prescription, error) {
	ids := []uuid.UUID{p.AuthorID}
	if p.Voided != nil {
		ids = append(ids, p.Voided.By)
	}
	names, err := s.deps.People.Names(ctx, ids)
	if err != nil {
		return p, err
	}
	p.AuthorName = names[p.AuthorID]
	if p.Voided != nil {
		p.Voided.ByName = names[p.Voided.By]
	}
	return p, nil
}

// prescriber gives the caller, who must be of a profession that may prescribe.
func (s *Service) prescriber(ctx context.Context) (Prescriber, error) {
	who, err := s.deps.People.Prescriber(ctx, actor.Must(ctx).UserID)
	if err != nil {
		return who, err
	}
	if !mayPrescribe(who.Profession) {
		return who, errProfession
	}
	return who, nil
}

// west is the westernmost hour of Mexico: until the day ends there, a course that
// ends on it is still in force somewhere.
var west = time.FixedZone("UTC-8", -8*60*60)

func (s *Service) lastDay() mx.Date { return mx.DateOf(s.deps.Clock.Now().In(west)) }

// announce tells the open pages of the clinic that the record changed.
func (s *Service) announce(t *db.Tx, patient, clinic uuid.UUID) {
	s.deps.Live.Publish(t, live.Change{Clinic: clinic, Topic: live.Patient, PatientID: patient})
}

func seal[T any](key vault.Key, clinic, id uuid.UUID, purpose string, v T) (vault.Sealed[T], error) {
	return vault.Seal(key, place(clinic, id, purpose), v)
}
