package pdf

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the machine may have no time zones

	"historias/internal/letterhead"
	"historias/internal/mx"
)

var sexes = map[string]string{"H": "Hombre", "M": "Mujer", "I": "Intersexual"}

var professions = map[string]string{
	"medico_cirujano": "Medicina (médico cirujano)", "medico_homeopata": "Medicina homeopática",
	"cirujano_dentista": "Odontología (cirujano dentista)", "enfermeria": "Enfermería", "psicologia": "Psicología",
	"nutricion": "Nutrición", "fisioterapia": "Fisioterapia",
}

var methods = map[string]string{ //nolint:gosec // the words for how somebody proved who she is, no secrets
	"password": "contraseña", "totp": "código de un solo uso", "passkey": "llave de acceso",
	"recovery_code": "código de recuperación",
}

var answers = map[Answer]string{
	Denied: "Interrogado y negado.", NotApplicable: "No aplica.", NotAssessable: "No valorable.",
}

var months = [...]string{
	"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
}

// longDate is a day as people write it: 2 de marzo de 2026.
func longDate(t time.Time) string {
	return fmt.Sprintf("%d de %s de %d", t.Day(), months[t.Month()-1], t.Year())
}

// hour is 10:26 h.
func hour(t time.Time) string { return t.Format("15:04") + " h" }

// moment is date and hour in one line.
func moment(t time.Time) string { return longDate(t) + ", " + hour(t) }

// home is the zone of an establishment: the country's where it names none that
// is known.
func home(e letterhead.Establishment) *time.Location {
	if zone, err := time.LoadLocation(e.TimeZone); err == nil && e.TimeZone != "" {
		return zone
	}
	zone, err := time.LoadLocation("America/Mexico_City")
	if err != nil {
		return time.UTC
	}
	return zone
}

// joined puts a dot between the texts that are not empty.
func joined(parts ...string) string { return strings.Join(some(parts), " · ") }

// some leaves out the empty texts.
func some(parts []string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" })
}

// labelled is a fact with its name, empty without the fact. No line ends between
// them.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + noBreak + value
}

// licenses is the line that the Ley General de Salud, 83, asks for.
func licenses(p letterhead.Professional) string {
	return joined(labelled("Céd. prof.", p.License), labelled("Céd. esp.", p.SpecialtyLicense))
}

// calling is what a professional practises: the specialty, else the profession.
func calling(p letterhead.Professional) string {
	if p.Specialty != "" {
		return p.Specialty
	}
	return professions[p.Profession]
}

// phone writes a telephone as people read it: 55 5555 0100.
func phone(number string) string {
	if read, err := mx.ParsePhone(number); err == nil {
		return read.Display()
	}
	return number
}
