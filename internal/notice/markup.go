package notice

import "strings"

// Section is one part of a notice as it is shown. The first has no title: it is
// the summary.
type Section struct {
	Title  string
	Blocks []Block
}

// BlockKind says how a block is shown.
type BlockKind string

// The kinds of blocks.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	List      BlockKind = "list"
	Callout   BlockKind = "callout"
)

// Block is a paragraph, a heading, a list or a callout. A list has one line for
// each item, the others one line.
type Block struct {
	Kind  BlockKind
	Lines []Line
}

// Line is text in spans.
type Line []Span

// Span is text that stands out or does not.
type Span struct {
	Text   string
	Strong bool
}

// Sections reads the markup of a notice: «## » begins a section, «### » a
// heading, «- » an item of a list, «> » a callout; ** encloses what stands out.
// Anything else is text.
func Sections(content string) []Section {
	sections := []Section{{}}
	for _, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "## "); ok {
			sections = append(sections, Section{Title: title})
			continue
		}
		last := &sections[len(sections)-1]
		last.add(line)
	}
	for i := range sections {
		sections[i].close()
	}
	return sections
}

// add puts one line of the markup into the section. An empty line ends a block;
// lines of one paragraph that follow each other are one.
func (s *Section) add(line string) {
	kind, text := kindOf(line)
	open := len(s.Blocks) > 0 && len(s.Blocks[len(s.Blocks)-1].Lines) > 0
	switch {
	case line == "":
		s.Blocks = append(s.Blocks, Block{})
	case open && kind == List && s.last().Kind == List:
		s.last().Lines = append(s.last().Lines, spans(text))
	case open && kind == Paragraph && s.last().Kind == Paragraph:
		s.last().Lines[0] = append(s.last().Lines[0], append(Line{{Text: " "}}, spans(text)...)...)
	default:
		s.Blocks = append(s.Blocks, Block{Kind: kind, Lines: []Line{spans(text)}})
	}
}

func (s *Section) last() *Block { return &s.Blocks[len(s.Blocks)-1] }

// close drops the marks that empty lines left.
func (s *Section) close() {
	var kept []Block
	for _, b := range s.Blocks {
		if len(b.Lines) > 0 {
			kept = append(kept, b)
		}
	}
	s.Blocks = kept
}

func kindOf(line string) (BlockKind, string) {
	for _, mark := range []struct {
		prefix string
		kind   BlockKind
	}{{"### ", Heading}, {"- ", List}, {"> ", Callout}} {
		if text, ok := strings.CutPrefix(line, mark.prefix); ok {
			return mark.kind, text
		}
	}
	return Paragraph, line
}

// spans splits a line at **; a pair that does not close is text.
func spans(text string) Line {
	parts := strings.Split(text, "**")
	if len(parts)%2 == 0 {
		last := len(parts) - 1
		parts[last-1] += "**" + parts[last]
		parts = parts[:last]
	}
	var line Line
	for i, part := range parts {
		if part != "" {
			line = append(line, Span{Text: part, Strong: i%2 == 1})
		}
	}
	return line
}
