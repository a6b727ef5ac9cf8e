package patient

import (
	"unicode/utf8"

	"historias/internal/mx"
)

// similarity says how much two people's names are alike, 0 to 1: the share of
// words that both have, where one different letter in a longer word counts as
// the same word.
func similarity(a, b mx.Names) float64 {
	left := mx.Words(a.GivenNames, a.FirstSurname, a.SecondSurname)
	right := mx.Words(b.GivenNames, b.FirstSurname, b.SecondSurname)
	if len(left) == 0 || len(right) == 0 {
		return 0
	}
	taken := make([]bool, len(right))
	shared := 0.0
	for _, word := range left {
		if i, weight := closest(word, right, taken); weight > 0 {
			taken[i] = true
			shared += weight
		}
	}
	return 2 * shared / float64(len(left)+len(right))
}

// sharedByTypo is what a word with one different letter counts: less than an
// equal one, so that only equal names come to 1.
const sharedByTypo = 0.9

// typoFrom is the length from which one different letter is taken for a slip.
const typoFrom = 4

func closest(word string, among []string, taken []bool) (index int, weight float64) {
	for i, other := range among {
		if taken[i] {
			continue
		}
		if other == word {
			return i, 1
		}
		if weight == 0 && utf8.RuneCountInString(word) >= typoFrom && oneEditApart([]rune(word), []rune(other)) {
			index, weight = i, sharedByTypo
		}
	}
	return index, weight
}

// oneEditApart tells whether one letter changed, added or dropped makes a out
// of b.
func oneEditApart(a, b []rune) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(b) && string(a[i+1:]) == string(b[i+1:])
	}
	return string(a[i+1:]) == string(b[i:])
}
