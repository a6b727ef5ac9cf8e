package pdf

import (
	"historias/internal/letterhead"
)

// head is what stands above the text of a page.
type head struct {
	height float64
	draw   func(c *canvas, y float64)
}

// facts is what the headers of one document say beside its letterhead.
type facts struct {
	head letterhead.Head
	// title is what the document is, such as "Nota de evolución".
	title string
	// date and hour stand at the right of the patient; folio after the hour.
	date, hour, folio string
	// about are the lines below the patient's name.
	about []string
}

// The columns of the letterhead and of the patient's block, as parts of the width.
const (
	leftPart    = 0.57
	rightPart   = 0.39
	patientPart = 0.62
)

// fullHead is the header of a first page: who gives care and where, and about
// whom the document is.
func fullHead(c *canvas, f facts) head {
	k := &column{canvas: c}
	letterheadBlock(k, f.head)
	k.gap(7)
	rulerBlock(k, teal, 0.9)
	k.gap(7)
	patientBlock(k, f)
	k.gap(6)
	rulerBlock(k, rule, 0.6)
	k.gap(8)
	return stacked(k.blocks)
}

// againHead is the header of a further page: whose document it is, and which.
func againHead(c *canvas, f facts) head {
	k := &column{canvas: c}
	right := joined(f.folio, f.date)
	room := c.measure() - c.width(smallStyle, right) - c.at(10)
	p := f.head.Patient
	left := strongStyle.face.fit(oneLine(p.FullName), c.at(strongStyle.size), room)
	k.add(k.lead(strongStyle), func(c *canvas, y float64) {
		c.text(c.margin, y+c.base(strongStyle), strongStyle, left)
		c.textRight(c.right(), y+c.base(strongStyle), smallStyle, right)
	})
	below := smallStyle.face.fit(oneLine(joined(labelled("Exp.", p.RecordNumber), f.title)), c.at(smallStyle.size), c.measure())
	k.add(k.lead(smallStyle), func(c *canvas, y float64) { c.text(c.margin, y+c.base(smallStyle), smallStyle, below) })
	k.gap(4)
	rulerBlock(k, rule, 0.6)
	k.gap(8)
	return stacked(k.blocks)
}

func stacked(blocks []block) head {
	h := head{draw: func(c *canvas, y float64) { paint(c, blocks, y) }}
	for _, b := range blocks {
		h.height += b.height
	}
	return h
}

func rulerBlock(k *column, ink colour, thickness float64) {
	k.add(thickness, func(c *canvas, y float64) { c.line(c.margin, y+thickness/2, c.right(), thickness, ink) })
}

// row is one line of a block with its style.
type row struct {
	style style
	text  string
}

// rows breaks a text into lines of a style; an empty one gives none.
func (c *canvas) rows(s style, text string, width float64) []row {
	if text == "" {
		return nil
	}
	var out []row
	for _, line := range c.wrap(s, text, width) {
		out = append(out, row{s, line})
	}
	return out
}

func (c *canvas) high(rows []row) (height float64) {
	for _, r := range rows {
		height += c.lead(r.style)
	}
	return height
}

// markSize is the program's sign beside the professional's name.
const markSize = 27

func letterheadBlock(k *column, h letterhead.Head) {
	c := k.canvas
	indent := c.at(markSize + 10)
	left := professionalRows(c, h.Professional, c.measure()*leftPart-indent)
	right := establishmentRows(c, h.Establishment, c.measure()*rightPart)
	k.add(max(c.high(left), c.high(right), c.at(markSize)), func(c *canvas, y float64) {
		c.mark(c.margin, y+c.at(1), c.at(markSize))
		c.leftRows(c.margin+indent, y, left)
		c.rightRows(y, right)
	})
}

func professionalRows(c *canvas, p letterhead.Professional, width float64) []row {
	rows := c.rows(nameStyle, p.FullName, width)
	rows = append(rows, c.rows(smallStyle, calling(p), width)...)
	rows = append(rows, c.rows(smallStyle, p.Institution, width)...)
	return append(rows, c.rows(smallStyle, licenses(p), width)...)
}

// establishmentRows are the type, name and address of the establishment, and
// who answers for it where the name alone does not say it (NOM-004, 5.2.1, 5.2.2).
func establishmentRows(c *canvas, e letterhead.Establishment, width float64) []row {
	rows := c.rows(smallStrong, e.Name, width)
	if e.LegalName != e.Name {
		rows = append(rows, c.rows(smallStyle, e.LegalName, width)...)
	}
	rows = append(rows, c.rows(smallStyle, e.Office, width)...)
	rows = append(rows, c.rows(smallStyle, e.Address, width)...)
	return append(rows, c.rows(smallStyle, labelled("Tel.", phone(e.Phone)), width)...)
}

func (c *canvas) leftRows(x, y float64, rows []row) {
	for _, r := range rows {
		c.text(x, y+c.base(r.style), r.style, r.text)
		y += c.lead(r.style)
	}
}

func (c *canvas) rightRows(y float64, rows []row) {
	for _, r := range rows {
		c.textRight(c.right(), y+c.base(r.style), r.style, r.text)
		y += c.lead(r.style)
	}
}

// patientBlock names the patient with age and sex of that day (NOM-004, 5.9), and
// at the right says what the document is and when it was made.
func patientBlock(k *column, f facts) {
	c := k.canvas
	width := c.measure() * patientPart
	left := c.rows(strongStyle, f.head.Patient.FullName, width)
	for _, line := range f.about {
		left = append(left, c.rows(smallStyle, line, width)...)
	}
	room := c.measure() - width - c.at(6)
	right := c.rows(smallStrong, f.title, room)
	right = append(right, c.rows(smallStyle, f.date, room)...)
	right = append(right, c.rows(smallStyle, joined(f.hour, labelled("Folio", f.folio)), room)...)
	k.add(max(c.high(left), c.high(right)), func(c *canvas, y float64) {
		c.leftRows(c.margin, y, left)
		c.rightRows(y, right)
	})
}

// person is the line with age, sex and record number.
func person(p letterhead.Patient) string {
	return joined(p.Age, sexes[p.Sex], labelled("Exp.", p.RecordNumber))
}
