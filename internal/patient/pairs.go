package patient

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Two common beginnings ("mar her") have thousands of people each and few
// together. Merging their stretches of the index costs as much as they are long,
// so the first letters of each two words of a name have a hash together: that
// stretch holds only those who have both. Three letters, because shorter
// beginnings would need hashes of their own, and longer ones are checked against
// the hashes of single words afterwards.
const pairLetters = 3

// pairStart is the part of a word by which it is paired; ok is false for a word
// that is too short.
func pairStart(word string) (start string, ok bool) {
	letters := 0
	for i := range word {
		if letters == pairLetters {
			return word[:i], true
		}
		letters++
	}
	return word, letters == pairLetters
}

// pairStarts are the distinct starts of words, sorted. Words with the same start
// are not told apart by it, so that they make no pair.
func pairStarts(words []string) []string {
	var starts []string
	for _, word := range words {
		if start, ok := pairStart(word); ok {
			starts = append(starts, start)
		}
	}
	slices.Sort(starts)
	return slices.Compact(starts)
}

func (s *tokenSet) addPair(a, b string) { s.add(tokenPair, min(a, b)+"|"+max(a, b)) }

// addPairs adds the hashes of every two of some words.
func (s *tokenSet) addPairs(words []string) {
	starts := pairStarts(words)
	for i, a := range starts {
		for _, b := range starts[i+1:] {
			s.addPair(a, b)
		}
	}
}

// nameTokens gives the hashes of the words of a search. Those in found bring in
// candidates: the pairs of the longest word (the one that fewest patients have)
// with each other one where there are such pairs, else every word. Those in check
// must belong to a candidate besides: the words that found does not answer for.
func nameTokens(terms []string, found, check *tokenSet) {
	slices.SortStableFunc(terms, func(a, b string) int {
		return cmp.Compare(utf8.RuneCountInString(b), utf8.RuneCountInString(a))
	})
	paired := map[string]bool{}
	for _, term := range terms[1:] {
		if pairable(terms[0], term) {
			a, _ := pairStart(terms[0])
			b, _ := pairStart(term)
			found.addPair(a, b)
			paired[terms[0]], paired[term] = true, true
		}
	}
	for _, term := range terms {
		switch {
		case len(paired) == 0:
			found.add(tokenName, term)
		case !paired[term] || utf8.RuneCountInString(term) > pairLetters:
			check.add(tokenName, term)
		}
	}
}

// pairable says whether two words of a search must be found in two words of a
// name: one that begins like the other may be the same.
func pairable(a, b string) bool {
	x, xOK := pairStart(a)
	y, yOK := pairStart(b)
	return xOK && yOK && x != y
}
