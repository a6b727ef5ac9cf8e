package consultation

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/live"
	"historias/internal/mx"
	"historias/internal/signature"
)

// Deps are what the service is made of.
type Deps struct {
	DB            *db.DB
	Trail         *audit.Trail
	Clock         clock.Clock
	Live          *live.Hub
	Signatures    *signature.Signer
	Patients      Patients
	Heads         Heads
	People        People
	Diagnoses     Diagnoses
	Vitals        Vitals
	Readings      Readings
	Documents     Documents
	Prescriptions Prescriptions
}

// Service is the use cases of visits and notes.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func event(action audit.Action, consultation, patient uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: subjectNote, SubjectID: consultation, PatientID: patient}
}

// who sees the patient on the day of a visit.
func who(s Subject, l row) Who {
	w := Who{Sex: s.Sex, Months: -1}
	if !s.BirthDate.IsZero() {
		age := s.BirthDate.Age(mx.DateOf(l.openedAt))
		w.Months = age.Years*12 + age.Months
	}
	return w
}

// recorded keeps the event of a read and gives what was read.
func (s *Service) recorded(ctx context.Context, action audit.Action, c Consultation) (Consultation, error) {
	return c, s.Trail.Record(ctx, event(action, c.ID, c.PatientID))
}
