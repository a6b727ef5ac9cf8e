package conditions

import (
	"cmp"
	"context"
	_ "embed" // the list of allergens
	"slices"
	"strings"

	"historias/internal/errs"
	"historias/internal/mx"
)

// Allergen is something that people react to, as a form offers it.
type Allergen struct {
	// Code begins with class:, generic:, food: or other:.
	Code  string
	Label string
}

//go:embed allergens.tsv
var allergenFile string

// known is an allergen with the words that find it, normalized.
type knownAllergen struct {
	Allergen
	label []string
	words []string
}

var knownAllergens = readAllergens(allergenFile)

func readAllergens(text string) []knownAllergen {
	var out []knownAllergen
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n")[1:] {
		cells := strings.Split(line, "\t")
		out = append(out, knownAllergen{
			Allergen: Allergen{Code: cells[0], Label: cells[1]},
			label:    mx.Words(cells[1]), words: mx.Words(cells[1], cells[2]),
		})
	}
	return out
}

const generic = "generic:"

// named gives the code of the allergen of the list whose name somebody wrote, in
// the singular or the plural; empty where it is none.
func named(text string) string {
	written := singular(mx.Normalize(text))
	for _, a := range knownAllergens {
		if singular(mx.Normalize(a.Label)) == written {
			return a.Code
		}
	}
	return ""
}

// singular takes the s of the plural from each word, well enough to compare.
func singular(text string) string {
	words := strings.Fields(text)
	for n, word := range words {
		words[n] = strings.TrimSuffix(word, "s")
	}
	return strings.Join(words, " ")
}

// commonNames are words by which people call a substance, normalized.
var commonNames = readCommonNames()

func readCommonNames() map[string]string {
	out := map[string]string{}
	for _, name := range mx.CommonNames() {
		if name.Same {
			out[mx.Normalize(name.Said)] = mx.Normalize(name.Called[0])
		}
	}
	return out
}

// substance gives the name by which a substance is compared: the catalog's own,
// without the salt that it may name.
func substance(text string) string {
	name := mx.Normalize(text)
	if called := commonNames[name]; called != "" {
		name = called
	}
	return strings.TrimSuffix(strings.TrimSuffix(name, " sodico"), " sodica")
}

// genericCode is the code of a substance of the catalog of medicines.
func genericCode(name string) string { return generic + mx.Normalize(name) }

// Allergens finds what people react to by the beginnings of words: classes of
// medicines, foods and others of the list, then substances of the catalog of
// medicines. Without words it gives the list.
func (s *Service) Allergens(ctx context.Context, text string, limit int) ([]Allergen, error) {
	out := listed(mx.Words(text))
	if len(out) > limit {
		return out[:limit], nil
	}
	if len(mx.Words(text)) == 0 {
		return out, nil
	}
	names, err := s.deps.Catalog.Substances(ctx, text, limit-len(out))
	if err != nil {
		return nil, errs.Internal("conditions: substances", err)
	}
	for _, name := range names {
		out = append(out, Allergen{Code: genericCode(name), Label: name})
	}
	return out[:min(len(out), limit)], nil
}

// listed gives the allergens of the list that have a word for each of words,
// those by whose own name they are found first.
func listed(words []string) []Allergen {
	type hit struct {
		Allergen
		rank int
	}
	var hits []hit
	for _, a := range knownAllergens {
		switch {
		case begun(a.label, words):
			hits = append(hits, hit{a.Allergen, 0})
		case begun(a.words, words):
			hits = append(hits, hit{a.Allergen, 1})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]Allergen, 0, len(hits))
	for _, h := range hits {
		out = append(out, h.Allergen)
	}
	return out
}

// begun tells whether each of the beginnings begins one of the words.
func begun(words, beginnings []string) bool {
	for _, b := range beginnings {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, b) }) {
			return false
		}
	}
	return true
}

// allergenExists tells whether a code is of the list or names a substance of the
// catalog.
func (s *Service) allergenExists(ctx context.Context, code string) (bool, error) {
	name, isGeneric := strings.CutPrefix(code, generic)
	if !isGeneric {
		return slices.ContainsFunc(knownAllergens, func(a knownAllergen) bool { return a.Code == code }), nil
	}
	names, err := s.deps.Catalog.Substances(ctx, name, substancesAsked)
	return slices.ContainsFunc(names, func(n string) bool { return genericCode(n) == code }), errs.Internal("conditions: substances", err)
}

// substancesAsked is how many names may begin with the words of one.
const substancesAsked = 100
