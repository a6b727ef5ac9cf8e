package patient

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"historias/internal/mx"
	"historias/internal/vault"
)

// query is what somebody typed into the search box, understood.
type query struct {
	// words is the text to compare names with once they are open.
	words string
	// tokens must all belong to the patient, rarest first as far as the length
	// of a word tells.
	tokens []int64
	number Number
}

// hopeless says that what was typed can find nobody: one letter, signs only.
func (q query) hopeless() bool { return q.words != "" && len(q.tokens) == 0 }

// longestQuery bounds what is read of a search box, in characters.
const longestQuery = 120

// maxWords bounds how many words are combined; a name has no more that tell
// people apart.
const maxWords = 8

const curpLength = 18

// parseQuery tells a CURP, a phone, an address of mail and a record number from
// the beginnings of names.
func parseQuery(text string, index vault.Key) query {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestQuery {
		text = string([]rune(text)[:longestQuery])
	}
	if text == "" {
		return query{}
	}
	if number, ok := ParseNumber(text); ok {
		return query{number: number}
	}
	if kind, value := exactly(text); kind != "" {
		return query{tokens: []int64{index.Index64(kind, value)}}
	}
	return query{words: text, tokens: nameTokens(text, index)}
}

// exactly recognises what is looked up whole.
func exactly(text string) (kind, value string) {
	if email, err := mx.ParseEmail(text); err == nil {
		return tokenEmail, email.Canonical()
	}
	if phone, err := mx.ParsePhone(text); err == nil {
		return tokenPhone, phone.String()
	}
	if curp := strings.ToUpper(strings.ReplaceAll(text, " ", "")); looksLikeCURP(curp) {
		return tokenCURP, curp
	}
	return "", ""
}

// looksLikeCURP tells a CURP from a name: 18 letters and digits, and digits
// among them. Whether it is a right one does not matter for finding it.
func looksLikeCURP(s string) bool {
	plain := func(r rune) bool { return unicode.IsDigit(r) || r >= 'A' && r <= 'Z' }
	return len(s) == curpLength && strings.ContainsFunc(s, unicode.IsDigit) &&
		!strings.ContainsFunc(s, func(r rune) bool { return !plain(r) })
}

// nameTokens hashes the words of a search, the longest first: it is the one
// that fewest patients have.
func nameTokens(text string, index vault.Key) []int64 {
	terms := mx.SearchTerms(text)
	slices.SortStableFunc(terms, func(a, b string) int {
		return utf8.RuneCountInString(b) - utf8.RuneCountInString(a)
	})
	found := newTokenSet(index)
	for _, term := range terms[:min(len(terms), maxWords)] {
		found.add(tokenName, term)
	}
	return found.list
}

// finds compares an opened card with the words. Values that are looked up whole
// need no second look: their hashes have 64 bits under a secret key.
func (q query) finds(c Card) bool {
	return q.words == "" || mx.Matches(q.words, c.GivenNames, c.FirstSurname, c.SecondSurname)
}
