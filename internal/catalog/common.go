package catalog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"historias/internal/mx"
)

// term is one thing that a search of medicines asks for: any of some groups of
// beginnings of words, of which each word must be there.
type term [][]string

// saidAs are the common names of substances, by the words that are said, the
// longer phrases first.
var saidAs = readSaid()

type common struct {
	said   []string
	called term
}

func readSaid() []common {
	var out []common
	for _, name := range mx.CommonNames() {
		c := common{said: telling(name.Said)}
		for _, called := range name.Called {
			c.called = append(c.called, telling(called))
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b common) int { return len(b.said) - len(a.said) })
	return out
}

// shortestCommon is how many letters of a common name must be typed before it
// counts; a shorter name must be whole.
const shortestCommon = 4

// terms gives what somebody who typed these words asks for: the words as they
// stand, or what they mean when they are the common name of a substance.
func terms(typed []string) []term {
	var out []term
	for len(typed) > 0 {
		t, used := next(typed)
		out = append(out, t)
		typed = typed[used:]
	}
	return out
}

func next(typed []string) (t term, used int) {
	t, used = term{{typed[0]}}, 1
	for _, c := range saidAs {
		if len(c.said) < used || !c.begun(typed) {
			continue
		}
		if len(c.said) > used {
			t, used = term{typed[:len(c.said)]}, len(c.said)
		}
		t = append(t, c.called...)
	}
	return t, used
}

// begun tells whether the name is what the typed words begin with. Of a name of
// one word the beginning is enough.
func (c common) begun(typed []string) bool {
	if len(c.said) > 1 {
		return len(typed) >= len(c.said) && slices.Equal(typed[:len(c.said)], c.said)
	}
	if typed[0] == c.said[0] {
		return true
	}
	return utf8.RuneCountInString(typed[0]) >= shortestCommon && strings.HasPrefix(c.said[0], typed[0])
}

// in tells whether the words of a name satisfy the term.
func (t term) in(words []string) bool {
	return slices.ContainsFunc(t, func(group []string) bool { return has(words, group) })
}
