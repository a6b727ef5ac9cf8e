package catalog

import (
	"slices"
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

// small are the words that half of all labels have. They find nothing, so they
// are not in the index, and a search leaves them out.
var small = map[string]bool{
	"de": true, "del": true, "el": true, "la": true, "las": true, "los": true,
	"en": true, "y": true, "o": true, "con": true, "por": true,
}

// telling gives the words of a text that tell it from others.
func telling(text string) []string {
	return slices.DeleteFunc(words(text), func(word string) bool { return small[word] })
}

// fold is a text as words, joined by single blanks.
func fold(text string) string { return strings.Join(words(text), " ") }

// clip leaves of a text what a search looks at: what comes later narrows nothing
// any more.
func clip(text string) string {
	if runes := []rune(text); len(runes) > maxQueryRunes {
		return string(runes[:maxQueryRunes])
	}
	return text
}

// query gives the words that somebody looks for, the first eight of them. A small
// word alone is the beginning of a longer one: "de" of depresión.
func query(text string) []string {
	found := telling(text)
	if len(found) == 0 {
		found = words(text)
	}
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
