package prescription

import (
	"fmt"
	"slices"
	"strings"

	"historias/internal/mx"
)

// repeatAlerts compares an item with those before it: the same substance twice,
// or two of a group of which nobody should take two.
func repeatAlerts(c Case, at int) []Alert {
	item := c.Items[at]
	mine := c.Products[item.ID].Ingredients
	for _, other := range c.Items[:at] {
		theirs := c.Products[other.ID].Ingredients
		if name, found := sharedName(mine, theirs); found {
			text := fmt.Sprintf("%s está dos veces en esta receta. Quite una o anote por qué indica las dos.", capital(nameOf(item, name)))
			return []Alert{newAlert(KindDuplicate, item.ID, text, other.ID.String(), name)}
		}
		if group, found := sharedGroup(mine, theirs); found {
			text := fmt.Sprintf("%s y %s son %s. Quite uno o anote por qué indica los dos.", capital(other.GenericName), lower(item.GenericName), group.plural)
			return []Alert{newAlert(KindDuplicate, item.ID, text, other.ID.String(), group.plural, nameOf(item, ""))}
		}
	}
	return nil
}

// nameOf gives the name of an item as it was written, or of its substance where
// nothing was.
func nameOf(item Item, substance string) string {
	if item.GenericName != "" {
		return item.GenericName
	}
	return substance
}

func sharedName(a, b []Ingredient) (string, bool) {
	for _, i := range a {
		if slices.ContainsFunc(b, func(j Ingredient) bool { return i.Name == j.Name }) {
			return i.Name, true
		}
	}
	return "", false
}

// single is a therapeutic group of which two at once are a mistake more often
// than a plan.
type single struct {
	plural string
	atc    []string
}

var singles = []single{
	{"antiinflamatorios no esteroideos", []string{"M01A"}},
	{"estatinas", []string{"C10AA"}},
	{"medicamentos que actúan sobre la angiotensina", []string{"C09"}},
	{"inhibidores de la bomba de protones", []string{"A02BC"}},
	{"benzodiacepinas", []string{"N05BA", "N05CD", "N03AE"}},
	{"inhibidores de la recaptura de serotonina", []string{"N06AB"}},
	{"sulfonilureas", []string{"A10BB"}},
	{"anticoagulantes", []string{"B01AA", "B01AE", "B01AF"}},
	{"betabloqueadores", []string{"C07A"}},
	{"opioides", []string{"N02A"}},
}

func (g single) has(all []Ingredient) bool {
	return slices.ContainsFunc(all, func(i Ingredient) bool {
		return slices.ContainsFunc(i.ATC, func(code string) bool {
			return slices.ContainsFunc(g.atc, func(prefix string) bool { return strings.HasPrefix(code, prefix) })
		})
	})
}

func sharedGroup(a, b []Ingredient) (single, bool) {
	for _, group := range singles {
		if group.has(a) && group.has(b) {
			return group, true
		}
	}
	return single{}, false
}

// courseAlerts compares an item with what the patient takes already. The same
// dose goes on; another one replaces the course or needs a reason.
func courseAlerts(c Case, item Item, p Product) []Alert {
	var alerts []Alert
	for _, course := range c.Courses {
		if !course.sameSubstances(p.Ingredients) {
			continue
		}
		since := mx.DateOf(course.IssuedAt)
		text := "Ya lo toma: receta del " + longDate(since) + ", " + lower(course.Dosage)
		a := newAlert(KindInForce, item.ID, text+" Reemplace la anterior o anote por qué indica las dos.", course.ID.String(), strings.Join(course.Substances, "/"))
		switch {
		case item.Replaces == course.ID:
			a = a.told()
			a.Message = "Reemplaza lo que ya toma: receta del " + longDate(since) + "."
		case course.sameDose(item):
			a = a.told()
			a.Message = "Continúa, misma dosis: receta del " + longDate(since) + "."
		}
		a.Course = course.ID
		alerts = append(alerts, a)
	}
	return alerts
}

var months = strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")

func longDate(d mx.Date) string {
	return fmt.Sprintf("%d de %s de %d", d.Day(), months[d.Month()-1], d.Year())
}
