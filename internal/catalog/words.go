package catalog

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	maxQueryRunes = 120
	maxQueryWords = 8
)

// words splits a text into its words as the search compares them: lower case,
// without accents (ñ as n), letters and digits only. What is not a letter or a
// digit separates words; NUL bytes and broken UTF-8 are nothing else.
func words(text string) []string {
	bare := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(text))
	return strings.Fields(bare)
}

// fold is a text as words, joined by single blanks.
func fold(text string) string { return strings.Join(words(text), " ") }

// query gives the words that somebody looks for. What comes after the first
// eight words or 120 characters narrows nothing any more and is left out.
func query(text string) []string {
	if runes := []rune(text); len(runes) > maxQueryRunes {
		text = string(runes[:maxQueryRunes])
	}
	found := words(text)
	return found[:min(len(found), maxQueryWords)]
}

// end is the first text after all that begin with prefix, bytewise.
func end(prefix string) string { return prefix + string(unicode.MaxRune) }

// code reads a text as the beginning of a code of CIE-10, without its dot:
// "e11.9" and "E119" are E119. The X with which Mexican forms fill a code of
// three characters (I10X) is not part of it. It is empty when the text cannot
// be a code.
func code(text string) string {
	s := strings.ToUpper(strings.TrimSpace(text))
	s = strings.Replace(s, ".", "", 1)
	if len(s) == 4 {
		s = strings.TrimSuffix(s, "X")
	}
	if len(s) < 2 || len(s) > 4 || s[0] < 'A' || s[0] > 'Z' {
		return ""
	}
	if strings.Trim(s[1:], "0123456789") != "" {
		return ""
	}
	return s
}
