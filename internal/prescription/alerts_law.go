package prescription

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// What the law allows on one prescription (LGS 226, 241, 251, 252).
const (
	mostDaysFractionI      = 30
	mostPackagesFractionII = 2
	mostFillsFractionIII   = 3
)

// lawAlerts are what article 226 of the Ley General de Salud and the rule of
// antibiotics ask of an item.
func lawAlerts(c Case, item Item, p Product) []Alert {
	var alerts []Alert
	switch p.Fraction {
	case "I":
		alerts = append(alerts, fractionOne(c, item))
	case "II":
		alerts = append(alerts, fractionTwo(c, item))
	case "III":
		alerts = append(alerts, fractionThree(item))
	}
	if p.Antibiotic {
		alerts = append(alerts, antibiotic(item))
	}
	return alerts
}

// fractionOne keeps narcotics off the ordinary receta: they are only recorded as
// prescribed on the special recetario (LGS 241), by who may (LGS 240).
func fractionOne(c Case, item Item) Alert {
	name := capital(item.GenericName)
	days, continuous := item.days()
	alert := func(cause, text string) Alert { return newAlert(KindFractionI, item.ID, name+" "+text, cause) }
	switch {
	case !mayPrescribeNarcotics(c.Profession):
		return alert("profession", "es de la fracción I y su profesión no permite prescribirla. Retírela.")
	case item.SpecialFolio == "":
		return alert("folio", "es de la fracción I y no puede ir en receta ordinaria. Prescríbala en su recetario especial con código de barras y anote aquí el folio, o retírela.")
	case continuous || days > mostDaysFractionI:
		return alert("days", "es de la fracción I: el tratamiento no puede pasar de 30 días.")
	case days == 0 && item.Duration != "":
		return alert("days", "es de la fracción I: escriba la duración en días, 30 como máximo.")
	}
	return alert("recorded", "queda anotada como prescrita en recetario especial, folio "+item.SpecialFolio+".").told()
}

func mayPrescribeNarcotics(profession string) bool {
	return profession == professionDoctor || profession == professionDentist
}

// fractionTwo allows two packages of the same product, filled once (LGS 226).
func fractionTwo(c Case, item Item) Alert {
	name := capital(item.GenericName)
	switch {
	case item.Fills > 1:
		return newAlert(KindFractionII, item.ID, name+" es de la fracción II: se surte una sola vez.", "fills").mustChange()
	case packagesOf(c, item) > mostPackagesFractionII:
		return newAlert(KindFractionII, item.ID, name+" es de la fracción II: como máximo dos envases del mismo producto.", "packages").mustChange()
	}
	return newAlert(KindFractionII, item.ID, name+" es de la fracción II: la receta vale 30 días, se surte una sola vez y la farmacia la retiene. Se imprime en hoja aparte.", "rule")
}

func fractionThree(item Item) Alert {
	name := capital(item.GenericName)
	if item.Fills > mostFillsFractionIII {
		return newAlert(KindFractionIII, item.ID, name+" es de la fracción III: se surte hasta tres veces.", "fills").mustChange()
	}
	return newAlert(KindFractionIII, item.ID, name+" es de la fracción III: la receta vale seis meses y se surte "+times(max(item.Fills, 1))+". Se imprime en hoja aparte.", "rule")
}

func times(n int) string {
	switch n {
	case 1:
		return "una vez"
	case 2:
		return "hasta dos veces"
	}
	return "hasta tres veces"
}

// packagesOf counts the packages of a product over the whole prescription.
func packagesOf(c Case, item Item) int {
	total := 0
	for _, other := range c.Items {
		if fold(other.GenericName) == fold(item.GenericName) && fold(other.Presentation) == fold(item.Presentation) {
			total += other.Quantity
		}
	}
	return total
}

// antibiotic asks for what lets the pharmacy know when to retain the receta
// (Acuerdo of 27 May 2010): days and quantity, and no refills.
func antibiotic(item Item) Alert {
	days, continuous := item.days()
	name := capital(item.GenericName)
	switch {
	case continuous:
		return newAlert(KindAntibiotic, item.ID, name+" es un antibiótico: no puede indicarse de uso continuo. Escriba cuántos días.", "continuous").mustChange()
	case days == 0 && item.Duration != "":
		return newAlert(KindAntibiotic, item.ID, name+" es un antibiótico: escriba la duración en días.", "days").mustChange()
	case item.Fills > 1:
		return newAlert(KindAntibiotic, item.ID, name+" es un antibiótico: no se puede volver a surtir.", "fills").mustChange()
	}
	return newAlert(KindAntibiotic, item.ID, "Antibiótico: la farmacia sella la receta y la retiene al terminar el tratamiento.", "rule")
}

// catalogAlerts say what the catalog does not know.
func catalogAlerts(item Item, p Product) []Alert {
	if item.GenericName == "" {
		return nil
	}
	name := capital(item.GenericName)
	if p.Withdrawn {
		return []Alert{newAlert(KindWithdrawn, item.ID, name+" ya no está en el catálogo. Elija otro producto o anote por qué lo indica.", item.MedicationID.String())}
	}
	if p.Known {
		return nil
	}
	alerts := []Alert{newAlert(KindNotInCatalog, item.ID, name+" no está en el catálogo: revise usted la fracción y si es antibiótico.", fold(item.GenericName))}
	if fraction, substance, alone := listedAs(p.Ingredients); fraction != "" && !alone {
		text := fmt.Sprintf("%s contiene %s, que la ley nombra en la fracción %s. Confirme la fracción en el registro sanitario del producto y anote por qué va en receta ordinaria.", name, substance, fraction)
		alerts = append(alerts, newAlert(KindFraction, item.ID, text, substance, fraction))
	}
	return alerts
}

// The professions that may prescribe (LGS 28 Bis).
const (
	professionDoctor    = "medico_cirujano"
	professionHomeopath = "medico_homeopata"
	professionDentist   = "cirujano_dentista"
	professionNurse     = "enfermeria"
)

func mayPrescribe(profession string) bool {
	return slices.Contains([]string{professionDoctor, professionHomeopath, professionDentist, professionNurse}, profession)
}

func professionAlerts(c Case) []Alert {
	if c.Profession != professionNurse || len(c.Items) == 0 {
		return nil
	}
	return []Alert{newAlert(KindProfession, uuid.Nil, "Como profesional de enfermería puede prescribir solo los medicamentos que la Secretaría de Salud determina del Compendio Nacional de Insumos para la Salud.")}
}

var byWeight = regexp.MustCompile(`(?i)/\s*kg\b`)

// weightAlerts warn of a dose by weight for a patient whose weight nobody knows.
func weightAlerts(c Case, item Item) []Alert {
	if c.Weight != "" || !byWeight.MatchString(item.Dose+" "+item.Instructions) {
		return nil
	}
	return []Alert{newAlert(KindWeight, item.ID, "La dosis es por kilogramo y el expediente no tiene el peso. Anótelo o escriba la dosis total.")}
}

// incompleteAlerts name what signing will ask for.
func incompleteAlerts(item Item) []Alert {
	var missing []string
	for _, f := range item.missing() {
		missing = append(missing, f.label)
	}
	if len(missing) == 0 {
		return nil
	}
	name := "Este medicamento"
	if item.GenericName != "" {
		name = capital(item.GenericName)
	}
	return []Alert{newAlert(KindIncomplete, item.ID, "A "+lower(name)+" le falta: "+listOf(missing)+".", strings.Join(missing, "|"))}
}
