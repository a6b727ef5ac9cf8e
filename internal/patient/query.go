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
	// of a word tells. check must as well; they are common and looked at last.
	tokens, check []int64
	// cut says that the tokens do not hold all of the words.
	cut    bool
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
	return byWords(text, index)
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

// byWords is a search for the beginnings of names.
func byWords(text string, index vault.Key) query {
	q := query{words: text}
	if terms := mx.SearchTerms(text); len(terms) > 0 {
		find, check := newTokenSet(index), newTokenSet(index)
		nameTokens(terms[:min(len(terms), maxWords)], find, check)
		q.tokens, q.check = find.list, check.list
		q.cut = len(terms) > maxWords || slices.ContainsFunc(terms, mayBeCut)
	}
	return q
}

// mayBeCut says whether a term may be the beginning only of what was typed.
func mayBeCut(term string) bool { return utf8.RuneCountInString(term) >= mx.LongestBeginning }

// rest is check as an argument: a list, never null.
func (q query) rest() []int64 { return append([]int64{}, q.check...) }

// finds compares an opened card with the words. Values and words that are looked
// up whole need no second look: their hashes have 64 bits under a secret key.
func (q query) finds(c Card) bool {
	return !q.cut || mx.Matches(q.words, c.GivenNames, c.FirstSurname, c.SecondSurname)
}
