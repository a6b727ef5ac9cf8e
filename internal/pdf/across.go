package pdf

import (
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// acrossAngle is in degrees, counted to the left; acrossPart is how much of the
// diagonal the word takes.
const (
	acrossAngle = 52
	acrossPart  = 0.6
)

// across draws a word over the whole page, below everything else. It is drawn as
// a shape, not as text: read aloud, searched or copied, the page is the document
// alone, and its last line says in words what the shape says.
func (c *canvas) across(word string, ink colour) {
	size := math.Hypot(c.paper.width, c.paper.height) * acrossPart / bold.width(word, 1)
	x, y := c.paper.width/2, c.paper.height/2
	c.pdf.SetFillColor(ink[0], ink[1], ink[2])
	c.pdf.TransformBegin()
	c.pdf.TransformRotate(acrossAngle, x, y)
	left := x - bold.width(word, size)/2
	for _, r := range word {
		c.shape(bold, r, left, y+size*capital/2, size)
		left += bold.width(string(r), size)
	}
	c.pdf.TransformEnd()
}

// shape fills the outline of a letter whose base line begins at x and y.
func (c *canvas) shape(f *face, r rune, x, y, size float64) {
	var buf sfnt.Buffer
	glyph, err := f.font.GlyphIndex(&buf, r)
	if err != nil {
		return
	}
	segments, err := f.font.LoadGlyph(&buf, glyph, fixed.I(perEm), nil)
	if err != nil {
		return
	}
	at := func(p fixed.Point26_6) (float64, float64) {
		const unit = 64 * perEm
		return x + float64(p.X)*size/unit, y + float64(p.Y)*size/unit
	}
	for _, s := range segments {
		toX, toY := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			c.pdf.MoveTo(toX, toY)
		case sfnt.SegmentOpLineTo:
			c.pdf.LineTo(toX, toY)
		case sfnt.SegmentOpQuadTo:
			endX, endY := at(s.Args[1])
			c.pdf.CurveTo(toX, toY, endX, endY)
		case sfnt.SegmentOpCubeTo:
			midX, midY := at(s.Args[1])
			endX, endY := at(s.Args[2])
			c.pdf.CurveBezierCubicTo(toX, toY, midX, midY, endX, endY)
		}
	}
	c.pdf.DrawPath("F")
}
