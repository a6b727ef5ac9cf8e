package consultation

import (
	"strconv"
	"strings"
	"unicode"

	"historias/internal/measures"
)

// State says how one section of a note stands.
type State string

// The states of a section.
const (
	Complete   State = "complete"
	Answered   State = "answered"    // with an honest answer instead of a finding
	InProgress State = "in_progress" // begun, and not enough yet
	Missing    State = "missing"     // asked for and empty
	Optional   State = "optional"    // not asked for and empty
)

// Item is one section of a note with how it stands.
type Item struct {
	Key      string
	Title    string
	Numeral  string
	Required bool
	State    State
	// Answer is the honest answer, when there is one.
	Answer Omission
	// Why says what is missing.
	Why string
}

// Completeness is what the norm still asks of a note. Done and Total count the
// required sections only.
type Completeness struct {
	Complete bool
	Done     int
	Total    int
	Items    []Item
}

// completeness judges a note by its kind, for one patient. A section that is not
// asked of her is left out unless something stands in it.
func completeness(t *NoteType, c Content, who Who) Completeness {
	out := Completeness{Complete: true}
	for _, s := range t.Sections {
		state, why := s.state(c)
		applies := s.Applies.To(who)
		if !applies && (state == Optional || state == Missing) {
			continue
		}
		item := Item{
			Key: s.Key, Title: s.Title, Numeral: s.Numeral, Required: s.Required && applies, State: state,
			Answer: c.Omissions[s.Key], Why: why,
		}
		out.count(item)
		out.Items = append(out.Items, item)
	}
	return out
}

func (c *Completeness) count(i Item) {
	done := i.State == Complete || i.State == Answered
	if i.Required {
		c.Total++
		if done {
			c.Done++
		}
	}
	// What was begun must be finished or taken away, required or not.
	if i.Required && !done || i.State == InProgress {
		c.Complete = false
	}
}

// missing counts what must still be done before signing.
func (c Completeness) missing() int {
	n := 0
	for _, i := range c.Items {
		if i.open() {
			n++
		}
	}
	return n
}

// open says that the note cannot be signed because of this section.
func (i Item) open() bool { return i.State == InProgress || i.State == Missing }

func (s Section) state(c Content) (State, string) {
	switch s.Kind {
	case BlockVitals:
		return s.vitals(c)
	case BlockDiagnoses:
		return s.diagnoses(c)
	case BlockPrognosis:
		return s.text(c.Prognosis, c.Omissions[s.Key])
	case BlockPlan:
		return s.text(c.Plan, c.Omissions[s.Key])
	}
	return s.text(c.Sections[s.Key], c.Omissions[s.Key])
}

// text judges a written section. A text beside an honest answer explains it.
func (s Section) text(text string, answer Omission) (State, string) {
	switch n := letters(text); {
	case answer != "":
		return Answered, ""
	case n >= fewestLetters:
		return Complete, ""
	case n > 0 || strings.TrimSpace(text) != "":
		return InProgress, "Lo escrito es muy breve para decir algo."
	}
	return s.empty("Falta escribir esta parte.")
}

func (s Section) empty(why string) (State, string) {
	if s.Required {
		return Missing, why
	}
	return Optional, ""
}

// fewestLetters is the least that says something.
const fewestLetters = 2

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

func (s Section) vitals(c Content) (State, string) {
	set, answer := c.Vitals, c.Omissions[s.Key]
	if (set.Systolic == nil) != (set.Diastolic == nil) {
		return InProgress, "Falta una de las dos cifras de la presión arterial."
	}
	var lacking []string
	for _, key := range s.Measures {
		if m, ok := measures.Of(key); ok && set.Value(key) == nil {
			lacking = append(lacking, strings.ToLower(m.Label))
		}
	}
	switch {
	case len(lacking) == 0 && !set.Empty():
		return Complete, ""
	case answer != "":
		return Answered, ""
	case set.Empty():
		return s.empty("Faltan los signos vitales.")
	}
	return InProgress, "Falta: " + strings.Join(lacking, ", ") + "."
}

func (s Section) diagnoses(c Content) (State, string) {
	if len(c.Diagnoses) == 0 {
		return s.empty("Falta al menos un diagnóstico o problema clínico.")
	}
	for _, d := range c.Diagnoses {
		if d.Kind == Principal {
			return Complete, ""
		}
	}
	return InProgress, "Elija cuál de los " + strconv.Itoa(len(c.Diagnoses)) + " es el principal."
}
