package prescription

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
)

// File gives the stored PDF of a signed prescription in one format. 409
// prescription.not_signed for a draft.
func (s *Service) File(ctx context.Context, id uuid.UUID, format string) ([]byte, error) {
	h, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := readable(h.Prescription, actor.Must(ctx)); err != nil {
		return nil, err
	}
	if h.SignedAt.IsZero() {
		return nil, errNotSigned
	}
	raw, err := s.deps.Files.File(ctx, id, format)
	if err != nil {
		return nil, err
	}
	return raw, s.deps.Trail.Record(ctx, event(audit.PrescriptionPrinted, h.Prescription))
}

// Preview renders a draft as its paper would look, with BORRADOR across it. It is
// not kept. 409 prescription.already_signed or prescription.discarded.
func (s *Service) Preview(ctx context.Context, id uuid.UUID, format string) ([]byte, error) {
	h, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := writable(h.Prescription, actor.Must(ctx).UserID); err != nil {
		return nil, err
	}
	visit, err := s.deps.Visits.Visit(ctx, h.ConsultationID)
	if err != nil {
		return nil, err
	}
	now := s.deps.Clock.Now()
	head, key, err := s.deps.Heads.Head(ctx, h.PatientID, visit.OfficeID, now)
	if err != nil {
		return nil, err
	}
	c, err := s.rejudge(ctx, &h)
	if err != nil {
		return nil, err
	}
	replaces, err := s.folioOf(ctx, h.Reissues)
	if err != nil {
		return nil, err
	}
	d := document(&h, c, now)
	d.ClinicID, d.Head = actor.Clinic(ctx), head
	raw, err := s.deps.Files.Preview(ctx, Paper{Document: d, Key: key, Replaces: replaces}, format)
	if err != nil {
		return nil, err
	}
	return raw, s.deps.Trail.Record(ctx, event(audit.PrescriptionRead, h.Prescription))
}

// Sheet is the part of a paper that one pharmacy may keep: fraction II stands
// alone, so does III, everything else together (reference RX-21).
type Sheet struct {
	Label   string
	Items   []Printed
	Legends []string
}

// Printed is an item as the paper shows it.
type Printed struct {
	ID      uuid.UUID
	Number  int // over all sheets, from 1
	Title   string
	Lines   []string
	Legends []string
}

// Sheets divides a document into its papers. Medicines of fraction I are on none
// of them: they are prescribed on the special recetario, and recorded apart.
func (d Document) Sheets() []Sheet {
	ordinary, two, three := Sheet{}, secondSheet(), thirdSheet(d.mostFills("III"))
	number := 0
	for _, i := range d.Items {
		if i.Fraction == "I" {
			continue
		}
		number++
		sheet := &ordinary
		switch i.Fraction {
		case "II":
			sheet = &two
		case "III":
			sheet = &three
		}
		sheet.Items = append(sheet.Items, i.printed(number))
	}
	var out []Sheet
	for _, s := range []Sheet{ordinary, two, three} {
		if len(s.Items) > 0 {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return []Sheet{ordinary} // what is only recorded needs a paper to be recorded on
	}
	return out
}

func secondSheet() Sheet {
	return Sheet{
		Label:   "Fracción II",
		Legends: []string{"Esta receta vale 30 días desde su expedición. Se surte una sola vez y la farmacia la retiene (Ley General de Salud, artículo 226, fracción II)."},
	}
}

// thirdSheet says how a pharmacy fills fraction III. That it keeps the paper at the
// third fill is said only where a medicine has three.
func thirdSheet(fills int) Sheet {
	manner := "La farmacia la sella al surtirla"
	switch {
	case fills >= mostFillsFractionIII:
		manner = "La farmacia la sella cada vez que la surte y la retiene a la tercera"
	case fills > 1:
		manner = "La farmacia la sella cada vez que la surte"
	}
	return Sheet{
		Label:   "Fracción III",
		Legends: []string{"Esta receta vale seis meses desde su expedición. " + manner + " (Ley General de Salud, artículo 226, fracción III)."},
	}
}

// mostFills is the greatest number of fills of the medicines of a fraction.
func (d Document) mostFills(fraction string) int {
	most := 0
	for _, i := range d.Items {
		if i.Fraction == fraction {
			most = max(most, i.Fills)
		}
	}
	return most
}

func (i Signed) printed(number int) Printed {
	p := Printed{ID: i.ID, Number: number, Title: i.Title(), Lines: i.Lines()}
	switch {
	case i.Antibiotic:
		p.Legends = append(p.Legends, "Antibiótico. Sin resurtido.")
	case i.Fraction == "III":
		p.Legends = append(p.Legends, fmt.Sprintf("Surtir %s.", times(max(i.Fills, 1))))
	case i.Fills > 1:
		p.Legends = append(p.Legends, fmt.Sprintf("Se puede surtir %d (%s) veces.", i.Fills, InWords(i.Fills, Feminine)))
	}
	return p
}

// SpecialForm gives the lines of what was prescribed on the special recetario.
func (d Document) SpecialForm() []string {
	var out []string
	for _, i := range d.Items {
		if i.Fraction == "I" {
			out = append(out, fmt.Sprintf("%s. %s Recetario especial, folio %s.", i.Title(), i.Dosage(), i.SpecialFolio))
		}
	}
	return out
}

// AllergyLine is what the paper says of allergies; empty where nobody asked.
func (d Document) AllergyLine() string {
	switch d.Allergies.Status {
	case AllergiesNoneKnown:
		return "sin alergias conocidas"
	case AllergiesListed:
		names := make([]string, 0, len(d.Allergies.Substances))
		for _, s := range d.Allergies.Substances {
			names = append(names, lower(s))
		}
		return listOf(names)
	}
	return ""
}
