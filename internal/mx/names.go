package mx

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const longestName = 60 // runes

// ValidateName returns a name, or one part of it, in the form in which it is kept: composed accents (NFC), single spaces,
// no invisible characters. It takes letters of any script, spaces, apostrophes, hyphens and periods, 1 to 60 characters.
// Reasons: required, length, format (digits, control characters, other signs, text that is not UTF-8).
func ValidateName(s string) (string, error) {
	name := norm.NFC.String(strings.TrimSpace(strings.Map(dropMark, strings.ToValidUTF8(s, "\uFFFD"))))
	if name == "" {
		return "", refuse(SubjectName, ReasonEmpty)
	}
	if !isNameText(name) {
		return "", refuse(SubjectName, ReasonFormat)
	}
	name = strings.Join(strings.Fields(name), " ")
	if len([]rune(name)) > longestName {
		return "", refuse(SubjectName, ReasonLength)
	}
	return name, nil
}

func isNameText(s string) bool {
	hasLetter := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			hasLetter = hasLetter || !isApostrophe(r)
		case unicode.IsMark(r), unicode.Is(unicode.Zs, r), isApostrophe(r), isHyphen(r), r == '.':
		default:
			return false
		}
	}
	return hasLetter
}

// isApostrophe covers the signs that keyboards and documents put into O'Farrill. Some are letters to Unicode.
func isApostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼʻʹ´`′", r) }

func isHyphen(r rune) bool { return unicode.Is(unicode.Pd, r) }

// Normalize reduces a text to what matters when people are looked for: lower case, no accents, ñ as n, ü as u, words
// separated by one space. Apostrophes are dropped, hyphens and other signs separate words, and a lone o, d or l joins the
// word after it, so that O'Farrill, OFarrill and "o farrill" become the same. Normalizing twice changes nothing.
func Normalize(s string) string { return strings.Join(joinLoneLetters(plainWords(s)), " ") }

// Words returns the distinct words of some texts, normalized. Each text is a field of its own: no word spans two.
func Words(texts ...string) []string {
	var words []string
	for _, text := range texts {
		words = append(words, strings.Fields(Normalize(text))...)
	}
	return distinct(words)
}

// IndexWords returns what a name can be found by: its Words, and besides them the pieces on both sides of an apostrophe
// (farrill) and the whole without its hyphen (garcialopez).
func IndexWords(texts ...string) []string {
	words := Words(texts...)
	for _, text := range texts {
		words = append(words, plainWords(apart(text, isApostrophe, " "))...)
		words = append(words, strings.Fields(Normalize(apart(text, isHyphen, "")))...)
	}
	return distinct(words)
}

const shortestBeginning = 2

// LongestBeginning is the most letters of a word that are indexed, in characters.
const LongestBeginning = 8

// Beginnings returns what one normalized word is indexed under: its first 2 to 8 letters, and the whole word.
func Beginnings(word string) []string {
	runes := []rune(word)
	var found []string
	for n := shortestBeginning; n <= min(LongestBeginning, len(runes)); n++ {
		found = append(found, string(runes[:n]))
	}
	if len(runes) > 0 && (len(runes) < shortestBeginning || len(runes) > LongestBeginning) {
		found = append(found, word)
	}
	return found
}

// SearchTerms returns the beginnings that a person's index must contain to answer a query: one for each word of two
// letters or more, cut to 8. Whoever uses them must check the people found with Matches, because of the cut.
func SearchTerms(query string) []string {
	var terms []string
	for _, word := range Words(query) {
		runes := []rune(word)
		if len(runes) >= shortestBeginning {
			terms = append(terms, string(runes[:min(len(runes), LongestBeginning)]))
		}
	}
	return distinct(terms)
}

// Matches tells whether each word of a query, of two letters or more, begins some word of the names, in any order.
func Matches(query string, names ...string) bool {
	words := IndexWords(names...)
	for _, wanted := range Words(query) {
		if len([]rune(wanted)) >= shortestBeginning && !anyBegins(words, wanted) {
			return false
		}
	}
	return true
}

func anyBegins(words []string, beginning string) bool {
	for _, word := range words {
		if strings.HasPrefix(word, beginning) {
			return true
		}
	}
	return false
}

// plainWords lower-cases, takes accents off and splits; apostrophes vanish.
func plainWords(s string) []string {
	if words, ok := spanishWords(s); ok {
		return words
	}
	return anyWords(s)
}

// spanishLetters are the accented letters of Spanish and what they are without.
var spanishLetters = map[rune]byte{
	'á': 'a', 'é': 'e', 'í': 'i', 'ó': 'o', 'ú': 'u', 'ü': 'u', 'ñ': 'n',
	'Á': 'a', 'É': 'e', 'Í': 'i', 'Ó': 'o', 'Ú': 'u', 'Ü': 'u', 'Ñ': 'n',
}

// spanishWords is anyWords for texts of nothing but letters of Spanish, digits and
// spaces, which is almost every name and many times quicker; ok tells whether
// it was one.
func spanishWords(s string) (words []string, ok bool) {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == ' ':
			out = append(out, byte(r)) //nolint:gosec // ASCII, as the case says
		case r >= 'A' && r <= 'Z':
			out = append(out, byte(r)+'a'-'A')
		default:
			plain, known := spanishLetters[r]
			if !known {
				return nil, false
			}
			out = append(out, plain)
		}
	}
	return strings.Fields(string(out)), true
}

// anyWords does the same for any text.
func anyWords(s string) []string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(apart(strings.ToValidUTF8(s, " "), isApostrophe, "")) {
		switch lower := unicode.ToLower(r); {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || isApostrophe(r):
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			out.WriteString(unaccented(lower))
		default:
			out.WriteByte(' ')
		}
	}
	return strings.Fields(norm.NFC.String(out.String()))
}

// unaccented spells the Latin letters that no decomposition reduces to a plain one.
func unaccented(r rune) string {
	if plain, ok := undecomposable[r]; ok {
		return plain
	}
	return string(r)
}

var undecomposable = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ŋ': "n", 'ħ': "h",
}

// joinLoneLetters puts the o of "o farrill", the d of "d angelo" and the l of "l huillier" onto the next word. The O of
// "de la O" is a surname by itself and stays.
func joinLoneLetters(words []string) []string {
	var joined []string
	for i := 0; i < len(words); i++ {
		word := words[i]
		afterLa := len(joined) > 0 && joined[len(joined)-1] == "la"
		if i+1 < len(words) && isElided(word) && !afterLa {
			i++
			word += words[i]
		}
		joined = append(joined, word)
	}
	return joined
}

func isElided(word string) bool { return word == "o" || word == "d" || word == "l" }

// apart replaces every character of a class.
func apart(s string, class func(rune) bool, with string) string {
	var out strings.Builder
	for _, r := range s {
		if class(r) {
			out.WriteString(with)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

func distinct(words []string) []string {
	seen := make(map[string]bool, len(words))
	var kept []string
	for _, word := range words {
		if !seen[word] {
			seen[word] = true
			kept = append(kept, word)
		}
	}
	return kept
}
