package app

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"historias/internal/consultation"
	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/letterhead"
	"historias/internal/measures"
	"historias/internal/pdf"
)

// documentsForConsultations draws notes and addenda, and keeps their papers.
type documentsForConsultations struct{ *App }

var noteFormats = []pdf.Format{pdf.Letter, pdf.HalfLetter}

// Issue draws a signed paper in every format, with its folio and code.
func (j documentsForConsultations) Issue(ctx context.Context, p consultation.Paper) (consultation.Issued, error) {
	kind := document.Note
	if p.Addendum != nil {
		kind = document.Addendum
	}
	folio, err := j.Documents.NextFolio(ctx, kind, yearOf(p.SignedAt, p.Head))
	if err != nil {
		return consultation.Issued{}, err
	}
	code := document.NewCode()
	signed := &pdf.Signed{
		By: p.Head.Professional, At: p.SignedAt, Method: p.Method, Hash: hex.EncodeToString(p.Hash),
		Folio: folio, Code: code, URL: j.Documents.Link(code),
	}
	issue := document.Issue{
		Kind: kind, SubjectID: p.ID, PatientID: p.PatientID, Code: code, Folio: folio, IssuedAt: p.SignedAt,
		TimeZone: p.Head.Establishment.TimeZone, Issuer: issuerOf(p.Head),
	}
	for _, format := range noteFormats {
		raw, err := j.draw(ctx, p, signed, format)
		if err != nil {
			return consultation.Issued{}, err
		}
		issue.Files = append(issue.Files, document.File{Format: string(format), PDF: raw})
	}
	return consultation.Issued{Folio: folio, Code: code, Keep: func(ctx context.Context, t *db.Tx) error {
		return j.Documents.Queue(ctx, t, p.Key, issue)
	}}, nil
}

// Preview draws a draft. Nothing is kept.
func (j documentsForConsultations) Preview(ctx context.Context, p consultation.Paper, format string) (consultation.File, error) {
	raw, err := j.draw(ctx, p, nil, pdf.Format(format))
	return consultation.File{PDF: raw}, err
}

// File gives the paper that was kept of a note or an addendum.
func (j documentsForConsultations) File(ctx context.Context, addendum bool, id uuid.UUID, format string) (consultation.File, error) {
	kind := document.Note
	if addendum {
		kind = document.Addendum
	}
	f, err := j.Documents.File(ctx, kind, id, format)
	return consultation.File{PDF: f.PDF}, err
}

func (j documentsForConsultations) draw(ctx context.Context, p consultation.Paper, signed *pdf.Signed, format pdf.Format) ([]byte, error) {
	if a := p.Addendum; a != nil {
		return j.Press.Addendum(ctx, pdf.Addendum{
			Head: p.Head, NoteType: p.Type.Label, NoteFolio: a.NoteFolio, NoteSignedAt: a.NoteSignedAt, Text: a.Text, Signed: signed,
		}, format)
	}
	return j.Press.Note(ctx, pdf.Note{
		Head: p.Head, TypeLabel: p.Type.Label, OpenedAt: p.OpenedAt, Sections: sectionsOf(p.Type, p.Content), Signed: signed,
	}, format)
}

// sectionsOf puts a note into the order in which the norm names its parts. What
// was neither written nor answered is not printed.
func sectionsOf(t *consultation.NoteType, c consultation.Content) []pdf.Section {
	var out []pdf.Section
	for _, s := range t.Sections {
		part := pdf.Section{Title: s.Title, Numeral: s.Numeral, Text: c.Sections[s.Key], Answer: pdf.Answer(c.Omissions[s.Key])}
		switch s.Kind {
		case consultation.BlockVitals:
			part.Vitals = vitalLines(c.Vitals)
		case consultation.BlockDiagnoses:
			for _, d := range c.Diagnoses {
				part.Diagnoses = append(part.Diagnoses, pdf.Diagnosis{Code: d.Code, Label: d.Label, Kind: d.Kind})
			}
		case consultation.BlockPrognosis:
			part.Text = c.Prognosis
		case consultation.BlockPlan:
			part.Text = c.Plan
		}
		if part.Text != "" || part.Answer != "" || len(part.Vitals) > 0 || len(part.Diagnoses) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// vitalLines writes vital signs as they are printed, blood pressure as one.
func vitalLines(set measures.Set) []pdf.Measure {
	var out []pdf.Measure
	if set.Systolic != nil && set.Diastolic != nil {
		out = append(out, pdf.Measure{
			Label: "Presión arterial", Value: measures.Text(*set.Systolic) + "/" + measures.Text(*set.Diastolic), Unit: "mmHg",
		})
	}
	for _, m := range measures.All() {
		v := set.Value(m.Key)
		if v == nil || m.Key == measures.Systolic || m.Key == measures.Diastolic {
			continue
		}
		out = append(out, pdf.Measure{Label: m.Label, Value: measures.Text(*v), Unit: m.Unit})
	}
	if bmi := set.BMI(); bmi != nil {
		out = append(out, pdf.Measure{Label: "Índice de masa corporal", Value: measures.Text(*bmi), Unit: "kg/m²"})
	}
	return out
}

// yearOf is the year of a moment where the document is issued.
func yearOf(at time.Time, h letterhead.Head) int {
	if zone, err := time.LoadLocation(h.Establishment.TimeZone); err == nil {
		at = at.In(zone)
	}
	return at.Year()
}

func issuerOf(h letterhead.Head) document.Issuer {
	where := h.Establishment.Name
	if h.Establishment.City != "" {
		where += ", " + h.Establishment.City
	}
	return document.Issuer{
		FullName: h.Professional.FullName, License: h.Professional.License,
		TitleInstitution: h.Professional.Institution, Establishment: where,
	}
}
