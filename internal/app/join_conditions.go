package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/catalog"
	"historias/internal/conditions"
	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/prescription"
	"historias/internal/vault"
)

type patientsForConditions struct{ *App }

// QueuePatient queues a patient as her conditions see her.
func (j patientsForConditions) QueuePatient(ctx context.Context, q *db.Reader, id uuid.UUID) func() (conditions.Patient, error) {
	opened := j.Patients.QueuePatient(ctx, q, id)
	return func() (conditions.Patient, error) {
		p, err := opened()
		return conditions.Patient{
			ID: p.ID, BirthDate: p.BirthDate, Sex: p.Sex, Archived: p.Status == patient.StatusArchived, Key: p.DataKey(), Today: p.AsOf,
		}, err
	}
}

type catalogForConditions struct{ *App }

// Diagnosis gives a code of CIE-10 with what is odd about it in this patient.
func (j catalogForConditions) Diagnosis(ctx context.Context, code string, p conditions.Patient) (conditions.Diagnosis, bool, error) {
	d, ok, err := j.Catalogs.Diagnosis(ctx, code)
	who := catalog.Who{Sex: p.Sex, Years: -1}
	if !p.BirthDate.IsZero() {
		who.Years = p.BirthDate.Age(p.Today).Years
	}
	return conditions.Diagnosis{Code: d.Code, Label: d.Label, Version: d.Version, Doubt: d.Doubt(who)}, ok, err
}

// Substances finds the generic names of medicines.
func (j catalogForConditions) Substances(ctx context.Context, text string, limit int) ([]string, error) {
	return j.Catalogs.Substances(ctx, text, limit)
}

type allergiesForPrescriptions struct{ *App }

// QueueActive queues the active allergies of a patient.
func (j allergiesForPrescriptions) QueueActive(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) (string, []prescription.AllergyFact, error) {
	read := j.Conditions.QueueAllergies(ctx, q, patient)
	return func(key vault.Key) (string, []prescription.AllergyFact, error) {
		known, err := read(key)
		var facts []prescription.AllergyFact
		for _, a := range known.Items {
			facts = append(facts, prescription.AllergyFact{
				ID: a.ID, Substance: a.Data.Substance, Code: a.Data.Code, Reaction: a.Data.Reaction,
				Severity: a.Data.Severity, Since: a.Data.OnsetOn,
			})
		}
		return string(known.Status), facts, err
	}
}
