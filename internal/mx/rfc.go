package mx

import (
	"strings"
	"time"
)

// RFC is a taxpayer's key, well formed and with the right check character. The zero value means that there is none.
type RFC struct{ text string }

// Lengths in characters; Ñ is one.
const (
	rfcPersonLength  = 13
	rfcCompanyLength = 12
)

// ParseRFC reads an RFC: thirteen characters for a person, twelve for a company. Spaces and hyphens are dropped and
// letters capitalised. Reasons: required, length, format, date, check_digit, generic (XAXX010101000, XEXX010101000).
func ParseRFC(s string) (RFC, error) {
	text := strings.ReplaceAll(normalizeCode(s), "-", "")
	runes := []rune(text)
	if text == "" {
		return RFC{}, refuse(SubjectRFC, ReasonEmpty)
	}
	if len(runes) != rfcPersonLength && len(runes) != rfcCompanyLength {
		return RFC{}, refuse(SubjectRFC, ReasonLength)
	}
	if text == "XAXX010101000" || text == "XEXX010101000" {
		return RFC{}, refuse(SubjectRFC, ReasonGeneric)
	}
	if !rfcShape(runes) {
		return RFC{}, refuse(SubjectRFC, ReasonFormat)
	}
	if !rfcDateExists(string(runes[len(runes)-9 : len(runes)-3])) {
		return RFC{}, refuse(SubjectRFC, ReasonDate)
	}
	if rfcCheckCharacter(runes) != runes[len(runes)-1] {
		return RFC{}, refuse(SubjectRFC, ReasonCheckDigit)
	}
	return RFC{text}, nil
}

// String returns the key, or "" when there is none.
func (r RFC) String() string { return r.text }

// IsZero tells whether there is no RFC.
func (r RFC) IsZero() bool { return r.text == "" }

// IsPerson tells whether it belongs to a person (persona física) and not to a company (persona moral).
func (r RFC) IsPerson() bool { return len([]rune(r.text)) == rfcPersonLength }

// rfcShape checks the three parts from the end: letters of the name, six digits of a date, three of the homoclave, the
// last of which is a digit or A.
func rfcShape(runes []rune) bool {
	name := string(runes[:len(runes)-9])
	date := string(runes[len(runes)-9 : len(runes)-3])
	homoclave := string(runes[len(runes)-3 : len(runes)-1])
	check := string(runes[len(runes)-1])
	return madeOf(name, letters+"Ñ&") && madeOf(date, decimals) && madeOf(homoclave, letters+decimals) &&
		madeOf(check, decimals+"A")
}

// rfcDateExists tells whether yymmdd is a day of the calendar in either century: an RFC does not say which.
func rfcDateExists(yymmdd string) bool {
	year, _ := digits(yymmdd[:2])
	month, _ := digits(yymmdd[2:4])
	day, _ := digits(yymmdd[4:])
	_, err1900 := NewDate(1900+year, time.Month(month), day)
	_, err2000 := NewDate(2000+year, time.Month(month), day)
	return err1900 == nil || err2000 == nil
}

// rfcAlphabet gives each character its weight in the check sum; a company's key is completed with a space in front.
var rfcAlphabet = []rune("0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ")

// rfcCheckCharacter computes the last character from the others: weights 13 to 2, modulo 11, 10 written as A.
func rfcCheckCharacter(runes []rune) rune {
	padded := runes
	if len(runes) == rfcCompanyLength {
		padded = append([]rune{' '}, runes...)
	}
	sum := 0
	for i, r := range padded[:rfcPersonLength-1] {
		sum += runeIndex(rfcAlphabet, r) * (rfcPersonLength - i)
	}
	switch rest := 11 - sum%11; rest {
	case 11:
		return '0'
	case 10:
		return 'A'
	default:
		return rune('0' + rest)
	}
}
