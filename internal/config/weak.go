package config

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// fewestLetters is how many different characters a secret has at least; of 32
// characters at random nobody has fewer.
const fewestLetters = 10

// known are words that stand in examples, and passwords that everybody tries.
var known = []string{
	"GENERE_UN", "GENERAR_", "CAMBIE", "CHANGE", "CLAVE_GENERADA", "SECRET_KEY", "PASSWORD", "CONTRASE", "EXAMPLE", "EJEMPLO",
	"12345678", "QWERTY", "POSTGRES", "ADMIN123", "HISTORIAS",
}

// weak tells whether a secret is a word of a template, a repetition or a row of
// neighbours. An empty one is told apart.
func weak(secret string) bool {
	if secret == "" {
		return false
	}
	upper := strings.ToUpper(secret)
	for _, word := range known {
		if strings.Contains(upper, word) {
			return true
		}
	}
	return monotonous([]byte(secret))
}

// monotonous tells whether bytes have too few different values, repeat a shorter
// piece, or mostly go up or down by the same step.
func monotonous(raw []byte) bool {
	seen, steps := map[byte]bool{}, map[byte]int{}
	for i, b := range raw {
		seen[b] = true
		if i > 0 {
			steps[b-raw[i-1]]++
		}
	}
	for _, n := range steps {
		if 2*n > len(raw) {
			return true
		}
	}
	return len(seen) < fewestLetters || periodic(raw)
}

// periodic tells whether bytes are one piece, repeated.
func periodic(raw []byte) bool {
	for size := 1; size <= len(raw)/2; size++ {
		if string(raw[size:]) == string(raw[:len(raw)-size]) {
			return true
		}
	}
	return false
}

// Bounds of a password of the database, which nobody types.
const (
	shortestPassword = 12
	fewestSigns      = 6
)

// guessable tells whether an address of PostgreSQL has a password that somebody
// would try. One without a password is let in some other way.
func guessable(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.User == nil {
		return false
	}
	password, given := u.User.Password()
	if !given || password == "" {
		return false
	}
	signs := map[rune]bool{}
	for _, r := range password {
		signs[r] = true
	}
	upper, user := strings.ToUpper(password), strings.ToUpper(u.User.Username())
	if len(password) < shortestPassword || len(signs) < fewestSigns || upper == user {
		return true
	}
	for _, word := range known {
		if strings.HasPrefix(upper, word) {
			return true
		}
	}
	return false
}

// bracketed is a place to be filled in, as the plan's file marks it.
var bracketed = regexp.MustCompile(`\[[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ0-9_.]{2,}\]`)

// templates are the variables whose text is still the template's.
func (c *Config) templates() []rule {
	var out []rule
	for _, name := range slices.Sorted(maps.Keys(c.given)) {
		if value := c.given[name]; bracketed.MatchString(value) || strings.Contains(value, "CAMBIE_ESTO") || strings.HasPrefix(value, "GENERE_UN") {
			out = append(out, rule{true, true, name, "sigue como en la plantilla", "ponga su valor en lugar del texto entre corchetes"})
		}
	}
	return out
}
