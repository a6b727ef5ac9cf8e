package pdf

// Vital signs stand in cells, three beside each other on letter, two on half
// letter.
const (
	cellHeight = 27
	cellGap    = 5
)

func vitals(k *column, list []Measure) {
	perRow := 3
	if k.paper.width < letterWidth {
		perRow = 2
	}
	width := (k.measure() - float64(perRow-1)*k.at(cellGap)) / float64(perRow)
	k.gap(2)
	k.keepLast()
	for from := 0; from < len(list); from += perRow {
		row, height := list[from:min(from+perRow, len(list))], k.at(cellHeight)
		if from+perRow < len(list) {
			height += k.at(cellGap)
		}
		k.add(height, func(c *canvas, y float64) {
			for i, m := range row {
				m.draw(c, c.margin+float64(i)*(width+c.at(cellGap)), y, width)
			}
		})
	}
}

// draw fills one cell: what was measured above, the value with its unit below.
func (m Measure) draw(c *canvas, x, y, width float64) {
	c.box(x, y, width, c.at(cellHeight), paleGrey)
	inner := width - c.at(10)
	x += c.at(5)
	c.text(x, y+c.at(10), tinyStyle, tinyStyle.face.fit(oneLine(m.Label), c.at(tinyStyle.size), inner))
	value := strongStyle.face.fit(oneLine(m.Value), c.at(strongStyle.size), inner)
	c.text(x, y+c.at(21.5), strongStyle, value)
	at := c.width(strongStyle, value) + c.at(3)
	c.text(x+at, y+c.at(21.5), tinyStyle, tinyStyle.face.fit(oneLine(m.Unit), c.at(tinyStyle.size), inner-at))
}

var kinds = map[string]string{"principal": "Principal", "secundario": "Secundario"}

// codeColumn is where the words of a diagnosis begin, beside its code.
const codeColumn = 38

// add prints one diagnosis: code, words, and whether it is the principal one.
func (d Diagnosis) add(k *column) {
	kind := kinds[d.Kind]
	indent := k.at(codeColumn)
	lines := k.wrap(bodyStyle, d.Label, k.measure()-indent-k.width(tinyStyle, kind)-k.at(8))
	code := oneLine(d.Code)
	for i, line := range lines {
		k.add(k.lead(bodyStyle), func(c *canvas, y float64) {
			if i == 0 {
				c.text(c.margin, y+c.base(bodyStyle), strongStyle, code)
				c.textRight(c.right(), y+c.base(bodyStyle), tinyStyle, kind)
			}
			c.text(c.margin+indent, y+c.base(bodyStyle), bodyStyle, line)
		})
		if i < len(lines)-1 {
			k.keepLast()
		}
	}
}
