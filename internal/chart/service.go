package chart

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB       *db.DB
	Trail    *audit.Trail
	Patients Patients
	Consents Consents
	Messages Messages
}

// Service puts charts together.
type Service struct{ deps Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{deps: d} }

// Summary gives the first page of a patient's chart in one round trip.
// errs.NotFound("patient") for a patient that the clinic does not have.
func (s *Service) Summary(ctx context.Context, patient uuid.UUID) (Summary, error) {
	var banner func() (Banner, vault.Key, error)
	var consent func(vault.Key) (Consent, error)
	var messages func(vault.Key) ([]Message, error)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		banner = s.deps.Patients.QueueBanner(ctx, q, patient)
		consent = s.deps.Consents.QueueConsent(ctx, q, patient)
		messages = s.deps.Messages.QueueMessages(ctx, q, patient)
		return nil
	})
	if err != nil {
		return Summary{}, errs.Internal("chart: read", db.Missing(err, "patient"))
	}
	var sum Summary
	var key vault.Key
	if sum.Banner, key, err = banner(); err != nil {
		return Summary{}, err
	}
	if sum.Consent, err = consent(key); err != nil {
		return Summary{}, err
	}
	if sum.Messages, err = messages(key); err != nil {
		return Summary{}, err
	}
	err = s.deps.Trail.Record(ctx, audit.Event{
		Action: audit.ChartRead, SubjectType: "patient", SubjectID: patient, PatientID: patient,
	})
	if err != nil {
		return Summary{}, err
	}
	s.deps.Patients.Seen(ctx, sum.Banner)
	return sum, nil
}
