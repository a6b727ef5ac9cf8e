package app

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/mx"
	"historias/internal/pdf"
	"historias/internal/prescription"
)

// buildPrescriptions makes recetas out of what the others know.
func (a *App) buildPrescriptions() {
	a.Prescriptions = prescription.New(prescription.Deps{
		DB: a.DB, Trail: a.Trail, Clock: a.Clock, Live: a.Live, Signer: a.Signatures,
		Patients: patientsForPrescriptions{a}, Visits: visitsForPrescriptions{a}, People: staffForPrescriptions{a},
		Heads: heads{a}, Catalog: medicinesForPrescriptions{a}, Allergies: allergiesForPrescriptions{a},
		Weights: a.Vitals, Documents: papersOfPrescriptions{a}, Files: papersOfPrescriptions{a},
		Favourites: favouritesForPrescriptions{a},
	})
}

type patientsForPrescriptions struct{ *App }

// Subject gives a patient as a receta sees her.
func (j patientsForPrescriptions) Subject(ctx context.Context, id uuid.UUID) (prescription.Subject, error) {
	s, err := j.Patients.Subject(ctx, id)
	return prescription.Subject{ID: s.ID, DataKey: s.DataKey, Archived: s.Archived}, err
}

// Cards gives what a list of recetas shows of patients.
func (j patientsForPrescriptions) Cards(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]prescription.Card, error) {
	subjects, err := j.Patients.Subjects(ctx, ids)
	out := make(map[uuid.UUID]prescription.Card, len(subjects))
	for id, s := range subjects {
		out[id] = prescription.Card{FullName: s.FullName, RecordNumber: s.RecordNumber.String(), Key: s.DataKey}
	}
	return out, err
}

type visitsForPrescriptions struct{ *App }

// Visit gives the consultation that a receta belongs to.
func (j visitsForPrescriptions) Visit(ctx context.Context, id uuid.UUID) (prescription.Visit, error) {
	v := prescription.Visit{ID: id}
	var office *uuid.UUID
	err := j.DB.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&v.PatientID, &v.AuthorID, &office, &v.Status},
			`select patient_id, author_id, office_id, status from consultations where clinic_id = $1 and id = $2`,
			actor.Clinic(ctx), id)
		return nil
	})
	if office != nil {
		v.OfficeID = *office
	}
	return v, db.Missing(err, "consultation")
}

type staffForPrescriptions struct{ *App }

// Prescriber gives a person of the staff with her profession.
func (j staffForPrescriptions) Prescriber(ctx context.Context, user uuid.UUID) (prescription.Prescriber, error) {
	p, err := j.Accounts.Person(ctx, user)
	return prescription.Prescriber{FullName: p.FullName, Profession: string(p.Profession)}, err
}

// Names gives the names of several persons.
func (j staffForPrescriptions) Names(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]string, error) {
	people, err := j.Accounts.People(ctx, users)
	out := make(map[uuid.UUID]string, len(people))
	for id, p := range people {
		out[id] = p.FullName
	}
	return out, err
}

// Reauthenticate proves that the caller is who she is.
func (j staffForPrescriptions) Reauthenticate(ctx context.Context, password, totpCode string) (string, error) {
	return j.Accounts.Reauthenticate(ctx, account.Proof{Password: password, TOTPCode: totpCode})
}

type medicinesForPrescriptions struct{ *App }

const (
	medicineColumns = `m.id, m.generic_name, m.form, m.concentration, m.atc, m.antibiotic, m.fraction, m.version, not m.active`
	medicinesByID   = `select ` + medicineColumns + ` from medications m where m.id = any($1::uuid[])`
	// The label begins with the generic name, so a range of it finds the name.
	medicinesByName = `select ` + medicineColumns + ` from unnest($1::text[]) n join medications m
		on m.folded >= n collate "C" and m.folded < (n || chr(1114111)) collate "C" where m.active`
)

// Medicines looks products up by id and by generic name.
func (j medicinesForPrescriptions) Medicines(ctx context.Context, ids []uuid.UUID, names []string) (map[uuid.UUID]prescription.Medicine, map[string][]prescription.Medicine, error) {
	byID, byName := map[uuid.UUID]prescription.Medicine{}, map[string][]prescription.Medicine{}
	each := func(keep func(prescription.Medicine)) func(db.Row) error {
		return func(r db.Row) error {
			var m prescription.Medicine
			err := r.Scan(&m.ID, &m.GenericName, &m.Form, &m.Concentration, &m.ATC, &m.Antibiotic, &m.Fraction, &m.Version, &m.Withdrawn)
			keep(m)
			return err
		}
	}
	err := j.DB.Read(ctx, func(q *db.Reader) error {
		q.All(each(func(m prescription.Medicine) { byID[m.ID] = m }), medicinesByID, ids)
		q.All(each(func(m prescription.Medicine) {
			name := mx.Normalize(m.GenericName)
			byName[name] = append(byName[name], m)
		}), medicinesByName, names)
		return nil
	})
	return byID, byName, err
}

// papersOfPrescriptions draws recetas and keeps what it drew.
type papersOfPrescriptions struct{ *App }

// prescriptionFormats are the papers on which every receta is kept.
var prescriptionFormats = []pdf.Format{pdf.HalfLetter, pdf.Letter, pdf.LetterLarge}

// Number takes the folio and the code of a receta about to be signed.
func (j papersOfPrescriptions) Number(ctx context.Context, day mx.Date) (prescription.Number, error) {
	folio, err := j.Documents.NextFolio(ctx, document.Prescription, day.Year())
	return prescription.Number{Folio: folio, Code: document.NewCode()}, err
}

// Issue draws a signed receta in every format.
func (j papersOfPrescriptions) Issue(ctx context.Context, p prescription.Paper) (prescription.Keep, error) {
	files, err := j.draw(ctx, p, time.Time{})
	if err != nil {
		return nil, err
	}
	d, head := p.Document, p.Document.Head
	issue := document.Issue{
		Kind: document.Prescription, SubjectID: d.PrescriptionID, PatientID: d.PatientID, Code: d.Code, Folio: d.Folio,
		IssuedAt: d.IssuedAt, TimeZone: head.Establishment.TimeZone, Files: files,
		Issuer: document.Issuer{
			FullName: head.Professional.FullName, License: head.Professional.License,
			TitleInstitution: head.Professional.Institution, Establishment: head.Establishment.Name,
		},
	}
	return func(ctx context.Context, t *db.Tx) error { return j.Documents.Queue(ctx, t, p.Key, issue) }, nil
}

// Void draws a receta once more, with the mark that it is void.
func (j papersOfPrescriptions) Void(ctx context.Context, p prescription.Paper, at time.Time) (prescription.Keep, error) {
	files, err := j.draw(ctx, p, at)
	if err != nil {
		return nil, err
	}
	voiding := document.Voiding{Kind: document.Prescription, SubjectID: p.Document.PrescriptionID, At: at, Files: files}
	return func(ctx context.Context, t *db.Tx) error { return j.Documents.Void(ctx, t, p.Key, voiding) }, nil
}

// File gives the paper that was kept.
func (j papersOfPrescriptions) File(ctx context.Context, id uuid.UUID, format string) ([]byte, error) {
	stored, err := j.Documents.File(ctx, document.Prescription, id, format)
	return stored.PDF, err
}

// Preview draws a draft. Nothing is kept.
func (j papersOfPrescriptions) Preview(ctx context.Context, p prescription.Paper, format string) ([]byte, error) {
	return j.Press.Prescription(ctx, j.page(p, time.Time{}), pdf.Format(format))
}

func (j papersOfPrescriptions) draw(ctx context.Context, p prescription.Paper, voided time.Time) ([]document.File, error) {
	page := j.page(p, voided)
	var files []document.File
	for _, format := range prescriptionFormats {
		raw, err := j.Press.Prescription(ctx, page, format)
		if err != nil {
			return nil, err
		}
		files = append(files, document.File{Format: string(format), PDF: raw})
	}
	return files, nil
}

// page is a receta as it is printed; a draft has neither folio nor signature.
func (j papersOfPrescriptions) page(p prescription.Paper, voided time.Time) pdf.Prescription {
	d := p.Document
	out := pdf.Prescription{
		Head: d.Head, IssuedAt: d.IssuedAt, Allergies: d.AllergyLine(), SpecialForm: d.SpecialForm(), Replaces: p.Replaces,
	}
	if d.Head.Patient.AgeMonths >= 0 && d.Head.Patient.AgeMonths < 12*adult {
		out.Weight = d.Weight
	}
	for _, s := range d.Sheets() {
		sheet := pdf.Sheet{Label: s.Label, Legends: s.Legends}
		for _, i := range s.Items {
			sheet.Items = append(sheet.Items, pdf.Item{Number: i.Number, Title: i.Title, Lines: i.Lines, Legends: i.Legends})
		}
		out.Sheets = append(out.Sheets, sheet)
	}
	if d.Folio != "" {
		out.Signed = &pdf.Signed{
			By: d.Head.Professional, At: d.IssuedAt, Method: d.Method, Hash: hex.EncodeToString(p.Hash),
			Folio: d.Folio, Code: d.Code, URL: j.Documents.Link(d.Code),
		}
	}
	if !voided.IsZero() {
		out.Voided = &pdf.Voided{At: voided}
	}
	return out
}

// adult is the age, in years, from which a receta no longer prints the weight.
const adult = 18
