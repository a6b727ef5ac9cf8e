package pdf

import (
	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is one embedded font: its file, and how wide its letters are.
type face struct {
	style string // as fpdf names it
	ttf   []byte
	font  *sfnt.Font
	// advance is the width of each character of the basic plane in thousandths of
	// the size; negative where the font lacks it.
	advance []int16
}

const (
	basicPlane = 0x10000
	perEm      = 1000
	lacking    = -1
)

// The two faces that documents are set in.
var (
	regular = newFace("", liberationsansregular.TTF)
	bold    = newFace("B", liberationsansbold.TTF)
)

// newFace measures a font once. The files are compiled in: one that does not
// parse is a broken build.
func newFace(style string, ttf []byte) *face {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		panic("pdf: the embedded font does not parse: " + err.Error())
	}
	f := &face{style: style, ttf: ttf, font: parsed, advance: make([]int16, basicPlane)}
	var buf sfnt.Buffer
	for r := range rune(basicPlane) {
		f.advance[r] = lacking
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		width, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(perEm), font.HintingNone)
		if err == nil {
			f.advance[r] = int16(width.Round()) //nolint:gosec // a letter is narrower than thirty times its size
		}
	}
	return f
}

// has tells whether the font can draw a character.
func (f *face) has(r rune) bool { return r < basicPlane && f.advance[r] != lacking }

// width is how wide a text is at a size, in points. Characters that the font
// lacks count nothing: readable took them out.
func (f *face) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		if f.has(r) {
			sum += int(f.advance[r])
		}
	}
	return float64(sum) * size / perEm
}
