package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"historias/internal/catalog"
	"historias/internal/mx"
)

// Who types what people call a substance finds it under the catalog's name.
func TestCommonNamesLeadToTheMedicine(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	for typed, want := range map[string]string{
		"aspirina":                   "Ácido acetilsalicílico",
		"ASPIRI":                     "Ácido acetilsalicílico",
		"dipirona":                   "Metamizol sódico",
		"dipirona inyec":             "Metamizol sódico",
		"acetaminofén 500":           "Paracetamol",
		"adrenalina":                 "Epinefrina",
		"noradrenalina":              "Norepinefrina",
		"vitamina C":                 "Ácido ascórbico",
		"vitamina k":                 "Fitomenadiona",
		"penicilina benzatínica":     "Benzatina bencilpenicilina",
		"suero oral":                 "Electrolitos orales",
		"cotrimoxazol susp":          "Trimetoprima/sulfametoxazol",
		"L-dopa":                     "Levodopa/carbidopa",
		"hctz losartan":              "Losartán/hidroclorotiazida",
		"pastilla del día siguiente": "Levonorgestrel",
		"propanolol":                 "Propranolol",
	} {
		found, err := service.Medications(ctx, typed, 50)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(found, func(m catalog.Medication) bool { return m.GenericName == want }) {
			t.Errorf("%q does not give %s: %v", typed, want, found)
		}
	}
	if found, _ := service.Medications(ctx, "dipirona clonazepam", 50); len(found) != 0 {
		t.Errorf("each word still narrows: %v", found)
	}
	if found, _ := service.Medications(ctx, "adre", 50); !slices.ContainsFunc(found, func(m catalog.Medication) bool { return m.GenericName == "Epinefrina" }) {
		t.Errorf("the beginning of a common name is enough: %v", found)
	}
	names, err := service.Substances(ctx, "dipirona", 10)
	if err != nil || !slices.Contains(names, "Metamizol sódico") {
		t.Errorf("an allergy to dipirona finds its substance: %v, %v", names, err)
	}
}

// A common name that leads nowhere helps nobody, and one that the catalog itself
// uses would rename a substance.
func TestEveryCommonNameLeadsSomewhere(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	seen := map[string]bool{}
	for _, c := range mx.CommonNames() {
		if seen[catalog.Fold(c.Said)] {
			t.Errorf("%s is there twice", c.Said)
		}
		seen[catalog.Fold(c.Said)] = true
		if c.Same && len(c.Called) != 1 {
			t.Errorf("%s is several substances", c.Said)
		}
		for _, called := range c.Called {
			if found, err := service.Medications(ctx, called, 1); err != nil || len(found) == 0 {
				t.Errorf("%s: the catalog has no %s (%v)", c.Said, called, err)
			}
		}
		found, err := service.Medications(ctx, c.Said, catalog.MaxLimit)
		if err != nil || len(found) == 0 {
			t.Errorf("%s finds nothing (%v)", c.Said, err)
		}
		for _, m := range found {
			if c.Same && slices.Contains(strings.Fields(catalog.Fold(m.GenericName)), catalog.Fold(c.Said)) {
				t.Errorf("%s is a word of %s", c.Said, m.GenericName)
			}
		}
	}
}
