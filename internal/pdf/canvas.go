package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// family is what the embedded fonts are called inside a document.
const family = "Liberation Sans"

// language is what a reader of screens speaks.
const language = "es-MX"

// canvas draws on the pages of one document. Places are in points from the
// upper left corner; the y of a text is its base line.
type canvas struct {
	paper
	pdf *fpdf.Fpdf
}

// newCanvas begins a document. title says what it is, without personal data; at
// is the only time that the bytes depend on.
func newCanvas(p paper, title string, at time.Time) *canvas {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: p.width, Ht: p.height}})
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(at.UTC())
	f.SetModificationDate(at.UTC())
	f.SetTitle(title, true)
	f.SetProducer("Historias", true)
	f.SetLang(language)
	for _, face := range []*face{regular, bold} {
		f.AddUTF8FontFromBytes(family, face.style, face.ttf)
	}
	return &canvas{paper: p, pdf: f}
}

// bytes ends the document.
func (c *canvas) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := c.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return b.Bytes(), nil
}

func (c *canvas) page() { c.pdf.AddPage() }

// text draws one line of readable text.
func (c *canvas) text(x, y float64, s style, line string) {
	if line == "" {
		return
	}
	c.pdf.SetFont(family, s.face.style, c.at(s.size))
	c.pdf.SetTextColor(s.ink[0], s.ink[1], s.ink[2])
	c.pdf.Text(x, y, strings.ReplaceAll(line, noBreak, " "))
}

// textRight draws one line that ends at x.
func (c *canvas) textRight(x, y float64, s style, line string) {
	c.text(x-c.width(s, line), y, s, line)
}

// width is how wide a line is in a style.
func (c *canvas) width(s style, line string) float64 { return s.face.width(line, c.at(s.size)) }

// wrap breaks what somebody wrote into lines of a style.
func (c *canvas) wrap(s style, text string, width float64) []string {
	return s.face.wrap(readable(text), c.at(s.size), width)
}

// lead is the distance between lines of a style.
func (c *canvas) lead(s style) float64 { return c.at(s.lead) }

// base is how far below its upper edge a line of a style stands.
func (c *canvas) base(s style) float64 { return c.at((s.lead + s.size*capital) / 2) }

// capital is the height of capitals in a font of size 1.
const capital = 0.72

func (c *canvas) line(x1, y, x2, thickness float64, ink colour) {
	c.pdf.SetLineWidth(thickness)
	c.pdf.SetDrawColor(ink[0], ink[1], ink[2])
	c.pdf.Line(x1, y, x2, y)
}

func (c *canvas) box(x, y, w, h float64, ink colour) {
	c.pdf.SetFillColor(ink[0], ink[1], ink[2])
	c.pdf.Rect(x, y, w, h, "F")
}

// mark draws the program's sign: a square of this size.
func (c *canvas) mark(x, y, size float64) {
	k := size / markGrid
	c.pdf.SetFillColor(teal[0], teal[1], teal[2])
	c.pdf.RoundedRect(x, y, size, size, size/4, "1234", "F")
	c.pdf.SetDrawColor(white[0], white[1], white[2])
	c.pdf.SetLineWidth(2 * k)
	c.pdf.SetLineCapStyle("round")
	c.pdf.SetLineJoinStyle("round")
	for _, stroke := range markStrokes {
		c.pdf.MoveTo(x+stroke[0][0]*k, y+stroke[0][1]*k)
		for _, p := range stroke[1:] {
			c.pdf.LineTo(x+p[0]*k, y+p[1]*k)
		}
		c.pdf.DrawPath("D")
	}
	c.pdf.SetLineCapStyle("butt")
	c.pdf.SetLineJoinStyle("miter")
}

// markGrid and markStrokes are the sign of frontend/public/favicon.svg.
const markGrid = 32

var markStrokes = [][][2]float64{
	{{10.5, 9}, {10.5, 23}},
	{{21.5, 9}, {21.5, 23}},
	{{10.5, 17}, {13.5, 17}, {15.3, 13}, {17.7, 19}, {19.3, 15.6}, {21.5, 15.6}},
}
