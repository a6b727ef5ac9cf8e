package conditions

import (
	"slices"
	"strings"
	"unicode/utf8"

	"historias/internal/errs"
	"historias/internal/mx"
)

const (
	longestName = 200
	longestText = 500
)

// checker gathers the faults of a condition.
type checker struct{ faults []errs.Field }

func (c *checker) add(field, code, message string) {
	c.faults = append(c.faults, errs.Field{Field: field, Code: code, Message: message})
}

// text gives a text as it is kept: one line, single blanks.
func (c *checker) text(field, value string, longest int) string {
	value = strings.Join(strings.Fields(value), " ")
	if utf8.RuneCountInString(value) > longest {
		c.add(field, "too_long", "El texto es demasiado largo. Resúmalo.")
	}
	return value
}

// named wants something that can be read: invisible characters and pictures alone
// name nothing, and no receta could be checked against them.
func (c *checker) named(field, value, message string) {
	if mx.Normalize(value) == "" {
		c.add(field, "required", message)
	}
}

func (c *checker) required(field, value, message string) {
	if strings.TrimSpace(value) == "" {
		c.add(field, "required", message)
	}
}

// status gives the status, active where it was left out.
func (c *checker) status(k kind, s Status) Status {
	if s == "" {
		return Active
	}
	if !slices.Contains(k.statuses, s) {
		c.add("status", "enum", "Elija una de las opciones.")
	}
	return s
}

// date checks a date that may be known by year or month only: AAAA, AAAA-MM or
// AAAA-MM-DD, neither in the future nor before the birth.
func (c *checker) date(field, value string, p Patient) string {
	value = strings.TrimSpace(value)
	if value == "" {
		return ""
	}
	first, last, ok := span(value)
	switch {
	case !ok:
		c.add(field, "format", "Escriba el año, el año y el mes, o la fecha completa: 2019, 2019-03 o 2019-03-14.")
	case first.After(p.Today):
		c.add(field, "future", "La fecha no puede ser futura.")
	case !p.BirthDate.IsZero() && last.Before(p.BirthDate):
		c.add(field, "before_birth", "La fecha no puede ser anterior al nacimiento del paciente.")
	}
	return value
}

// span gives the first and the last day that a partial date may mean.
func span(value string) (first, last mx.Date, ok bool) {
	tail, known := map[int]string{len("2019"): "-01-01", len("2019-03"): "-01", len("2019-03-14"): ""}[len(value)]
	if !known {
		return first, last, false
	}
	first, err := mx.ParseDate(value + tail)
	if err != nil || first.Year() < 1800 {
		return first, last, false
	}
	switch len(value) {
	case len("2019"):
		return first, mx.MustDate(value + "-12-31"), true
	case len("2019-03"):
		next := first.AddDays(31) // somewhere in the next month
		return first, next.AddDays(-next.Day()), true
	}
	return first, first, true
}

func (a Allergy) check(c *checker, p Patient) Allergy {
	a.Substance = c.text("substance", a.Substance, longestName)
	c.named("substance", a.Substance, "Escriba a qué es la alergia.")
	a.Reaction = c.text("reaction", a.Reaction, longestText)
	if a.Severity != "" && !slices.Contains([]string{"mild", "moderate", "severe"}, a.Severity) {
		c.add("severity", "enum", "Elija una de las opciones.")
	}
	a.OnsetOn = c.date("onset_on", a.OnsetOn, p)
	return a
}

// identity is what makes two allergies the same. What was written freely is the
// allergen of the list or the substance that it names, so that «penicilina» and
// the class, or «dipirona» and metamizol, are not listed twice.
func (a Allergy) identity() string {
	if name, ok := strings.CutPrefix(a.Code, generic); ok {
		return generic + substance(name)
	}
	if a.Code != "" {
		return a.Code
	}
	if code := named(a.Substance); code != "" {
		return code
	}
	return generic + substance(a.Substance)
}

func (b Problem) check(c *checker, p Patient, status Status) Problem {
	c.required("code", b.Code, "Elija un diagnóstico de la CIE-10.")
	b.Label = c.text("label", b.Label, longestName)
	b.OnsetOn = c.date("onset_on", b.OnsetOn, p)
	b.ResolvedOn = c.date("resolved_on", b.ResolvedOn, p)
	if b.ResolvedOn != "" && status != Resolved {
		c.add("resolved_on", "status", "Solo un problema resuelto tiene fecha de resolución.")
	}
	if status == Resolved && b.ResolvedOn == "" {
		b.ResolvedOn = p.Today.String()
	}
	b.order(c)
	return b
}

// order refuses a problem that ended before it began.
func (b Problem) order(c *checker) {
	began, _, okBegan := span(b.OnsetOn)
	_, ended, okEnded := span(b.ResolvedOn)
	if okBegan && okEnded && ended.Before(began) {
		c.add("resolved_on", "order", "La resolución no puede ser anterior al inicio.")
	}
}

// identity is what makes two problems the same.
func (b Problem) identity() string { return b.Code }
