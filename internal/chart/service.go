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
	DB            *db.DB
	Trail         *audit.Trail
	Patients      Patients
	Consents      Consents
	Messages      Messages
	Conditions    Conditions
	VitalSigns    VitalSigns
	Notes         Notes
	Prescriptions Prescriptions
}

// Service puts charts together.
type Service struct{ deps Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{deps: d} }

// part opens one subject into the summary, once everything was read.
type part func(key vault.Key, sum *Summary) error

// into makes a part of what a subject queued.
func into[T any](read func(vault.Key) (T, error), place func(sum *Summary) *T) part {
	return func(key vault.Key, sum *Summary) (err error) {
		*place(sum), err = read(key)
		return err
	}
}

// queue queues every subject on one reader.
func (s *Service) queue(ctx context.Context, q *db.Reader, patient uuid.UUID) []part {
	d := s.deps
	vitals := d.VitalSigns.QueueVitals(ctx, q, patient)
	notes := d.Notes.QueueNotes(ctx, q, patient)
	prescribed := d.Prescriptions.QueuePrescribed(ctx, q, patient)
	conditions := d.Conditions.QueueConditions(ctx, q, patient)
	return []part{
		into(d.Consents.QueueConsent(ctx, q, patient), func(sum *Summary) *Consent { return &sum.Consent }),
		into(d.Messages.QueueMessages(ctx, q, patient), func(sum *Summary) *[]Message { return &sum.Messages }),
		func(key vault.Key, sum *Summary) (err error) {
			sum.Allergies, sum.Problems, err = conditions(key)
			return err
		},
		func(key vault.Key, sum *Summary) (err error) {
			sum.Vitals, err = vitals(sum.Banner, key)
			return err
		},
		func(key vault.Key, sum *Summary) (err error) {
			sum.Notes, sum.Counts.Consultations, err = notes(key)
			return err
		},
		func(key vault.Key, sum *Summary) error {
			all, err := prescribed(key)
			sum.Medications, sum.Counts.Prescriptions = all.Medications, all.Signed
			for i, note := range sum.Notes {
				sum.Notes[i].Prescriptions = all.OfNotes[note.ID]
			}
			return err
		},
	}
}

// Summary gives the first page of a patient's chart in one round trip, however
// many subjects it shows and however long the record is.
// errs.NotFound("patient") for a patient that the clinic does not have.
func (s *Service) Summary(ctx context.Context, patient uuid.UUID) (Summary, error) {
	var banner func() (Banner, vault.Key, error)
	var parts []part
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		banner = s.deps.Patients.QueueBanner(ctx, q, patient)
		parts = s.queue(ctx, q, patient)
		return nil
	})
	if err != nil {
		return Summary{}, errs.Internal("chart: read", db.Missing(err, "patient"))
	}
	sum, err := open(banner, parts)
	if err != nil {
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

// open opens the person and then each part. A part that does not open fails the
// whole: a chart with a part missing would be taken for complete.
func open(banner func() (Banner, vault.Key, error), parts []part) (Summary, error) {
	var sum Summary
	var key vault.Key
	var err error
	if sum.Banner, key, err = banner(); err != nil {
		return Summary{}, err
	}
	for _, one := range parts {
		if err := one(key, &sum); err != nil {
			return Summary{}, err
		}
	}
	return sum, nil
}
