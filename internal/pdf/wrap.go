package pdf

import (
	"strings"
	"unicode/utf8"
)

// noBreak is a space at which no line ends.
const noBreak = "\u00a0"

// wrap breaks readable text into lines no wider than width points. Line breaks
// and empty lines stay; spaces at a break go; a word that is wider than a line
// is broken where it must be. An empty text has no lines.
func (f *face) wrap(s string, size, width float64) []string {
	var lines []string
	if s = strings.TrimRight(s, " \n"); s == "" {
		return nil
	}
	for _, paragraph := range strings.Split(s, "\n") {
		lines = append(lines, f.wrapParagraph(strings.TrimRight(paragraph, " "), size, width)...)
	}
	return lines
}

func (f *face) wrapParagraph(s string, size, width float64) []string {
	var lines []string
	indent := s[:len(s)-len(strings.TrimLeft(s, " "))]
	if f.width(indent, size) > width/2 {
		indent = ""
	}
	line, empty := indent, true
	space := f.width(" ", size)
	used := f.width(line, size)
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }) {
		w := f.width(word, size)
		if !empty && used+space+w <= width {
			line, used = line+" "+word, used+space+w
			continue
		}
		if !empty {
			lines, line, used = append(lines, line), "", 0
		}
		for used+w > width {
			head, rest := f.split(word, size, width-used)
			lines = append(lines, line+head)
			word, w, line, used = rest, f.width(rest, size), "", 0
		}
		line, used, empty = line+word, used+w, false
	}
	return append(lines, line)
}

// split cuts a word that is wider than room: as much as fits, one character at
// least, so that every line makes progress. A code such as [U+1F600] is not cut.
func (f *face) split(word string, size, room float64) (head, rest string) {
	cut, used := 0, 0.0
	for cut < len(word) {
		unit := unitLength(word[cut:])
		w := f.width(word[cut:cut+unit], size)
		if cut > 0 && used+w > room {
			break
		}
		cut, used = cut+unit, used+w
	}
	return word[:cut], word[cut:]
}

// unitLength is how many bytes at the beginning stay together.
func unitLength(s string) int {
	if strings.HasPrefix(s, "[U+") {
		if end := strings.IndexByte(s, ']'); end > 0 && end < len("[U+10FFFF]") {
			return end + 1
		}
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// ellipsis ends what was cut to one line.
const ellipsis = "…"

// fit shortens a text to one line of width points. It is for headers of
// further pages only: nothing is said there for the first time.
func (f *face) fit(s string, size, width float64) string {
	if f.width(s, size) <= width {
		return s
	}
	room := width - f.width(ellipsis, size)
	cut, used := 0, 0.0
	for i, r := range s {
		w := f.width(string(r), size)
		if used+w > room {
			break
		}
		cut, used = i+utf8.RuneLen(r), used+w
	}
	return strings.TrimRight(s[:cut], " ") + ellipsis
}
