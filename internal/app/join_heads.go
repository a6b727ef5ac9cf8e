package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/clinic"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/letterhead"
	"historias/internal/mx"
	"historias/internal/page"
	"historias/internal/patient"
	"historias/internal/vault"
)

// heads gathers the header of a document from clinic, office, account and patient:
// once for every feature that signs.
type heads struct{ *App }

// Head gives the header for the signed-in professional, as of a moment, with the
// patient's key. 422 clinic.incomplete, user.no_license, patient.archived,
// office.required; 404 for a patient or an office that is not the clinic's.
func (j heads) Head(ctx context.Context, id, office uuid.UUID, at time.Time) (letterhead.Head, vault.Key, error) {
	p, err := j.patient(ctx, id)
	if err != nil {
		return letterhead.Head{}, vault.Key{}, err
	}
	if p.Status == patient.StatusArchived {
		return letterhead.Head{}, vault.Key{}, errs.Rule("patient.archived",
			"El expediente está archivado. Lo que escribió sigue aquí; desarchívelo para continuar.")
	}
	place, err := j.establishment(ctx, office)
	if err != nil {
		return letterhead.Head{}, vault.Key{}, err
	}
	by, err := j.professional(ctx)
	if err != nil {
		return letterhead.Head{}, vault.Key{}, err
	}
	who, err := patientHead(p, at, place.TimeZone)
	return letterhead.Head{Establishment: place, Professional: by, Patient: who}, p.DataKey(), err
}

func (j heads) patient(ctx context.Context, id uuid.UUID) (patient.Patient, error) {
	var opened func() (patient.Patient, error)
	err := j.DB.Read(ctx, func(q *db.Reader) error {
		opened = j.Patients.QueuePatient(ctx, q, id)
		return nil
	})
	if err != nil {
		return patient.Patient{}, db.Missing(err, "patient")
	}
	return opened()
}

// patientHead says who the patient was on the day of a document.
func patientHead(p patient.Patient, at time.Time, zone string) (letterhead.Patient, error) {
	place, err := time.LoadLocation(zone)
	if err != nil {
		return letterhead.Patient{}, err
	}
	p.AsOf = mx.DateOf(at.In(place))
	out := letterhead.Patient{
		ID: p.ID.String(), FullName: p.FullName(), RecordNumber: p.RecordNumber.String(), Sex: p.Sex,
		Age: p.AgeText(), AgeMonths: -1, CURP: p.CURP,
	}
	if !p.BirthDate.IsZero() {
		age := p.BirthDate.Age(p.AsOf)
		out.BirthDate, out.AgeMonths = p.BirthDate.String(), age.Years*12+age.Months
	}
	if p.Address != nil {
		out.Address = p.Address.Line()
	}
	return out, nil
}

func (j heads) professional(ctx context.Context) (letterhead.Professional, error) {
	p, err := j.Accounts.Person(ctx, actor.Must(ctx).UserID)
	if err != nil {
		return letterhead.Professional{}, err
	}
	if !p.Licensed() {
		return letterhead.Professional{}, errs.Rule("user.no_license",
			"Para firmar hace falta su cédula profesional. Agréguela en sus datos (Ley General de Salud, artículo 83).",
			errs.Field{Field: "license_number", Code: "required", Message: "Falta la cédula profesional."})
	}
	return professionalOf(p), nil
}

func professionalOf(p account.Person) letterhead.Professional {
	return letterhead.Professional{
		UserID: p.ID.String(), FullName: p.FullName, Profession: string(p.Profession), License: p.LicenseNumber,
		Institution: p.TitleInstitution, Specialty: p.Specialty, SpecialtyLicense: p.SpecialtyLicenseNumber,
	}
}

// establishment says where care is given: the office, or the clinic itself while it
// has none.
func (j heads) establishment(ctx context.Context, id uuid.UUID) (letterhead.Establishment, error) {
	p, err := j.Clinics.Profile(ctx)
	if err != nil {
		return letterhead.Establishment{}, err
	}
	if !p.Complete() {
		return letterhead.Establishment{}, unsignable(p)
	}
	zone, err := j.Patients.Zone(ctx)
	if err != nil {
		return letterhead.Establishment{}, err
	}
	out := letterhead.Establishment{
		Name: p.DisplayName(), LegalName: p.LegalName, Address: p.Address.Line(), City: p.Address.Municipality,
		Phone: p.PrivacyContact.Phone, TimeZone: zone.String(),
	}
	if id, err = j.Office(ctx, id); err != nil || id == uuid.Nil {
		return out, err
	}
	o, err := j.Clinics.Office(ctx, id)
	if err != nil {
		return out, err
	}
	out.Office, out.TimeZone = o.Name, o.TimeZone
	if o.Phone != "" {
		out.Phone = o.Phone
	}
	if !o.Address.IsZero() {
		out.Address, out.City = o.Address.Line(), o.Address.Municipality
	}
	return out, nil
}

// unsignable says what the clinic lacks before anything can be signed.
func unsignable(p clinic.Profile) error {
	e, _ := errs.As(incomplete(p))
	e.Message = "Complete primero los datos de la clínica: sin ellos no se puede firmar ni imprimir."
	return e
}

// Office says where a visit takes place: the office that is named, or the clinic's
// only one; zero where the clinic has none.
func (j heads) Office(ctx context.Context, named uuid.UUID) (uuid.UUID, error) {
	if named != uuid.Nil {
		o, err := j.Clinics.Office(ctx, named)
		return o.ID, err
	}
	all, err := j.Clinics.Offices(ctx, page.Request{Limit: 2})
	switch {
	case err != nil || len(all.Items) == 0:
		return uuid.Nil, err
	case len(all.Items) > 1:
		return uuid.Nil, errs.Rule("office.required", "La clínica tiene varios consultorios. Elija en cuál atiende.",
			errs.Field{Field: "office_id", Code: "required", Message: "Elija el consultorio."})
	}
	return all.Items[0].ID, nil
}
