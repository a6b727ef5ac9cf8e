package app

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/catalog"
	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/mx"
	"historias/internal/pdf"
	"historias/internal/prescription"
	"historias/internal/vault"
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

// DataKeys gives the keys that seal what belongs to several patients.
func (j patientsForPrescriptions) DataKeys(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]vault.Key, error) {
	return patientsForDocuments(j).DataKeys(ctx, ids)
}

type visitsForPrescriptions struct{ *App }

// Visit gives the consultation that a receta belongs to.
func (j visitsForPrescriptions) Visit(ctx context.Context, id uuid.UUID) (prescription.Visit, error) {
	v, err := j.Consultations.Visit(ctx, id)
	return prescription.Visit{
		ID: v.ID, PatientID: v.PatientID, AuthorID: v.AuthorID, OfficeID: v.OfficeID, Status: string(v.Status),
	}, err
}

// Hold gives the status of a visit and keeps it until the transaction ends.
func (j visitsForPrescriptions) Hold(ctx context.Context, t *db.Tx, id uuid.UUID) (string, error) {
	status, err := j.Consultations.Hold(ctx, t, id)
	return string(status), err
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
func (j staffForPrescriptions) Reauthenticate(ctx context.Context, p prescription.Proof) (string, error) {
	proof := account.Proof{Password: p.Password, TOTPCode: p.TOTPCode}
	if p.Passkey != nil {
		proof.Passkey = &account.PasskeyProof{ChallengeID: p.Passkey.ChallengeID, Credential: p.Passkey.Credential}
	}
	return j.reauthenticate(ctx, proof)
}

type medicinesForPrescriptions struct{ *App }

// Medicines looks products up by id and by generic name.
func (j medicinesForPrescriptions) Medicines(ctx context.Context, ids []uuid.UUID, names []string) (map[uuid.UUID]prescription.Medicine, map[string][]prescription.Medicine, error) {
	productsByID, productsByName, err := j.Catalogs.Products(ctx, ids, names)
	if err != nil {
		return nil, nil, err
	}
	byID := make(map[uuid.UUID]prescription.Medicine, len(productsByID))
	for id, p := range productsByID {
		byID[id] = medicineOf(p)
	}
	byName := make(map[string][]prescription.Medicine, len(names))
	for _, name := range names {
		for _, p := range productsByName[catalog.Fold(name)] {
			byName[name] = append(byName[name], medicineOf(p))
		}
	}
	return byID, byName, nil
}

func medicineOf(p catalog.Product) prescription.Medicine {
	return prescription.Medicine{
		ID: p.ID, GenericName: p.GenericName, ATC: p.ATC, Antibiotic: p.Antibiotic, Fraction: p.Fraction,
		Version: p.Version, Withdrawn: p.Withdrawn,
	}
}

// Alternatives gives products of the use of some ATC codes, or those that a text finds.
func (j medicinesForPrescriptions) Alternatives(ctx context.Context, codes []string, text string, limit int) ([]prescription.Option, error) {
	find := func() ([]catalog.Medication, error) { return j.Catalogs.SameUse(ctx, codes, limit) }
	if strings.TrimSpace(text) != "" {
		find = func() ([]catalog.Medication, error) { return j.Catalogs.Medications(ctx, text, limit) }
	}
	found, err := find()
	out := make([]prescription.Option, 0, len(found))
	for _, m := range found {
		out = append(out, prescription.Option{
			Medicine: medicineOf(catalog.Product{Medication: m}), Form: m.Form, Concentration: m.Concentration,
			Route: m.Route, Favourite: m.Favourite,
		})
	}
	return out, err
}

type favouritesForPrescriptions struct{ *App }

// Used counts what a prescriber signed, so that her favourites come first.
func (j favouritesForPrescriptions) Used(ctx context.Context, t *db.Tx, medications []uuid.UUID) error {
	codes := make([]string, 0, len(medications))
	for _, id := range medications {
		codes = append(codes, id.String())
	}
	return j.Catalogs.Used(ctx, t, catalog.KindMedications, codes, j.Clock.Now())
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
	d := p.Document
	issue := document.Issue{
		Kind: document.Prescription, SubjectID: d.PrescriptionID, PatientID: d.PatientID, Code: d.Code, Folio: d.Folio,
		IssuedAt: d.IssuedAt, TimeZone: d.Head.Establishment.TimeZone, Files: files, Issuer: issuerOf(d.Head),
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
