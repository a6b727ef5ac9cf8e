package account

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// commonPasswords are the passwords that anybody tries first: those of well-known
// leaks, and single words and names of Spanish. The list is part of the program,
// so nobody outside is asked; it holds the beginnings of sorted hashes, because
// it is searched and never shown. scripts/passwords rebuilds it.
//
//go:embed passwords.bin
var commonPasswords []byte

// hashWidth is how many bytes of each hash the list keeps: about one fresh
// password in a million is taken for one of the list.
const hashWidth = 5

// fold makes those the same that a guesser takes for the same: no accents, no
// capitals, compatibility forms as plain ones.
func fold(text string) string {
	unmarked := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
	return strings.ToLower(unmarked)
}

// isCommon tells whether a folded text stands in the list as it is.
func isCommon(folded string) bool {
	sum := sha256.Sum256([]byte(folded))
	want := sum[:hashWidth]
	n := len(commonPasswords) / hashWidth
	at := func(i int) []byte { return commonPasswords[i*hashWidth : (i+1)*hashWidth] }
	i := sort.Search(n, func(i int) bool { return bytes.Compare(at(i), want) >= 0 })
	return i < n && bytes.Equal(at(i), want)
}

// guessable tells whether a password is one of the list, or one of it with signs
// and digits around it, with letters written as digits, or said again and again.
func guessable(password string) bool {
	folded := fold(password)
	for _, form := range []string{folded, unspelled.Replace(folded)} {
		if isCommon(form) || isCommon(stem(form)) || isCommon(letters(form)) || sameWord(form) {
			return true
		}
	}
	return false
}

// unspelled reads the digits and signs that people write for letters.
var unspelled = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// stem is a text without what is no letter at its ends.
func stem(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// letters is a text without spaces and signs within.
func letters(text string) string {
	return stem(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text))
}

// sameWord tells whether a text says one word of the list and nothing else.
func sameWord(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if w != words[0] {
			return false
		}
	}
	return len(words) > 0 && isCommon(words[0])
}
