package pdf

// block is what is never cut by the end of a page: a line, a row, a heading.
type block struct {
	height float64
	// keep holds a block together with the next one, as a heading with its text.
	keep bool
	draw func(c *canvas, y float64)
}

// column collects blocks from above to below.
type column struct {
	*canvas
	blocks []block
}

func (k *column) add(height float64, draw func(c *canvas, y float64)) {
	k.blocks = append(k.blocks, block{height: height, draw: draw})
}

// gap leaves room; at the top of a page it is dropped.
func (k *column) gap(points float64) { k.add(k.at(points), nil) }

// trim takes away the room that was left last.
func (k *column) trim() {
	for n := len(k.blocks); n > 0 && k.blocks[n-1].draw == nil; n-- {
		k.blocks = k.blocks[:n-1]
	}
}

// keepLast holds what was added last together with what comes next.
func (k *column) keepLast() {
	if n := len(k.blocks); n > 0 {
		k.blocks[n-1].keep = true
	}
}

// prose adds a text, broken into lines, at a distance from the left margin.
func (k *column) prose(s style, indent float64, text string) {
	x := k.margin + indent
	k.lines(s, x, k.wrap(s, text, k.right()-x))
}

// lines adds lines that are broken already. The first two stay together, so do
// the last two: no line stands alone at the end or the beginning of a page.
func (k *column) lines(s style, x float64, lines []string) {
	for i, line := range lines {
		k.add(k.lead(s), func(c *canvas, y float64) { c.text(x, y+c.base(s), s, line) })
		if i == 0 && len(lines) > 1 || i == len(lines)-2 {
			k.keepLast()
		}
	}
}

// beside draws a short text at the left margin of the block with this number,
// on the base line of its style.
func (k *column) beside(n int, s, of style, text string) {
	draw := k.blocks[n].draw
	k.blocks[n].draw = func(c *canvas, y float64) {
		c.text(c.margin, y+c.base(of), s, text)
		draw(c, y)
	}
}

// together keeps what was added since block n on one page, as far as one holds it.
func (k *column) together(n int) {
	for i := n; i < len(k.blocks)-1; i++ {
		k.blocks[i].keep = true
	}
}

// pages puts blocks on pages: first is the room of the first page, rest that of
// the others. A block that is higher than a page stands alone on one.
func pages(blocks []block, first, rest float64) [][]block {
	var out [][]block
	var page []block
	room := first
	for i := 0; i < len(blocks); {
		n, height := group(blocks[i:], rest)
		blank := blocks[i].draw == nil && n == 1
		switch {
		case len(page) == 0 && blank:
			i++
			continue
		case height > room && len(page) > 0:
			out, page, room = append(out, page), nil, rest
			continue
		}
		page = append(page, blocks[i:i+n]...)
		room -= height
		i += n
	}
	return append(out, page)
}

// group is how many blocks must stay together from here, and how high they
// are; more than a page is not kept together.
func group(blocks []block, page float64) (n int, height float64) {
	for n < len(blocks) {
		if height+blocks[n].height > page && n > 0 {
			return 1, blocks[0].height
		}
		height += blocks[n].height
		n++
		if !blocks[n-1].keep {
			break
		}
	}
	return n, height
}

// paint draws the blocks of one page from y down.
func paint(c *canvas, page []block, y float64) {
	for _, b := range page {
		if b.draw != nil {
			b.draw(c, y)
		}
		y += b.height
	}
}
