package pdf

import (
	"context"
	"errors"
	"fmt"
	"time"

	"historias/internal/letterhead"
)

// ErrFormat says that a document does not come in a format.
var ErrFormat = errors.New("pdf: a document does not come in this format")

// Note draws a clinical note. It fails for an unknown format only, or when ctx
// ends while it waits for its turn.
func (p *Press) Note(ctx context.Context, d Note, f Format) ([]byte, error) {
	n := narrative{
		head: d.Head, title: d.TypeLabel, at: d.OpenedAt, signed: d.Signed,
		body: func(k *column) {
			for _, s := range d.Sections {
				s.add(k)
			}
		},
	}
	return p.narrate(ctx, n, f)
}

// Addendum draws what was added to a signed note.
func (p *Press) Addendum(ctx context.Context, d Addendum, f Format) ([]byte, error) {
	n := narrative{head: d.Head, title: "Adenda", signed: d.Signed, at: d.NoteSignedAt}
	if d.Signed != nil {
		n.at = d.Signed.At
	}
	n.body = func(k *column) {
		zone := home(d.Head.Establishment)
		k.prose(detailStyle, 0, fmt.Sprintf("Se agrega a la nota «%s» con folio %s, firmada el %s. La nota no cambia.",
			d.NoteType, d.NoteFolio, moment(d.NoteSignedAt.In(zone))))
		k.gap(8)
		k.prose(bodyStyle, 0, d.Text)
	}
	return p.narrate(ctx, n, f)
}

// narrative is what notes and addenda have in common.
type narrative struct {
	head   letterhead.Head
	title  string
	at     time.Time
	signed *Signed
	body   func(k *column)
}

func (p *Press) narrate(ctx context.Context, n narrative, f Format) ([]byte, error) {
	paper, ok := papers[f]
	if !ok || f == LetterLarge {
		return nil, fmt.Errorf("%w: %q", ErrFormat, f)
	}
	seal, err := newSeal(n.signed, home(n.head.Establishment))
	if err != nil {
		return nil, err
	}
	j := job{
		paper: paper, title: titled(n.title, n.signed), at: n.at,
		sheets: func(c *canvas) []sheet { return []sheet{n.sheet(c, seal)} },
	}
	if n.signed == nil {
		j.across, j.ghost, j.foot = "BORRADOR", ghost, "Borrador sin firma."
	}
	return p.print(ctx, j)
}

func (n narrative) sheet(c *canvas, s *seal) sheet {
	at := n.at.In(home(n.head.Establishment))
	f := facts{head: n.head, title: n.title, date: longDate(at), hour: hour(at), about: about(n.head.Patient)}
	if n.signed != nil {
		f.folio = n.signed.Folio
	}
	k := &column{canvas: c}
	n.body(k)
	closing(k, s)
	return sheet{first: fullHead(c, f), again: againHead(c, f), blocks: k.blocks}
}

// about is what a note says of the patient (NOM-004, 5.2.3 and 5.9).
func about(p letterhead.Patient) []string {
	return []string{
		person(p), joined(labelled("Nacimiento", numericDate(p.BirthDate)), labelled("CURP", p.CURP)),
		labelled("Domicilio:", p.Address),
	}
}

// numericDate is 02/03/1984 for 1984-03-02.
func numericDate(iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return day.Format("02/01/2006")
}

func (s Section) add(k *column) {
	s.heading(k)
	if s.Text != "" {
		k.prose(bodyStyle, 0, s.Text)
	}
	if a := answers[s.Answer]; a != "" {
		k.prose(detailStyle, 0, a)
	}
	if len(s.Vitals) > 0 {
		vitals(k, s.Vitals)
	}
	for _, d := range s.Diagnoses {
		d.add(k)
	}
	k.gap(9)
}

// heading is the title of a section, with its numeral at the right.
func (s Section) heading(k *column) {
	numeral := labelled("NOM-004", s.Numeral)
	lines := k.wrap(headingStyle, s.Title, k.measure()-k.width(tinyStyle, numeral)-k.at(8))
	for i, line := range lines {
		k.add(k.lead(headingStyle), func(c *canvas, y float64) {
			c.text(c.margin, y+c.base(headingStyle), headingStyle, line)
			if i == 0 {
				c.textRight(c.right(), y+c.base(headingStyle), tinyStyle, numeral)
			}
		})
		k.keepLast()
	}
}
