package prescription

import (
	"slices"
	"strings"
)

// allergyAlerts compares an item with every active allergy: by substance, by
// class, and by classes that often cross. Of one allergy the most serious alone
// is told.
func allergyAlerts(c Case, item Item, p Product) []Alert {
	var alerts []Alert
	for _, allergy := range c.Allergies {
		if a, found := allergyAlert(allergy, item, p); found {
			alerts = append(alerts, a)
		}
	}
	return alerts
}

func allergyAlert(allergy AllergyFact, item Item, p Product) (Alert, bool) {
	cause := func(i Ingredient) []string { return []string{allergy.ID.String(), i.Name} }
	ingredients := p.Ingredients
	if brand := proper(fold(item.BrandName)); brand != "" {
		// Somebody may be allergic to a brand and not know its substance.
		ingredients = append(slices.Clone(ingredients), Ingredient{Name: brand})
	}
	for _, i := range ingredients {
		if isSubstance(allergy, i) {
			text := capital(item.GenericName) + " la contiene."
			return newAlert(KindAllergy, item.ID, registered(allergy)+text+retire, cause(i)...), true
		}
	}
	for _, i := range ingredients {
		if kind, group, found := related(allergy, i); found {
			a := newAlert(kind, item.ID, registered(allergy)+relation(kind, group, item)+retire, cause(i)...)
			return a, true
		}
	}
	return Alert{}, false
}

const retire = " Retire el medicamento o anote por qué lo indica."

func relation(kind Kind, group class, item Item) string {
	text := capital(item.GenericName) + " " + group.member
	if kind == KindCross {
		return text + ", y puede haber reacción cruzada."
	}
	return text + "."
}

// registered says the allergy as the record holds it.
func registered(a AllergyFact) string {
	var facts []string
	for _, fact := range []string{lower(a.Reaction), a.Since} {
		if fact = strings.TrimRight(strings.TrimSpace(fact), "."); fact != "" {
			facts = append(facts, fact)
		}
	}
	text := "Alergia registrada: " + lower(strings.TrimSpace(a.Substance))
	if len(facts) > 0 {
		text += " (" + strings.Join(facts, ", ") + ")"
	}
	return text + ". "
}

// isSubstance tells whether the allergy is to this very substance. What was
// written freely counts when all its words are words of the name, so that
// "penicilina procaínica" and "procaínica penicilina" are the same.
func isSubstance(a AllergyFact, i Ingredient) bool {
	if name, ok := strings.CutPrefix(a.Code, "generic:"); ok {
		return slices.ContainsFunc(ingredients(name), func(n string) bool { return hasWords(i.Name, n) })
	}
	if strings.HasPrefix(a.Code, "class:") {
		return false
	}
	return slices.ContainsFunc(ingredients(a.Substance), func(n string) bool {
		return hasWords(i.Name, n) || hasWords(n, i.Name)
	})
}

// related tells how a substance is related to what the patient is allergic to.
func related(a AllergyFact, i Ingredient) (Kind, class, bool) {
	if group, ok := named(a); ok {
		if group.has(i) {
			return KindAllergyClass, group, true
		}
		return crossed(group, i)
	}
	// The allergy is to one substance: its classmates may react, and what
	// crosses with its class.
	substances := ingredients(strings.TrimPrefix(a.Code, "generic:"))
	substances = append(substances, ingredients(a.Substance)...)
	for _, group := range classes {
		if !slices.ContainsFunc(substances, func(n string) bool { return group.has(Ingredient{Name: n}) }) {
			continue
		}
		if group.has(i) && group.mates {
			return KindAllergyClass, group, true
		}
		if group.has(i) {
			return KindCross, group, true
		}
		if kind, other, found := crossed(group, i); found {
			return kind, other, true
		}
	}
	return "", class{}, false
}

func crossed(from class, i Ingredient) (Kind, class, bool) {
	for _, key := range from.crosses {
		if other, ok := classOf(key); ok && other.has(i) {
			return KindCross, other, true
		}
	}
	return "", class{}, false
}

// allergyStateAlerts says that nobody has asked the patient yet.
func allergyStateAlerts(c Case) []Alert {
	if c.AllergyState != AllergiesNotAsked || len(c.Items) == 0 {
		return nil
	}
	var none Item
	return []Alert{newAlert(KindNoAllergyData, none.ID, "No se ha preguntado por alergias. Anótelas en el expediente, o que no las hay, antes de recetar.")}
}

// The states of what a record says of allergies.
const (
	AllergiesNotAsked  = "not_asked"
	AllergiesNoneKnown = "none_known"
	AllergiesListed    = "listed"
)
