package prescription

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"historias/internal/errs"
	"historias/internal/vault"
)

// The bounds of a prescription.
const (
	MaxItems        = 30
	longestText     = 200  // characters of a text of an item
	LongestNote     = 2000 // characters of the instructions of an item
	mostPackages    = 9999
	mostFills       = 12
	mostHours       = 24 * 90
	mostTimes       = 24
	longestReason   = 500
	shortestLetters = 3 // letters of a reason
)

// Reason is why an author goes on in spite of an alert, as she sent it.
type Reason struct {
	AlertID string
	Text    string
}

// Edit is what replaces the content of a draft.
type Edit struct {
	Items   []Item
	Reasons []Reason
}

// checker gathers the faults of an edit.
type checker struct{ faults []errs.Field }

func (c *checker) fault(field, code, message string) {
	c.faults = append(c.faults, errs.Field{Field: field, Code: code, Message: message})
}

// Clean gives an edit as it is kept: trimmed, with composed accents, with an id
// for each item and with the texts that follow from numbers. What a draft does
// not say yet is no fault; what cannot be is (400), all at once.
func (e Edit) Clean() (Edit, error) {
	c := &checker{}
	if len(e.Items) > MaxItems {
		c.fault("items", "range", fmt.Sprintf("Admite hasta %d medicamentos.", MaxItems))
	}
	out := Edit{Items: slices.Clone(e.Items)}
	seen := map[uuid.UUID]bool{}
	for n := range out.Items {
		c.item(fmt.Sprintf("items[%d].", n), &out.Items[n])
		id := &out.Items[n].ID
		if *id == uuid.Nil {
			*id = vault.NewID()
		}
		if seen[*id] {
			c.fault(fmt.Sprintf("items[%d].id", n), "repeated", "Este identificador está repetido.")
		}
		seen[*id] = true
	}
	for n, r := range e.Reasons {
		r.Text = c.reason(fmt.Sprintf("acknowledgements[%d].reason", n), r.Text)
		out.Reasons = append(out.Reasons, r)
	}
	return out, errs.Invalid(c.faults...)
}

func (c *checker) item(at string, i *Item) {
	for _, t := range []struct {
		name string
		text *string
	}{
		{"generic_name", &i.GenericName},
		{"brand_name", &i.BrandName},
		{"presentation", &i.Presentation},
		{"dose", &i.Dose},
		{"route", &i.Route},
		{"frequency", &i.Frequency},
		{"duration", &i.Duration},
		{"special_form_folio", &i.SpecialFolio},
	} {
		*t.text = c.line(at+t.name, *t.text)
	}
	i.Instructions = c.note(at+"instructions", i.Instructions)
	c.bounds(at+"quantity", i.Quantity, mostPackages, "Escriba un número entero de envases.")
	c.bounds(at+"fills", i.Fills, mostFills, "Escriba cuántas veces se puede surtir, de 1 a 12.")
	if i.Structured != nil {
		s := *i.Structured
		c.structured(at+"structured.", &s)
		i.Structured = &s
	}
	i.fill()
}

func (c *checker) structured(at string, s *Structured) {
	s.DoseAmount, s.DoseUnit, s.DoseRatio = c.line(at+"dose_amount", s.DoseAmount), c.line(at+"dose_unit", s.DoseUnit), ""
	if s.DoseAmount != "" {
		amount, err := ParseAmount(s.DoseAmount)
		if err != nil {
			c.fault(at+"dose_amount", "format", "Escriba un número, con coma o punto, o una fracción como 1/2.")
		} else {
			s.DoseRatio = amount.String()
		}
	}
	c.bounds(at+"every_hours", s.EveryHours, mostHours, "Escriba cada cuántas horas.")
	c.bounds(at+"times_per_day", s.TimesPerDay, mostTimes, "Escriba cuántas veces al día, de 1 a 24.")
	c.bounds(at+"duration_days", s.DurationDays, longestTreatment, "Escriba cuántos días.")
	if s.EveryHours > 0 && s.TimesPerDay > 0 {
		c.fault(at+"times_per_day", "conflict", "Escriba cada cuántas horas o cuántas veces al día, no las dos cosas.")
	}
	if s.DurationDays > 0 && s.Continuous {
		c.fault(at+"continuous", "conflict", "Escriba los días o marque uso continuo, no las dos cosas.")
	}
}

func (c *checker) bounds(field string, n, most int, message string) {
	if n < 0 || n > most {
		c.fault(field, "range", message)
	}
}

// line is a text of one line.
func (c *checker) line(field, text string) string {
	text = strings.Join(strings.Fields(visible(text)), " ")
	c.length(field, text, longestText)
	return text
}

// note is a text that may have several lines.
func (c *checker) note(field, text string) string {
	text = strings.TrimSpace(visible(text))
	c.length(field, text, LongestNote)
	return text
}

func (c *checker) length(field, text string, longest int) {
	if utf8.RuneCountInString(text) > longest {
		c.fault(field, "too_long", fmt.Sprintf("Admite hasta %d caracteres.", longest))
	}
}

// reason is a text that somebody else must be able to read: three letters or more.
func (c *checker) reason(field, text string) string {
	text = strings.TrimSpace(visible(text))
	c.length(field, text, longestReason)
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < shortestLetters {
		c.fault(field, "too_short", "Escriba el motivo, con tres letras o más.")
	}
	return text
}

// visible drops control characters other than line breaks and tabs, and those that
// turn the direction of what follows: they would show a dose in another order.
func visible(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Cc, r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n")))
}
