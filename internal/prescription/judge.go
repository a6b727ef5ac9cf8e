package prescription

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// consider reads everything that alerts may come from, for items of a patient.
func (s *Service) consider(ctx context.Context, who Prescriber, subject Subject, items []Item) (Case, error) {
	c := Case{Items: items, Profession: who.Profession}
	clinic, patient := actor.Clinic(ctx), subject.ID
	var rows []courseRow
	var weight func() string
	allergies := func() error { return nil }
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		q.All(gatherCourses(&rows), selectInForce, clinic, patient, s.lastDay().String())
		open := s.deps.Allergies.QueueActive(ctx, q, patient)
		allergies = func() (err error) {
			c.AllergyState, c.Allergies, err = open(subject.DataKey)
			return err
		}
		weight = s.deps.Weights.QueueWeight(ctx, q, patient)
		return nil
	})
	if err == nil {
		err = allergies()
	}
	if err == nil {
		c.Courses, err = openCourses(clinic, subject.DataKey, rows)
	}
	if err == nil {
		c.Products, err = s.products(ctx, items)
	}
	if err != nil {
		return c, errs.Internal("prescription: facts", err)
	}
	c.Weight = weight()
	c.Items = forget(items, c.Courses)
	return c, nil
}

// forget drops the wish to replace a course that is in force no longer.
func forget(items []Item, courses []Course) []Item {
	out := slices.Clone(items)
	for n := range out {
		same := func(c Course) bool { return c.ID == out[n].Replaces }
		if !slices.ContainsFunc(courses, same) {
			out[n].Replaces = uuid.Nil
		}
	}
	return out
}

// products looks the items up in the catalog. A product that does not exist, or
// has another generic name than the item, is the rule prescription.medication.
func (s *Service) products(ctx context.Context, items []Item) (map[uuid.UUID]Product, error) {
	var ids []uuid.UUID
	var names []string
	for _, i := range items {
		if i.MedicationID != uuid.Nil {
			ids = append(ids, i.MedicationID)
		}
		names = append(names, spellings(i.GenericName)...)
		names = append(names, ingredients(i.GenericName)...)
	}
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(n string) bool { return n == "" })
	if len(ids)+len(names) == 0 {
		return map[uuid.UUID]Product{}, nil
	}
	byID, byName, err := s.deps.Catalog.Medicines(ctx, ids, names)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Product, len(items))
	var faults []errs.Field
	for n, i := range items {
		m, found := byID[i.MedicationID]
		at := fmt.Sprintf("items[%d].medication_id", n)
		switch {
		case i.MedicationID != uuid.Nil && !found:
			faults = append(faults, errs.Field{Field: at, Code: "unknown", Message: "Este medicamento no está en el catálogo."})
		case found && i.GenericName != "" && fold(m.GenericName) != fold(i.GenericName):
			faults = append(faults, errs.Field{Field: at, Code: "mismatch", Message: "No es el medicamento del nombre genérico."})
		}
		out[i.ID] = productOf(i, m, byName)
	}
	if len(faults) > 0 {
		return nil, errs.Rule("prescription.medication", "Algún medicamento no corresponde al catálogo. Elíjalo de nuevo.", faults...)
	}
	return out, nil
}

// productOf is what the catalog knows of an item: of its product, else of the
// products of its generic name, of which the strictest counts.
func productOf(i Item, m Medicine, byName map[string][]Medicine) Product {
	p := Product{}
	if m.ID != uuid.Nil {
		p = Product{Known: true, Withdrawn: m.Withdrawn, Fraction: m.Fraction, Antibiotic: m.Antibiotic, Version: m.Version}
	} else {
		for _, m := range firstOf(byName, spellings(i.GenericName)) {
			if !p.Known || stricter(m.Fraction, p.Fraction) {
				p.Fraction = m.Fraction
			}
			p.Known, p.Antibiotic, p.Version = true, p.Antibiotic || m.Antibiotic, m.Version
		}
	}
	for _, name := range ingredients(i.GenericName) {
		ingredient := Ingredient{Name: name}
		if m.ATC != "" {
			ingredient.ATC = append(ingredient.ATC, m.ATC)
		}
		for _, single := range byName[name] {
			if single.ATC != "" && !slices.Contains(ingredient.ATC, single.ATC) {
				ingredient.ATC = append(ingredient.ATC, single.ATC)
			}
		}
		p.Ingredients = append(p.Ingredients, ingredient)
	}
	if fraction, _, alone := listedAs(p.Ingredients); !p.Known && alone {
		p.Fraction = fraction
	}
	return p
}

// firstOf gives the products of the first spelling that has any.
func firstOf(byName map[string][]Medicine, names []string) []Medicine {
	for _, name := range names {
		if found := byName[name]; len(found) > 0 {
			return found
		}
	}
	return nil
}

var fractions = []string{"I", "II", "III", "IV", "V", "VI"}

func stricter(a, b string) bool { return slices.Index(fractions, a) < slices.Index(fractions, b) }
