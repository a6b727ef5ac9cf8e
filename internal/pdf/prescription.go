package pdf

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Prescription draws a receta on one paper. It fails for an unknown format only,
// or when ctx ends while it waits for its turn.
func (p *Press) Prescription(ctx context.Context, d Prescription, f Format) ([]byte, error) {
	paper, ok := papers[f]
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrFormat, f)
	}
	zone := home(d.Head.Establishment)
	seal, err := newSeal(d.Signed, zone)
	if err != nil {
		return nil, err
	}
	j := job{
		paper: paper, title: titled("Receta médica", d.Signed), at: d.IssuedAt,
		sheets: func(c *canvas) []sheet { return d.sheets(c, seal, zone) },
		foot:   d.foot(zone),
	}
	switch {
	case d.Voided != nil:
		j.across, j.ghost, j.at = "ANULADA", ghostRed, d.Voided.At
	case d.Signed == nil:
		j.across, j.ghost = "BORRADOR", ghost
	}
	return p.print(ctx, j)
}

// titled names a document in its metadata, which hold nothing personal.
func titled(kind string, s *Signed) string {
	if s == nil {
		return kind + " (borrador)"
	}
	return kind + " " + s.Folio
}

func (d Prescription) foot(zone *time.Location) string {
	switch {
	case d.Voided != nil:
		return "Anulada el " + moment(d.Voided.At.In(zone)) + ". No debe surtirse."
	case d.Signed == nil:
		return "Borrador sin firma: no es válido para surtir."
	}
	return ""
}

func (d Prescription) sheets(c *canvas, s *seal, zone *time.Location) []sheet {
	issued := d.IssuedAt.In(zone)
	f := facts{
		head: d.Head, title: "Receta médica", date: longDate(issued), hour: hour(issued),
		about: []string{joined(person(d.Head.Patient), labelled("Peso", strings.ReplaceAll(d.Weight, " ", noBreak)))},
	}
	if d.Signed != nil {
		f.folio = d.Signed.Folio
	}
	list := d.Sheets
	if len(list) == 0 {
		list = []Sheet{{}}
	}
	var out []sheet
	for i, one := range list {
		k := &column{canvas: c}
		d.begin(k, zone)
		one.add(k)
		if i == len(list)-1 {
			d.noted(k)
		}
		closing(k, s)
		out = append(out, sheet{first: fullHead(c, f), again: againHead(c, f), blocks: k.blocks})
	}
	return out
}

// begin says what every sheet says above its medicines.
func (d Prescription) begin(k *column, zone *time.Location) {
	if d.Voided != nil {
		k.prose(warningStyle, 0, "Receta anulada el "+moment(d.Voided.At.In(zone))+". No debe surtirse.")
		k.gap(4)
	}
	if d.Replaces != "" {
		k.prose(smallStyle, 0, "Sustituye a la receta anulada con folio "+d.Replaces+".")
		k.gap(4)
	}
	if d.Allergies != "" {
		d.allergies(k)
	}
}

// allergies prints the word in red and the list beside it.
func (d Prescription) allergies(k *column) {
	const word = "Alergias:"
	indent := k.width(allergyStyle, word) + k.at(5)
	lines := k.wrap(detailStyle, d.Allergies, k.measure()-indent)
	for i, line := range lines {
		k.add(k.lead(detailStyle), func(c *canvas, y float64) {
			if i == 0 {
				c.text(c.margin, y+c.base(detailStyle), allergyStyle, word)
			}
			c.text(c.margin+indent, y+c.base(detailStyle), detailStyle, line)
		})
	}
	k.gap(8)
}

// itemIndent is where the text of a medicine begins, beside its number.
const itemIndent = 16

func (s Sheet) add(k *column) {
	if s.Label != "" {
		k.prose(headingStyle, 0, s.Label)
		k.keepLast()
		k.gap(3)
		k.keepLast()
	}
	for _, item := range s.Items {
		item.add(k)
		k.gap(7)
	}
	for _, legend := range s.Legends {
		k.prose(smallStyle, 0, legend)
	}
	if len(s.Legends) > 0 {
		k.gap(4)
	}
}

func (i Item) add(k *column) {
	indent := k.at(itemIndent)
	first := len(k.blocks)
	k.prose(strongStyle, indent, i.Title)
	if len(k.blocks) > first {
		k.beside(first, smallStyle, strongStyle, strconv.Itoa(i.Number))
	}
	for n, line := range i.Lines {
		s := detailStyle
		if n == 0 {
			s = bodyStyle
		}
		k.prose(s, indent, line)
	}
	for _, legend := range i.Legends {
		k.prose(legendStyle, indent, legend)
	}
	k.together(first)
}

// noted is what was prescribed on the special form and is only recorded here.
func (d Prescription) noted(k *column) {
	if len(d.SpecialForm) == 0 {
		return
	}
	k.gap(2)
	k.prose(headingStyle, 0, "Prescrito en recetario especial")
	k.keepLast()
	for _, line := range d.SpecialForm {
		k.prose(detailStyle, 0, line)
	}
	k.prose(smallStyle, 0, "Se anota para el expediente. Esta hoja no sirve para surtirlo.")
	k.gap(4)
}
