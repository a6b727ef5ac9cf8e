package mx

import (
	"strings"
	"unicode"
)

// Phone is a Mexican telephone number: ten national digits. Phones compare with ==, and the zero value means that there is
// none.
type Phone struct{ national string }

const (
	nationalLength = 10
	countryCode    = "52"
	longestPhone   = 40 // as typed, separators included
)

// ParsePhone reads a number as people write it: ten digits, with or without +52, 52, 521 and the old prefixes 01, 044 and
// 045, which are no longer dialled since 3 August 2019; with spaces, hyphens, periods and parentheses.
//
// Reasons: required, length, format (letters, or a first digit of 0 or 1), foreign (a + and another country).
func ParsePhone(s string) (Phone, error) {
	text, international, ok := dialled(s)
	switch {
	case !ok:
		return Phone{}, refuse(SubjectPhone, ReasonFormat)
	case text == "":
		return Phone{}, refuse(SubjectPhone, ReasonEmpty)
	case international && !strings.HasPrefix(text, countryCode):
		return Phone{}, refuse(SubjectPhone, ReasonForeign)
	}
	national := nationalDigits(text, international)
	if len(national) != nationalLength {
		return Phone{}, refuse(SubjectPhone, ReasonLength)
	}
	if national[0] < '2' {
		return Phone{}, refuse(SubjectPhone, ReasonFormat)
	}
	return Phone{national}, nil
}

// FromWAID reads WhatsApp's name for a Mexican number: digits only, 52 or 521 and then the ten of the number. Meta reports
// the old mobile 1 for many numbers although +52 and ten digits is what was sent. Reasons: format, foreign.
func FromWAID(waID string) (Phone, error) {
	if _, ok := digits(waID); !ok {
		return Phone{}, refuse(SubjectPhone, ReasonFormat)
	}
	rest, mexican := strings.CutPrefix(waID, countryCode)
	if len(rest) == nationalLength+1 {
		rest = strings.TrimPrefix(rest, "1")
	}
	if !mexican || len(rest) != nationalLength {
		return Phone{}, refuse(SubjectPhone, ReasonForeign)
	}
	return ParsePhone(rest)
}

// IsZero tells whether there is no number.
func (p Phone) IsZero() bool { return p.national == "" }

// String returns the canonical form, +52 and ten digits, or "" when there is no number.
func (p Phone) String() string {
	if p.IsZero() {
		return ""
	}
	return "+" + countryCode + p.national
}

// National returns the ten digits.
func (p Phone) National() string { return p.national }

// Display groups the digits as they are read aloud: 55 5555 0142 in the cities with a code of two digits, 222 555 0142
// elsewhere.
func (p Phone) Display() string {
	if p.IsZero() {
		return ""
	}
	switch p.national[:2] {
	case "55", "56", "33", "81":
		return p.national[:2] + " " + p.national[2:6] + " " + p.national[6:]
	}
	return p.national[:3] + " " + p.national[3:6] + " " + p.national[6:]
}

// dialled reduces what was typed to its digits and says whether it began with a +. It is not ok when something else than
// digits and separators is there.
func dialled(s string) (number string, international, ok bool) {
	if len(s) > longestPhone {
		return "", false, false
	}
	var out strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			out.WriteRune(r)
		case r == '+' && out.Len() == 0 && !international:
			international = true
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Pd, r), strings.ContainsRune("().", r):
		default:
			return "", false, false
		}
	}
	return out.String(), international, true
}

// nationalDigits strips the country and the old long-distance and mobile prefixes, where ten digits remain after them. A
// bare 1 in front is the old mobile mark only after the country; alone it would be another country's number.
func nationalDigits(text string, international bool) string {
	prefixes := []string{"01", "044", "045"}
	if international || len(text) > nationalLength {
		rest, found := strings.CutPrefix(text, countryCode)
		if found {
			text, prefixes = rest, append(prefixes, "1")
		}
	}
	for _, prefix := range prefixes {
		if rest, found := strings.CutPrefix(text, prefix); found && len(rest) == nationalLength {
			return rest
		}
	}
	return text
}
