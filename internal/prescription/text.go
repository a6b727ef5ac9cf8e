package prescription

import (
	"slices"
	"strings"

	"historias/internal/mx"
)

// fold is how names of medicines and substances are compared: without accents,
// case and punctuation.
func fold(text string) string { return mx.Normalize(text) }

// ingredients gives the substances of a generic name, folded: the catalog writes
// combinations as "amoxicilina/ácido clavulánico", people also as "con" or "+".
func ingredients(generic string) []string {
	parts := strings.FieldsFunc(generic, func(r rune) bool { return strings.ContainsRune("/+,;", r) })
	var out []string
	for _, part := range parts {
		for _, name := range strings.Split(" "+fold(part)+" ", " con ") {
			if name = proper(name); name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// otherNames are words by which people call a substance that the catalog has
// under another, folded.
var otherNames = readOtherNames()

func readOtherNames() map[string]string {
	out := map[string]string{}
	for _, name := range mx.CommonNames() {
		if said := fold(name.Said); name.Same && !strings.Contains(said, " ") {
			out[said] = fold(name.Called[0])
		}
	}
	return out
}

// proper gives a folded name with the words of the catalog.
func proper(name string) string {
	words := strings.Fields(name)
	for n, word := range words {
		if known := otherNames[word]; known != "" {
			words[n] = known
		}
	}
	return strings.Join(words, " ")
}

// spellings are the folded names under which the catalog may have a product: as
// it was written, and the substances of two or three in any order.
func spellings(generic string) []string {
	all := ingredients(generic)
	out := []string{fold(generic), strings.Join(all, " ")}
	switch len(all) {
	case 2:
		out = append(out, all[1]+" "+all[0])
	case 3:
		for _, order := range [][3]int{{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			out = append(out, strings.Join([]string{all[order[0]], all[order[1]], all[order[2]]}, " "))
		}
	}
	return out
}

// hasWords tells whether every word of part is a word of whole, both folded.
func hasWords(whole, part string) bool {
	words := strings.Fields(whole)
	for _, word := range strings.Fields(part) {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return part != ""
}

// capital writes the first letter large.
func capital(text string) string {
	for i, r := range text {
		if i == 0 {
			return strings.ToUpper(string(r)) + text[len(string(r)):]
		}
	}
	return text
}

// lower writes the first letter small, unless the word is an abbreviation.
func lower(text string) string {
	runes := []rune(text)
	if len(runes) > 1 && strings.ToUpper(string(runes[1])) == string(runes[1]) && strings.ToLower(string(runes[1])) != string(runes[1]) {
		return text
	}
	if len(runes) == 0 {
		return text
	}
	return strings.ToLower(string(runes[0])) + string(runes[1:])
}

// listOf joins names as a sentence does: "a, b y c".
func listOf(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := names[len(names)-1]
	and := " y "
	if strings.HasPrefix(fold(last), "i") {
		and = " e "
	}
	return strings.Join(names[:len(names)-1], ", ") + and + last
}
