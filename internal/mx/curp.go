package mx

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CURP is the Clave Única de Registro de Población, well formed and with the right check digit. That a person holds it is
// known only from a document or from RENAPO. The zero value means that there is none.
type CURP struct{ text string }

const curpLength = 18

// ParseCURP reads a CURP as people type or paste it: spaces are dropped and letters capitalised.
//
// Reasons: required, length, format, date (a day that does not exist), future (born after today), check_digit, generic
// (it stands for nobody: XXXX999999XXXXXX99 of the statistical forms, XEXX010101… of payroll).
func ParseCURP(s string, today Date) (CURP, error) {
	text := normalizeCode(s)
	if text == "" {
		return CURP{}, refuse(SubjectCURP, ReasonEmpty)
	}
	if len([]rune(text)) != curpLength {
		return CURP{}, refuse(SubjectCURP, ReasonLength)
	}
	if isGenericCURP(text) {
		return CURP{}, refuse(SubjectCURP, ReasonGeneric)
	}
	if !curpShape(text) {
		return CURP{}, refuse(SubjectCURP, ReasonFormat)
	}
	birth, err := curpBirth(text)
	if err != nil {
		return CURP{}, refuse(SubjectCURP, ReasonDate)
	}
	if birth.After(today) {
		return CURP{}, refuse(SubjectCURP, ReasonFuture)
	}
	if curpCheckDigit(text) != text[17] {
		return CURP{}, refuse(SubjectCURP, ReasonCheckDigit)
	}
	return CURP{text}, nil
}

// String returns the 18 characters, or "" when there is no CURP.
func (c CURP) String() string { return c.text }

// IsZero tells whether there is no CURP.
func (c CURP) IsZero() bool { return c.text == "" }

// BirthDate returns the date of birth. The century follows from the 17th character: a digit for those born up to 1999, a
// letter from 2000 on.
func (c CURP) BirthDate() Date {
	if c.IsZero() {
		return Date{}
	}
	birth, _ := curpBirth(c.text) // cannot fail: ParseCURP checked it
	return birth
}

// Sex returns what the document says: H hombre, M mujer, X no binario. It is not the biological sex.
func (c CURP) Sex() string {
	if c.IsZero() {
		return ""
	}
	return c.text[10:11]
}

// StateCode returns the INEGI code of the state of birth, "01" to "32", or "NE" for those born abroad.
func (c CURP) StateCode() string {
	if c.IsZero() {
		return ""
	}
	return curpStates[c.text[11:13]]
}

// BornAbroad is the StateCode of those born outside Mexico. Beware that in the DGIS catalogue of states the same letters
// abbreviate "no especificado".
const BornAbroad = "NE"

// curpStates maps positions 12 and 13 to INEGI codes.
var curpStates = map[string]string{
	"AS": "01", "BC": "02", "BS": "03", "CC": "04", "CL": "05", "CM": "06", "CS": "07", "CH": "08",
	"DF": "09", "DG": "10", "GT": "11", "GR": "12", "HG": "13", "JC": "14", "MC": "15", "MN": "16",
	"MS": "17", "NT": "18", "NL": "19", "OC": "20", "PL": "21", "QT": "22", "QR": "23", "SP": "24",
	"SL": "25", "SR": "26", "TC": "27", "TS": "28", "TL": "29", "VZ": "30", "YN": "31", "ZS": "32",
	"NE": BornAbroad,
}

// ValidStateCode tells whether code is one of INEGI's two-digit codes, "01" to "32".
func ValidStateCode(code string) bool {
	n, ok := digits(code)
	return ok && len(code) == 2 && n >= 1 && n <= 32
}

// curpShape checks which characters stand where. The day of birth and the check digit are checked apart, because they
// deserve their own explanation.
func curpShape(text string) bool {
	for i, set := range [...]string{
		letters, "AEIOUX", letters, letters,
		decimals, decimals, decimals, decimals, decimals, decimals,
		"HMX", letters, letters,
		consonants, consonants, consonants,
		decimals + letters, decimals,
	} {
		if strings.IndexByte(set, text[i]) < 0 {
			return false
		}
	}
	_, known := curpStates[text[11:13]]
	return known
}

const (
	letters    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	vowels     = "AEIOU"
	consonants = "BCDFGHJKLMNPQRSTVWXYZ"
	decimals   = "0123456789"
)

func isGenericCURP(text string) bool {
	for _, prefix := range []string{"XXXX", "XEXX010101", "XAXX010101"} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

func curpBirth(text string) (Date, error) {
	year, _ := digits(text[4:6])
	month, _ := digits(text[6:8])
	day, _ := digits(text[8:10])
	if text[16] >= '0' && text[16] <= '9' {
		year += 1900
	} else {
		year += 2000
	}
	return NewDate(year, time.Month(month), day)
}

// curpAlphabet gives each character its weight. Ñ has a place in it although no CURP carries one.
var curpAlphabet = []rune("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")

// curpCheckDigit computes the 18th character from the first 17. RENAPO does not publish the rule; this is the one that
// reproduces its samples.
func curpCheckDigit(text string) byte {
	sum := 0
	for i, c := range text[:curpLength-1] {
		sum += runeIndex(curpAlphabet, c) * (curpLength - i)
	}
	return byte('0' + (10-sum%10)%10)
}

func runeIndex(alphabet []rune, c rune) int {
	for i, candidate := range alphabet {
		if candidate == c {
			return i
		}
	}
	return -1
}

// normalizeCode drops blanks and invisible characters, capitalises, and composes accents, so that a code pasted from a
// document or a chat reads as its author meant it.
func normalizeCode(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
}
