package mx

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Line returns a line of text in the form in which it is kept: composed accents
// (NFC), single spaces, and none of the invisible marks, such as those of
// direction, that text copied from elsewhere carries.
func Line(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.Map(dropMark, s))), " ")
}

func dropMark(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// Unprintable says what is wrong with a line that is not Printable.
const Unprintable = "Contiene un carácter que no se puede guardar."

// Printable tells whether every character of a Line can be shown: no control
// characters, nothing that is not UTF-8.
func Printable(line string) bool {
	return !strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) || r == utf8.RuneError })
}

// ValidateFullName takes a name with its surnames in one text, word by word,
// because together they may be longer than any one part. Each word is held to
// ValidateName.
func ValidateFullName(s string) (string, error) {
	var words []string
	for _, word := range strings.Fields(Line(s)) {
		word, err := ValidateName(word)
		if err != nil {
			return "", err
		}
		words = append(words, word)
	}
	if len(words) == 0 {
		return "", refuse(SubjectName, ReasonEmpty)
	}
	return strings.Join(words, " "), nil
}
