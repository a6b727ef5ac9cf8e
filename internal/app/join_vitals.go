package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/vitals"
)

type patientsForVitals struct{ *App }

// QueuePatient queues a patient as her values are judged.
func (j patientsForVitals) QueuePatient(ctx context.Context, q *db.Reader, id uuid.UUID) func() (vitals.Patient, error) {
	opened := j.Patients.QueuePatient(ctx, q, id)
	return func() (vitals.Patient, error) {
		p, err := opened()
		if err != nil {
			return vitals.Patient{}, err
		}
		zone, err := j.Patients.Zone(ctx)
		return vitals.Patient{
			ID: p.ID, BirthDate: p.BirthDate, Sex: p.Sex, Archived: p.Status == patient.StatusArchived,
			Key: p.DataKey(), Zone: zone,
		}, err
	}
}
