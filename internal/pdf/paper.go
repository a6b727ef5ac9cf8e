package pdf

// paper is a format with its measures, in points (1/72 inch).
type paper struct {
	width, height, margin float64
	// scale is how large everything is set, 1 on half letter.
	scale float64
}

// Letter paper is 8.5 by 11 inches, half letter 5.5 by 8.5.
const (
	letterWidth, letterHeight = 612, 792
	halfWidth, halfHeight     = 396, 612
)

var papers = map[Format]paper{
	HalfLetter:  {width: halfWidth, height: halfHeight, margin: 26, scale: 1},
	Letter:      {width: letterWidth, height: letterHeight, margin: 48, scale: 1.16},
	LetterLarge: {width: letterWidth, height: letterHeight, margin: 44, scale: 1.62},
}

// measure is the width between the margins.
func (p paper) measure() float64 { return p.width - 2*p.margin }

// at scales a measure that is given for half letter.
func (p paper) at(points float64) float64 { return points * p.scale }

// right is where the right margin begins, bottom where the lower one does.
func (p paper) right() float64  { return p.width - p.margin }
func (p paper) bottom() float64 { return p.height - p.margin }

// style is how a text is set. size and lead, the distance between lines, are
// for half letter.
type style struct {
	face       *face
	size, lead float64
	ink        colour
}

// colour is red, green and blue.
type colour [3]int

// The inks are those of the program's light theme.
var (
	ink      = colour{0x1d, 0x23, 0x22}
	inkSoft  = colour{0x4c, 0x53, 0x51}
	inkFaint = colour{0x66, 0x6c, 0x69}
	teal     = colour{0x0b, 0x6a, 0x78}
	red      = colour{0xa8, 0x24, 0x1c}
	rule     = colour{0xc9, 0xc4, 0xbb}
	paleGrey = colour{0xf3, 0xf1, 0xed}
	ghost    = colour{0xec, 0xea, 0xe6}
	ghostRed = colour{0xf7, 0xdf, 0xdc}
	white    = colour{0xff, 0xff, 0xff}
)

// The styles of a document.
var (
	nameStyle    = style{bold, 12.5, 15.5, ink}
	strongStyle  = style{bold, 9.2, 12, ink}
	bodyStyle    = style{regular, 9, 12.2, ink}
	detailStyle  = style{regular, 8.6, 11.8, inkSoft}
	smallStyle   = style{regular, 8, 10.6, inkSoft}
	smallStrong  = style{bold, 8, 10.6, ink}
	tinyStyle    = style{regular, 7.4, 9.6, inkFaint}
	headingStyle = style{bold, 9.6, 13, ink}
	allergyStyle = style{bold, 8.6, 11.8, red}
	legendStyle  = style{bold, 8, 11, inkSoft}
	warningStyle = style{bold, 8.8, 11.8, red}
)
