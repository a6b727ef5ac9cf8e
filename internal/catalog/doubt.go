package catalog

// Who is a patient as a diagnosis is compared with her: sex H, M or I, age in
// complete years, negative while it is not known.
type Who struct {
	Sex   string
	Years int
}

// ages are the ages at which conditions of a stretch of CIE-10 are met. The
// stretches and their limits are those that the classification's own titles
// name (perinatal, of childhood, of pregnancy, senile); they are wide, because
// they only ask.
var ages = []struct {
	from, to string // categories, both inclusive
	min, max int    // complete years
	text     string
}{
	{"F00", "F03", 30, 200, "Esta enfermedad no es propia de esta edad. Revise que el diagnóstico sea el correcto."},
	{"G30", "G30", 30, 200, "Esta enfermedad no es propia de esta edad. Revise que el diagnóstico sea el correcto."},
	{"N40", "N40", 30, 200, "Esta enfermedad no es propia de esta edad. Revise que el diagnóstico sea el correcto."},
	{"N95", "N95", 30, 200, "Los trastornos de la menopausia no son propios de esta edad. Revise que el diagnóstico sea el correcto."},
	{"O00", "O99", 9, 59, "El embarazo, el parto y el puerperio no son propios de esta edad. Revise que el diagnóstico sea el correcto."},
	{"Z32", "Z36", 9, 59, "El embarazo no es propio de esta edad. Revise que el diagnóstico sea el correcto."},
	{"P00", "P96", 0, 1, "Las afecciones del periodo perinatal se diagnostican en recién nacidos. Revise que el diagnóstico sea el correcto."},
	{"R54", "R54", 50, 200, "La senilidad no es propia de esta edad. Revise que el diagnóstico sea el correcto."},
	{"R95", "R95", 0, 1, "La muerte súbita del lactante no es propia de esta edad. Revise que el diagnóstico sea el correcto."},
	{"Z38", "Z38", 0, 1, "Esta clave es de recién nacidos. Revise que el diagnóstico sea el correcto."},
}

// childhood is the check-up of a healthy child.
const childhood = "Z00.1"

const adulthood = 18

// Doubt asks whether a diagnosis fits the sex and the age of somebody; empty
// where it does. It never refuses: a record may be wrong about both.
func (d Diagnosis) Doubt(w Who) string {
	if d.Sex != "" && (w.Sex == "H" || w.Sex == "M") && d.Sex != w.Sex {
		if d.Sex == "M" {
			return "Este diagnóstico es propio de mujeres. Revise que sea el correcto."
		}
		return "Este diagnóstico es propio de hombres. Revise que sea el correcto."
	}
	if w.Years < 0 {
		return ""
	}
	if d.Code == childhood && w.Years >= adulthood {
		return "Este control es de niñas y niños. Revise que el diagnóstico sea el correcto."
	}
	category := d.Code[:min(len(d.Code), 3)]
	for _, a := range ages {
		if category >= a.from && category <= a.to && (w.Years < a.min || w.Years > a.max) {
			return a.text
		}
	}
	return ""
}
