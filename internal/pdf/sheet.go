package pdf

import (
	"context"
	"fmt"
	"time"
)

// sheet is one paper of a document, which may run over several pages.
type sheet struct {
	first, again head
	blocks       []block
}

// job is one document about to be drawn.
type job struct {
	paper  paper
	title  string
	at     time.Time
	sheets func(c *canvas) []sheet
	// across stands over each page, such as BORRADOR; empty for none.
	across string
	ghost  colour
	// foot is what the last line of each page says at the left.
	foot string
}

// draw makes the bytes.
func (j job) draw() ([]byte, error) {
	c := newCanvas(j.paper, j.title, j.at)
	type placed struct {
		head   head
		blocks []block
		sheet  int
	}
	sheets := j.sheets(c)
	var all []placed
	for i, s := range sheets {
		body := c.height - 2*c.margin - c.at(pageLine)
		head := s.first
		for _, page := range pages(s.blocks, body-s.first.height, body-s.again.height) {
			all = append(all, placed{head, page, i + 1})
			head = s.again
		}
	}
	for i, p := range all {
		c.page()
		if j.across != "" {
			c.across(j.across, j.ghost)
		}
		p.head.draw(c, c.margin)
		paint(c, p.blocks, c.margin+p.head.height)
		c.lastLine(j.foot, numbered(i+1, len(all), p.sheet, len(sheets)))
	}
	return c.bytes()
}

// numbered says which page of how many this is, and which sheet where there are
// several.
func numbered(page, pages, sheet, sheets int) string {
	text := fmt.Sprintf("página %d de %d", page, pages)
	if sheets > 1 {
		text = fmt.Sprintf("hoja %d de %d · ", sheet, sheets) + text
	}
	return text
}

func (c *canvas) lastLine(left, right string) {
	y := c.bottom() - c.at(pageLine) + c.base(tinyStyle) + c.at(2)
	room := c.measure() - c.width(tinyStyle, right) - c.at(10)
	c.text(c.margin, y, tinyStyle, tinyStyle.face.fit(oneLine(left), c.at(tinyStyle.size), room))
	c.textRight(c.right(), y, tinyStyle, right)
}

// Press draws documents, a bounded number at a time: each needs several
// megabytes while it is drawn.
type Press struct{ slots chan struct{} }

// NewPress makes a press that draws n documents at once; one for each processor
// is right.
func NewPress(n int) *Press { return &Press{slots: make(chan struct{}, max(n, 1))} }

// print draws a job once a slot is free.
func (p *Press) print(ctx context.Context, j job) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
		return j.draw()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
