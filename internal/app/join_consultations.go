package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/catalog"
	"historias/internal/consultation"
	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/vault"
)

// buildConsultations makes visits and their notes.
func (a *App) buildConsultations() {
	a.Consultations = consultation.New(consultation.Deps{
		DB: a.DB, Trail: a.Trail, Clock: a.Clock, Live: a.Live, Signatures: a.Signatures,
		Patients: patientsForConsultations{a}, Heads: heads{a}, People: staffForConsultations{a},
		Diagnoses: diagnosesForConsultations{a}, Vitals: a.Vitals, Readings: a.Vitals, Documents: documentsForConsultations{a},
		Prescriptions: prescriptionsForConsultations{a},
	})
}

type patientsForConsultations struct{ *App }

// Subject gives a patient as a note sees her.
func (j patientsForConsultations) Subject(ctx context.Context, id uuid.UUID) (consultation.Subject, error) {
	p, err := heads(j).patient(ctx, id)
	if err != nil {
		return consultation.Subject{}, err
	}
	return consultation.Subject{
		ID: p.ID, DataKey: p.DataKey(), Sex: p.Sex, BirthDate: p.BirthDate, Archived: p.Status == patient.StatusArchived,
	}, nil
}

// Cards gives what a list shows of several patients.
func (j patientsForConsultations) Cards(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]consultation.Card, error) {
	keys, err := j.Patients.Subjects(ctx, ids)
	if err != nil {
		return nil, err
	}
	cards, err := j.Patients.Cards(ctx, ids)
	out := make(map[uuid.UUID]consultation.Card, len(cards))
	for id, c := range cards {
		out[id] = consultation.Card{
			FullName: c.FullName(), RecordNumber: c.RecordNumber.String(), AgeText: c.AgeText(), Sex: c.Sex, DataKey: keys[id].DataKey,
		}
	}
	return out, err
}

// DataKeys gives the keys that seal what belongs to several patients.
func (j patientsForConsultations) DataKeys(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]vault.Key, error) {
	return patientsForDocuments(j).DataKeys(ctx, ids)
}

type staffForConsultations struct{ *App }

// Names gives the names of several persons.
func (j staffForConsultations) Names(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]string, error) {
	people, err := j.Accounts.People(ctx, users)
	out := make(map[uuid.UUID]string, len(people))
	for id, p := range people {
		out[id] = p.FullName
	}
	return out, err
}

// Reauthenticate proves that whoever acts is the person of the session.
func (j staffForConsultations) Reauthenticate(ctx context.Context, p consultation.Proof) (string, error) {
	proof := account.Proof{Password: p.Password, TOTPCode: p.TOTPCode}
	if p.Passkey != nil {
		proof.Passkey = &account.PasskeyProof{ChallengeID: p.Passkey.ChallengeID, Credential: p.Passkey.Credential}
	}
	return j.reauthenticate(ctx, proof)
}

type prescriptionsForConsultations struct{ *App }

// InForceOn tells whether a receta was signed on a visit and not voided.
func (j prescriptionsForConsultations) InForceOn(ctx context.Context, t *db.Tx, visit uuid.UUID) (bool, error) {
	return j.Prescriptions.InForceOn(ctx, t, visit)
}

type diagnosesForConsultations struct{ *App }

// Find gives the codes that the catalog has, each with the question whether it fits
// the patient.
func (j diagnosesForConsultations) Find(ctx context.Context, codes []string, who consultation.Who) (map[string]consultation.KnownDiagnosis, error) {
	found, err := j.Catalogs.DiagnosesByCode(ctx, codes)
	out := make(map[string]consultation.KnownDiagnosis, len(found))
	years := who.Months / 12
	if who.Months < 0 {
		years = -1
	}
	for code, d := range found {
		out[code] = consultation.KnownDiagnosis{
			Label: d.Label, Version: d.Version, Doubt: d.Doubt(catalog.Who{Sex: who.Sex, Years: years}),
		}
	}
	return out, err
}

// Used counts what an author signed, so that her favourites come first.
func (j diagnosesForConsultations) Used(ctx context.Context, t *db.Tx, codes []string, at time.Time) error {
	return j.Catalogs.Used(ctx, t, catalog.KindDiagnoses, codes, at)
}
