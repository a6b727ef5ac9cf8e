package mx

import "strings"

// ParseLicense reads the number of a cédula profesional, which has five to eight digits and no check digit.
// Reasons: required, length, format.
func ParseLicense(s string) (string, error) {
	text := normalizeCode(s)
	switch _, ok := digits(text); {
	case text == "":
		return "", refuse(SubjectLicense, ReasonEmpty)
	case !ok || strings.Trim(text, "0") == "":
		return "", refuse(SubjectLicense, ReasonFormat)
	case len(text) < 5 || len(text) > 8:
		return "", refuse(SubjectLicense, ReasonLength)
	}
	return text, nil
}

// ShortLicense tells whether a licence has fewer digits than those issued today. It is worth a second look, not a refusal.
func ShortLicense(license string) bool { return len(license) < 7 }

// ParsePostalCode reads a postal code, which is a text of five digits: 01000 is not 1000. Reasons: required, length, format.
func ParsePostalCode(s string) (string, error) {
	text := normalizeCode(s)
	switch _, ok := digits(text); {
	case text == "":
		return "", refuse(SubjectPostalCode, ReasonEmpty)
	case !ok || strings.HasPrefix(text, "00"):
		return "", refuse(SubjectPostalCode, ReasonFormat)
	case len(text) != 5:
		return "", refuse(SubjectPostalCode, ReasonLength)
	}
	return text, nil
}

// ParseCLUES reads the key of a health establishment: two letters for the state, three for the institution and six digits.
// Whether it is in operation is known only from the DGIS catalogue. Reasons: required, length, format.
func ParseCLUES(s string) (string, error) {
	text := normalizeCode(s)
	if text == "" {
		return "", refuse(SubjectCLUES, ReasonEmpty)
	}
	if len(text) != 11 {
		return "", refuse(SubjectCLUES, ReasonLength)
	}
	if _, ok := digits(text[5:]); !ok || !madeOf(text[:5], letters) {
		return "", refuse(SubjectCLUES, ReasonFormat)
	}
	return text, nil
}

// madeOf tells whether every character of s is in the set.
func madeOf(s, set string) bool { return strings.Trim(s, set) == "" }
