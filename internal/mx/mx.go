// Package mx reads and checks what is particular to Mexico: CURP, RFC, telephone numbers, professional licences, postal
// codes, CLUES, people's names, calendar dates with ages, and the business days by which legal terms run.
//
// Everything here is a pure function of its arguments. Nothing reads the clock: whatever depends on the day takes
// `today`. Every refusal is an *Error, which says what was refused and why but never repeats the text that was refused,
// so that it can be logged and answered without carrying personal data.
package mx

import "errors"

// Subject says which kind of identifier an Error is about.
type Subject string

// The subjects of this package.
const (
	SubjectCURP       Subject = "curp"
	SubjectRFC        Subject = "rfc"
	SubjectPhone      Subject = "phone"
	SubjectLicense    Subject = "license_number"
	SubjectPostalCode Subject = "postal_code"
	SubjectCLUES      Subject = "clues"
	SubjectName       Subject = "name"
	SubjectEmail      Subject = "email"
	SubjectDate       Subject = "date"
)

// Reason is the stable machine name of why a text was refused. It is meant for `errors[].code` of a problem document.
type Reason string

// The reasons of this package.
const (
	ReasonEmpty      Reason = "required"    // nothing is left after trimming
	ReasonLength     Reason = "length"      // too short or too long
	ReasonFormat     Reason = "format"      // the wrong characters, or in the wrong places
	ReasonDate       Reason = "date"        // contains a day that does not exist
	ReasonFuture     Reason = "future"      // contains a day after today
	ReasonTooOld     Reason = "too_old"     // a birth more than MaxAge years ago
	ReasonCheckDigit Reason = "check_digit" // the check digit does not follow from the rest
	ReasonGeneric    Reason = "generic"     // a value that stands for "nobody in particular"
	ReasonForeign    Reason = "foreign"     // well formed, but of another country
)

// Error is the refusal of a text. It never contains the text.
type Error struct {
	Subject Subject
	Reason  Reason
}

// Error gives a short English text for logs.
func (e *Error) Error() string { return "mx: " + string(e.Subject) + ": " + string(e.Reason) }

// Message gives a sentence in Spanish that can be shown to the person who wrote the text.
func (e *Error) Message() string {
	if text, ok := messages[*e]; ok {
		return text
	}
	return messages[Error{e.Subject, ReasonFormat}]
}

// ReasonOf returns the reason of an error of this package, or "" when err is nil or comes from elsewhere.
func ReasonOf(err error) Reason {
	var refused *Error
	if errors.As(err, &refused) {
		return refused.Reason
	}
	return ""
}

func refuse(subject Subject, reason Reason) error { return &Error{subject, reason} }
