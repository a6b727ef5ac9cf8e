package consultation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"historias/internal/errs"
	"historias/internal/measures"
)

// LargestText is how much a note may hold in all, in bytes of UTF-8: about a
// hundred pages.
const LargestText = 256 << 10

// mostDiagnoses bounds a list that somebody must read.
const mostDiagnoses = 40

const longestLabel = 300

// check tells what cannot be kept (422): a section, an answer or a diagnosis that
// does not exist for this kind of note, and values that cannot be. What is only
// unfinished is kept; half a blood pressure is.
func (c Content) check(t *NoteType) error {
	if c.size() > LargestText {
		return errs.New(errs.KindTooLarge, "consultation.too_large",
			"La nota es demasiado larga: admite hasta 256 KB de texto. Pase parte de ella a otro documento.")
	}
	faults := slices.Concat(c.sectionFaults(t), c.omissionFaults(t), c.diagnosisFaults(), c.vitalFaults())
	if len(faults) == 0 {
		return nil
	}
	return errs.Rule("consultation.invalid", "Algunos datos no se pueden guardar así. Revise los que se señalan.", faults...)
}

func (c Content) size() int {
	n := len(c.Prognosis) + len(c.Plan)
	for key, text := range c.Sections {
		n += len(key) + len(text)
	}
	for _, d := range c.Diagnoses {
		n += len(d.Code) + len(d.Label)
	}
	return n
}

func (c Content) sectionFaults(t *NoteType) (faults []errs.Field) {
	for _, key := range slices.Sorted(maps.Keys(c.Sections)) {
		if s, ok := t.section(key); !ok || s.Kind != BlockText {
			faults = append(faults, errs.Field{
				Field: "sections." + key, Code: "unknown", Message: "Esta parte no existe en «" + t.Label + "».",
			})
		}
	}
	return faults
}

func (c Content) omissionFaults(t *NoteType) (faults []errs.Field) {
	for _, key := range slices.Sorted(maps.Keys(c.Omissions)) {
		field := "omissions." + key
		s, ok := t.section(key)
		switch {
		case !ok:
			faults = append(faults, errs.Field{Field: field, Code: "unknown", Message: "Esta parte no existe en «" + t.Label + "»."})
		case !slices.Contains(s.Omissions, c.Omissions[key]):
			faults = append(faults, errs.Field{Field: field, Code: "enum", Message: s.answers()})
		}
	}
	return faults
}

// answers says which honest answers a section takes.
func (s Section) answers() string {
	if len(s.Omissions) == 0 {
		return "Esta parte necesita un texto."
	}
	texts := make([]string, 0, len(s.Omissions))
	for _, o := range s.Omissions {
		texts = append(texts, "«"+o.Text()+"»")
	}
	return "Aquí puede responder " + strings.Join(texts, " o ") + "."
}

func (c Content) diagnosisFaults() (faults []errs.Field) {
	add := func(i int, key, code, message string) {
		faults = append(faults, errs.Field{Field: fmt.Sprintf("diagnoses[%d].%s", i, key), Code: code, Message: message})
	}
	if len(c.Diagnoses) > mostDiagnoses {
		return []errs.Field{{Field: "diagnoses", Code: "too_many", Message: "Anote como máximo 40 diagnósticos."}}
	}
	seen := map[string]bool{}
	principal := false
	for i, d := range c.Diagnoses {
		switch {
		case d.Code == "":
			add(i, "code", "required", "Elija el diagnóstico de la lista.")
		case seen[d.Code]:
			add(i, "code", "repeated", "Este diagnóstico ya está en la nota.")
		}
		seen[d.Code] = true
		if len([]rune(d.Label)) > longestLabel {
			add(i, "label", "too_long", "Admite hasta 300 caracteres.")
		}
		switch {
		case d.Kind != Principal && d.Kind != Secondary:
			add(i, "kind", "enum", "Elija si es principal o secundario.")
		case d.Kind == Principal && principal:
			add(i, "kind", "repeated", "Sólo uno puede ser el principal.")
		}
		principal = principal || d.Kind == Principal
	}
	return faults
}

func (c Content) vitalFaults() (faults []errs.Field) {
	for _, f := range c.Vitals.Validate() {
		if f.Code == measures.CodePair {
			continue // somebody is still typing; completeness asks for the other half
		}
		f.Field = "vital_signs." + f.Field
		faults = append(faults, f)
	}
	return faults
}

// tidy leaves out what says nothing: empty texts and answers, spaces around codes.
// Texts themselves stay exactly as they were written.
func (c Content) tidy() Content {
	out := c
	out.Sections, out.Omissions, out.Diagnoses = nil, nil, nil
	for key, text := range c.Sections {
		if text != "" {
			out.Sections = put(out.Sections, key, text)
		}
	}
	for key, answer := range c.Omissions {
		if answer != "" {
			out.Omissions = put(out.Omissions, key, answer)
		}
	}
	for _, d := range c.Diagnoses {
		d.Code, d.Label = strings.ToUpper(strings.TrimSpace(d.Code)), strings.TrimSpace(d.Label)
		out.Diagnoses = append(out.Diagnoses, d)
	}
	return out
}

func put[V any](m map[string]V, key string, value V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[key] = value
	return m
}

// equal says that two contents hold the same.
func (c Content) equal(other Content) bool {
	return maps.Equal(c.Sections, other.Sections) && maps.Equal(c.Omissions, other.Omissions) &&
		slices.Equal(c.Diagnoses, other.Diagnoses) && c.Prognosis == other.Prognosis && c.Plan == other.Plan &&
		c.Vitals.Equal(other.Vitals)
}

// blank says that nobody wrote anything.
func (c Content) blank() bool { return c.equal(Content{Vitals: c.Vitals}) }
