package pdf

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// tabWidth is how many spaces a tabulator is.
const tabWidth = 4

// readable makes a text fit to be drawn without losing anything that somebody
// wrote. What the fonts lack (emoji, other scripts) and letters that run from
// right to left, which would be drawn in the wrong order, are printed by their
// code, as in [U+1F600]. Marks that are never seen alone (joiners, variation
// selectors, direction overrides) and control characters are left out.
func readable(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")) {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(strings.Repeat(" ", tabWidth))
		case r == '\u2028' || r == '\u2029':
			b.WriteByte('\n')
		case unicode.Is(unicode.Zs, r) && r != '\u00a0':
			b.WriteByte(' ')
		case invisible(r):
		case leftward(r) || !regular.has(r) || !bold.has(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// invisible tells whether a character shows nothing by itself.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// leftward tells whether a letter belongs to a script that runs to the left.
func leftward(r rune) bool {
	properties, _ := bidi.LookupRune(r)
	switch properties.Class() {
	case bidi.R, bidi.AL, bidi.AN:
		return true
	}
	return false
}

// oneLine is readable text without line breaks, for what has a single line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(readable(s), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}
