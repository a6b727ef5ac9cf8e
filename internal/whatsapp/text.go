package whatsapp

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits that Meta sets, in characters.
const (
	MaxBody     = 1024 // a template's text with its values filled in
	MaxText     = 4096 // a free text
	MaxPayload  = 128  // of a template's button; Meta publishes none, so we stay well under the 256 of other buttons
	MaxCallback = 512  // biz_opaque_callback_data
	maxButton   = 25
)

// The refusals of values, before anything is sent.
var (
	ErrEmpty   = errors.New("whatsapp: a value is empty")
	ErrTooLong = errors.New("whatsapp: a value is too long")
)

// CleanParam makes a value fit for a template: one line, single spaces, no control, invisible or direction-changing
// characters. Meta refuses line breaks, tabs and more than four spaces in a row, and a name could otherwise turn the text
// around it. ErrEmpty when nothing is left, ErrTooLong beyond MaxBody.
func CleanParam(value string) (string, error) {
	clean := strings.Join(strings.Fields(visible(value, false)), " ")
	return bounded(clean, MaxBody)
}

// CleanText makes a free text fit to be sent: line breaks stay, control and direction-changing characters go. ErrEmpty when
// nothing is left, ErrTooLong beyond MaxText.
func CleanText(body string) (string, error) {
	return bounded(strings.TrimSpace(visible(body, true)), MaxText)
}

func bounded(text string, limit int) (string, error) {
	switch {
	case text == "":
		return "", ErrEmpty
	case utf8.RuneCountInString(text) > limit:
		return "", ErrTooLong
	}
	return text, nil
}

// zeroWidthJoiner holds composed emoji together; it is the only format character that is kept.
const zeroWidthJoiner = '\u200d'

func visible(s string, lineBreaks bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lineBreaks, r == zeroWidthJoiner:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
