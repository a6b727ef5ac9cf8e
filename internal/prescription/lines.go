package prescription

import (
	"fmt"
	"strconv"
	"strings"
)

// Dosage says in one sentence how an item is taken, from its texts: «Tomar 1
// tableta por vía oral cada 12 horas durante 60 días.»
func (i Item) Dosage() string {
	var parts []string
	add := func(text string) {
		if text = strings.TrimRight(strings.TrimSpace(text), "."); text != "" {
			parts = append(parts, text)
		}
	}
	add(i.verb())
	add(i.Dose)
	add(viaOf(i.Route))
	add(lower(i.Frequency))
	sentence := strings.Join(parts, " ")
	switch duration := strings.TrimRight(strings.TrimSpace(i.Duration), "."); {
	case duration == "":
	case duration[0] >= '0' && duration[0] <= '9':
		sentence += " durante " + duration
	default:
		sentence += ", " + lower(duration)
	}
	return sentence + "."
}

// verbs say what a patient does by each route; the first word that the route
// holds decides.
var verbs = []struct{ route, verb string }{
	{"sublingual", "Colocar"},
	{"oral", "Tomar"},
	{"bucal", "Aplicar"},
	{"inhala", "Inhalar"},
	{"nebuliza", "Inhalar"},
	{"topica", "Aplicar"},
	{"cutanea", "Aplicar"},
	{"dermica", "Aplicar"},
	{"oftalmica", "Aplicar"},
	{"otica", "Aplicar"},
	{"nasal", "Aplicar"},
	{"vaginal", "Aplicar"},
	{"rectal", "Aplicar"},
	{"muscular", "Aplicar"},
	{"venosa", "Aplicar"},
}

func (i Item) verb() string {
	route := fold(i.Route)
	for _, v := range verbs {
		if strings.Contains(route, v.route) {
			return v.verb
		}
	}
	return "Administrar"
}

func viaOf(route string) string {
	if folded := fold(route); folded == "" || strings.HasPrefix(folded, "por ") || strings.HasPrefix(folded, "via ") {
		return lower(route)
	}
	return "por vía " + lower(route)
}

// Title is the medicine as it heads its item: generic name, brand in brackets if
// one was named, presentation.
func (i Item) Title() string {
	title := i.GenericName
	if i.BrandName != "" {
		title += " (" + i.BrandName + ")"
	}
	if i.Presentation != "" {
		title += ", " + i.Presentation
	}
	return title
}

// Supply says how much a pharmacy hands out, in figures and words: «Surtir 4
// (cuatro) cajas.» Empty while the quantity is not known.
func (i Item) Supply() string {
	if i.Quantity <= 0 {
		return ""
	}
	noun := packageOf(i.Presentation)
	name := noun.many
	if i.Quantity == 1 {
		name = noun.one
	}
	return fmt.Sprintf("Surtir %d (%s) %s.", i.Quantity, InWords(i.Quantity, noun.gender), name)
}

type noun struct {
	one, many string
	gender    Gender
}

// packages are the nouns of what pharmacies hand out, by what a presentation
// says; what it does not say is an envase.
var packages = []struct {
	word string
	noun noun
}{
	{"caja", noun{"caja", "cajas", Feminine}},
	{"frasco", noun{"frasco", "frascos", Masculine}},
	{"tubo", noun{"tubo", "tubos", Masculine}},
	{"sobre", noun{"sobre", "sobres", Masculine}},
	{"ampolleta", noun{"ampolleta", "ampolletas", Feminine}},
	{"jeringa", noun{"jeringa", "jeringas", Feminine}},
	{"pluma", noun{"pluma", "plumas", Feminine}},
	{"inhalador", noun{"inhalador", "inhaladores", Masculine}},
}

func packageOf(presentation string) noun {
	words := strings.Fields(fold(presentation))
	for _, p := range packages {
		if len(words) > 0 && strings.TrimSuffix(words[0], "s") == p.word {
			return p.noun
		}
	}
	return noun{"envase", "envases", Masculine}
}

// Lines are what the paper prints below the title of an item.
func (i Item) Lines() []string {
	lines := []string{i.Dosage()}
	if i.Instructions != "" {
		lines = append(lines, i.Instructions)
	}
	if supply := i.Supply(); supply != "" {
		lines = append(lines, supply)
	}
	if i.BrandName != "" {
		lines = append(lines, i.substitution())
	}
	return lines
}

// substitution says whether the pharmacy may hand out another brand: only with
// express permission (RIS 31).
func (i Item) substitution() string {
	if i.AllowSubstitution {
		return "Se autoriza sustituir la marca por otro medicamento de la misma denominación genérica."
	}
	return "No se autoriza sustituir la marca."
}

// fill composes the texts that are empty from the structured fields, so that
// paper and numbers say the same.
func (i *Item) fill() {
	s := i.Structured
	if s == nil {
		return
	}
	if i.Dose == "" {
		i.Dose = s.dose()
	}
	if i.Frequency == "" {
		i.Frequency = s.frequency()
	}
	if i.Duration == "" {
		i.Duration = s.duration()
	}
}

func (s Structured) dose() string {
	amount, err := ParseAmount(s.DoseAmount)
	if err != nil || s.DoseUnit == "" {
		return ""
	}
	unit := s.DoseUnit
	if !one(amount) {
		unit = plural(unit)
	}
	return s.DoseAmount + " " + unit
}

// plural gives the plural of a unit's first word; symbols have none.
func plural(unit string) string {
	word, rest, _ := strings.Cut(unit, " ")
	switch {
	case len(word) < 4 || strings.ToLower(word) != word || strings.HasSuffix(word, "s") || strings.Contains(word, "/"):
		return unit
	case strings.HasSuffix(word, "ón"):
		word = strings.TrimSuffix(word, "ón") + "ones"
	case strings.ContainsRune("aeiouáéíóú", []rune(word)[len([]rune(word))-1]):
		word += "s"
	default:
		word += "es"
	}
	return strings.TrimSpace(word + " " + rest)
}

func (s Structured) frequency() string {
	var text string
	switch {
	case s.EveryHours == 1:
		text = "Cada hora"
	case s.EveryHours > 1:
		text = "Cada " + strconv.Itoa(s.EveryHours) + " horas"
	case s.TimesPerDay == 1:
		text = "1 vez al día"
	case s.TimesPerDay > 1:
		text = strconv.Itoa(s.TimesPerDay) + " veces al día"
	}
	switch {
	case s.AsNeeded && text == "":
		return "En caso necesario"
	case s.AsNeeded:
		return text + ", en caso necesario"
	}
	return text
}

func (s Structured) duration() string {
	switch {
	case s.Continuous:
		return "Uso continuo"
	case s.DurationDays == 1:
		return "1 día"
	case s.DurationDays > 1:
		return strconv.Itoa(s.DurationDays) + " días"
	}
	return ""
}
