package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/chart"
	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/vault"
)

type zonesForPatients struct{ *App }

// Zone gives the time zone of the clinic's first office, nil while it has none.
func (j zonesForPatients) Zone(ctx context.Context) (*time.Location, error) {
	return j.Clinics.Zone(ctx)
}

type patientsForChart struct{ *App }

// QueueBanner queues the patient and says how to open her.
func (j patientsForChart) QueueBanner(ctx context.Context, q *db.Reader, id uuid.UUID) func() (chart.Banner, vault.Key, error) {
	opened := j.Patients.QueuePatient(ctx, q, id)
	return func() (chart.Banner, vault.Key, error) {
		p, err := opened()
		if err != nil {
			return chart.Banner{}, vault.Key{}, err
		}
		return bannerOf(p), p.DataKey(), nil
	}
}

// Seen notes that somebody looks at the record.
func (j patientsForChart) Seen(ctx context.Context, b chart.Banner) {
	j.Patients.Seen(ctx, patient.Patient{ID: b.ID, LastSeenAt: b.LastSeenAt})
}

func bannerOf(p patient.Patient) chart.Banner {
	age, _ := p.Age()
	b := chart.Banner{
		ID: p.ID, RecordNumber: p.RecordNumber.String(), GivenNames: p.GivenNames, FirstSurname: p.FirstSurname,
		SecondSurname: p.SecondSurname, BirthDate: p.BirthDate, Age: age, AgeText: p.AgeText(), Sex: p.Sex,
		CURP: p.CURP, Phone: p.Phone, BloodType: p.BloodType, Minor: p.Minor(), Status: string(p.Status),
		IdentityStatus: string(p.IdentityStatus), ConsentStatus: string(p.ConsentStatus),
		LastSeenAt: p.LastSeenAt, Version: p.Version,
	}
	if r := p.Representative; r != nil {
		b.Representative = &chart.Representative{FullName: r.FullName, Relationship: r.Relationship, Phone: r.Phone}
	}
	if p.Archive != nil {
		b.Archive = &chart.Archive{Reason: p.Archive.Reason, At: p.Archive.At}
	}
	return b
}
