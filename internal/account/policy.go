package account

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"historias/internal/mx"
)

// Bounds of a password, in characters. The shorter one will do for somebody who
// has a second factor (NIST SP 800-63B-4: 15 for a password alone).
const (
	shortestAlone      = 15
	shortestWithFactor = 10
	longestPassword    = 256
)

// fewestOwn is how many characters must be left of a password without what
// everybody knows of the person.
const fewestOwn = 6

// passwordRules are what a person's new password is held against.
type passwordRules struct {
	shortest int
	// known are words that anybody knows of the person: folded, longest first.
	known []string
}

// program are the words of the program itself.
const program = "historias expediente clinica consultorio doctor doctora medico medica"

// newRules makes the rules for somebody of whom these texts are known: names,
// addresses, the clinic.
func newRules(withFactor bool, texts ...string) passwordRules {
	r := passwordRules{shortest: shortestAlone}
	if withFactor {
		r.shortest = shortestWithFactor
	}
	for _, word := range mx.Words(append(texts, program)...) {
		if utf8.RuneCountInString(word) >= 4 {
			r.known = append(r.known, word)
		}
	}
	slices.SortFunc(r.known, func(a, b string) int { return len(b) - len(a) })
	return r
}

// rulesFor reads what is known of a person who has an account; a second factor
// counts where she keeps it.
func (s *Service) rulesFor(ctx context.Context, p Person, keepsFactors bool) (passwordRules, error) {
	withFactor, err := s.factors.Enrolled(ctx, p.ID)
	if err != nil {
		return passwordRules{}, err
	}
	texts := p.knownTexts()
	all, err := s.Memberships(ctx, p.ID)
	for _, m := range all {
		texts = append(texts, m.Slug)
	}
	return newRules(withFactor && keepsFactors, texts...), err
}

// CheckPassword holds a new password of somebody who is about to have an account
// against the policy: code and message for the field, both empty when it will do.
func CheckPassword(password string, p Person, clinic string) (code, message string) {
	return newRules(false, append(p.knownTexts(), clinic)...).fault(password)
}

func (p Person) knownTexts() []string {
	return []string{p.FullName, p.Email, p.Phone, p.LicenseNumber}
}

// fault says what is wrong with a new password, empty when nothing is. Any
// characters are welcome; what counts is length and not being obvious.
func (r passwordRules) fault(password string) (code, message string) {
	n := utf8.RuneCountInString(password)
	switch {
	case n > longestPassword:
		return "too_long", "Use como máximo 256 caracteres."
	case n < r.shortest:
		return "too_short", tooShort[r.shortest]
	case obvious(password):
		return "trivial", trivial
	case guessable(password):
		return "common", "Esa contraseña es de las primeras que se prueban para entrar a una cuenta ajena. Pruebe con una frase de varias palabras."
	case r.personal(password):
		return "personal", "La contraseña no puede ser su nombre, su correo, su CURP ni el nombre de su clínica. Agregue otras palabras."
	}
	return "", ""
}

const trivial = "Esa contraseña es muy fácil de adivinar. Pruebe con una frase de varias palabras."

var tooShort = map[int]string{
	shortestAlone:      "Use al menos 15 caracteres. Una frase corta es fácil de recordar.",
	shortestWithFactor: "Use al menos 10 caracteres. Una frase corta es fácil de recordar.",
}

// identifiers are the CURP and the RFC by their form.
var identifiers = regexp.MustCompile(`^(?:[a-z]{4}\d{6}[hmx][a-z]{5}[a-z0-9]\d|[a-z&]{3,4}\d{6}[a-z0-9]{3})$`)

// personal tells whether a password is little more than what is known of the
// person, with digits and signs around it.
func (r passwordRules) personal(password string) bool {
	folded := fold(password)
	if identifiers.MatchString(joined(folded)) {
		return true
	}
	own := folded
	for _, word := range r.known {
		own = strings.ReplaceAll(own, word, "")
	}
	if own == folded {
		return false
	}
	own = strings.TrimFunc(own, func(c rune) bool { return c < utf8.RuneSelf && !unicode.IsLetter(c) })
	return utf8.RuneCountInString(own) < fewestOwn
}

// joined is a text without spaces and hyphens.
func joined(text string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(text)
}
