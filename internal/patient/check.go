package patient

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"historias/internal/errs"
	"historias/internal/mx"
)

// checker reads fields and gathers their faults. A field that is empty or has
// a fault reads as empty.
type checker struct {
	today  mx.Date
	faults []errs.Field
}

func (c *checker) fault(field, code, message string) {
	c.faults = append(c.faults, errs.Field{Field: field, Code: code, Message: message})
}

// refused turns a refusal of package mx into the fault of a field.
func (c *checker) refused(field string, err error) bool {
	var e *mx.Error
	if !errors.As(err, &e) {
		return err != nil
	}
	c.fault(field, string(e.Reason), e.Message())
	return true
}

func (c *checker) required(field, value, message string) {
	if blank(value) {
		c.fault(field, "required", message)
	}
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

func (c *checker) name(field, s string) string {
	if blank(s) {
		return ""
	}
	name, err := mx.ValidateName(s)
	if c.refused(field, err) {
		return ""
	}
	return name
}

// fullName takes a name with its surnames in one text, word by word, because it
// may be longer than any of the three fields.
func (c *checker) fullName(field, s string) string {
	if blank(s) {
		return ""
	}
	name, err := mx.ValidateFullName(s)
	if c.refused(field, err) {
		return ""
	}
	return c.bounded(field, name, longestFullName)
}

func (c *checker) birth(field, s string) mx.Date {
	if blank(s) {
		return mx.Date{}
	}
	date, err := mx.ParseDate(strings.TrimSpace(s))
	if err == nil {
		err = mx.CheckBirth(date, c.today)
	}
	if c.refused(field, err) {
		return mx.Date{}
	}
	return date
}

func (c *checker) curp(field, s string) string {
	if blank(s) {
		return ""
	}
	curp, err := mx.ParseCURP(s, c.today)
	if c.refused(field, err) {
		return ""
	}
	return curp.String()
}

func (c *checker) phone(field, s string) string {
	if blank(s) {
		return ""
	}
	phone, err := mx.ParsePhone(s)
	if c.refused(field, err) {
		return ""
	}
	return phone.String()
}

func (c *checker) email(field, s string) string {
	if blank(s) {
		return ""
	}
	email, err := mx.ParseEmail(s)
	if c.refused(field, err) {
		return ""
	}
	return email.String()
}

// choice takes one of a few values.
func (c *checker) choice(field, s string, options []string) string {
	s = strings.TrimSpace(s)
	if s == "" || slices.Contains(options, s) {
		return s
	}
	c.fault(field, "enum", "Elija una de las opciones: "+strings.Join(options, ", ")+".")
	return ""
}

func (c *checker) stateOfBirth(field, s string) string {
	s = strings.TrimSpace(s)
	if s == "" || s == mx.BornAbroad || mx.ValidStateCode(s) {
		return s
	}
	c.fault(field, "enum", "Elija el estado de nacimiento: de 01 a 32, o NE si nació en el extranjero.")
	return ""
}

// text takes one line as it was typed, with composed accents and single spaces.
// A line longer than longest characters is a fault.
func (c *checker) text(field, s string, longest int) string {
	line := mx.Line(s)
	if !mx.Printable(line) {
		c.fault(field, "format", mx.Unprintable)
		return ""
	}
	return c.bounded(field, line, longest)
}

func (c *checker) bounded(field, s string, longest int) string {
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	c.fault(field, "length", "Admite hasta "+strconv.Itoa(longest)+" caracteres.")
	return ""
}
