package prescription

import (
	"fmt"
	"strings"

	"historias/internal/errs"
	"historias/internal/letterhead"
)

// part is something that a receta must say of an item.
type part struct{ field, label string }

// missing gives what the law asks of an item and it does not say yet (RIS 30,
// LGS 226): generic name, presentation, dose, route, frequency, duration; and the
// number of packages.
func (i Item) missing() []part {
	var out []part
	need := func(value, field, label string) {
		if strings.TrimSpace(value) == "" {
			out = append(out, part{field, label})
		}
	}
	need(i.GenericName, "generic_name", "el nombre genérico")
	need(i.Presentation, "presentation", "la presentación")
	need(i.Dose, "dose", "la dosis")
	need(i.Route, "route", "la vía")
	need(i.Frequency, "frequency", "la frecuencia")
	need(i.Duration, "duration", "la duración")
	if i.Quantity <= 0 {
		out = append(out, part{"quantity", "la cantidad"})
	}
	return out
}

// complete refuses to sign while something that a receta must say is not said:
// 422 prescription.incomplete with each fault by its field.
func complete(items []Item, head letterhead.Head) error {
	var faults []errs.Field
	need := func(ok bool, field, label string) {
		if !ok {
			faults = append(faults, errs.Field{Field: field, Code: "required", Message: "Falta " + label + "."})
		}
	}
	need(len(items) > 0, "items", "al menos un medicamento")
	for n, item := range items {
		for _, p := range item.missing() {
			need(false, fmt.Sprintf("items[%d].%s", n, p.field), p.label)
		}
	}
	need(head.Professional.FullName != "", "head.professional.full_name", "el nombre de quien prescribe")
	need(head.Professional.License != "", "head.professional.license_number", "la cédula profesional")
	need(head.Professional.Institution != "", "head.professional.title_institution", "la institución que expidió el título")
	need(head.Establishment.Address != "", "head.establishment.address", "el domicilio del consultorio")
	need(head.Patient.FullName != "", "head.patient.full_name", "el nombre del paciente")
	if len(faults) == 0 {
		return nil
	}
	return errs.Rule("prescription.incomplete", "A la receta le faltan datos que la ley pide. Complételos antes de firmar.", faults...)
}

// answered refuses to sign while an alert is open: 422 prescription.alerts_open,
// with each one by its id.
func answered(alerts []Alert) error {
	var faults []errs.Field
	for _, a := range alerts {
		if a.Open() {
			faults = append(faults, errs.Field{Field: "alerts." + a.ID, Code: string(a.Kind), Message: a.Message})
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return errs.Rule("prescription.alerts_open", "Hay alertas sin resolver. Cambie lo indicado o anote por qué sigue adelante.", faults...)
}
