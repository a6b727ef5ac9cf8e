package catalog_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"historias/internal/actor"
	"historias/internal/catalog"
)

func codesOf(t *testing.T, s *catalog.Service, ctx context.Context, text string, limit int) []string {
	t.Helper()
	found, err := s.Diagnoses(ctx, text, limit)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	codes := make([]string, len(found))
	for i, d := range found {
		codes[i] = d.Code
	}
	return codes
}

func TestADoctorFindsTheDiagnosis(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	for _, c := range []struct{ typed, first string }{
		{"E11.9", "E11.9"},
		{"e119", "E11.9"},
		{"I10X", "I10"},
		{"i10", "I10"},
		{"presión alta", "I10"},
		{"presion alta", "I10"},
		{"azúcar", "E11.9"},
		{"AZUCAR ALTA", "E11.9"},
		{"anginas", "J03.9"},
		{"gripa", "J00"},
		{"diarrea", "A09"},
		{"colitis", "K58.9"},
		{"guillain barre", "G61.0"},
		{"barré guillain", "G61.0"},
		{"nino sano", "Z00.1"},
		{"niño sano", "Z00.1"},
		{"covid", "U07.1"},
		{"infarto cerebral", "I63.9"},
	} {
		if got := codesOf(t, service, ctx, c.typed, 0); len(got) == 0 || got[0] != c.first {
			t.Errorf("%q gives %v, want %s first", c.typed, got, c.first)
		}
	}
}

func TestBeginningsOfWordsInAnyOrderAreEnough(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	for _, typed := range []string{"mama tumor malig", "malig mama tum", "TUMOR maligno de la mama", "máma malígno"} {
		if got := codesOf(t, service, ctx, typed, 50); !slices.Contains(got, "C50") || !slices.Contains(got, "C50.9") {
			t.Errorf("%q gives %v", typed, got)
		}
	}
	for _, d := range mustFind(t, service, ctx, "hiper ren") {
		if label := strings.ToLower(d.Label); !strings.Contains(label, "hiper") || !strings.Contains(label, "ren") {
			t.Errorf("%s %s has not both words", d.Code, d.Label)
		}
	}
}

func mustFind(t *testing.T, s *catalog.Service, ctx context.Context, text string) []catalog.Diagnosis {
	t.Helper()
	found, err := s.Diagnoses(ctx, text, 100)
	if err != nil || len(found) == 0 {
		t.Fatalf("%q: %d found, %v", text, len(found), err)
	}
	return found
}

func TestACodeGivesItselfAndThenItsChildren(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	got := codesOf(t, service, ctx, "E11", 5)
	if len(got) != 5 || got[0] != "E11" {
		t.Fatalf("E11 gives %v", got)
	}
	for _, code := range got {
		if !strings.HasPrefix(code, "E11") {
			t.Errorf("E11 gives %s", code)
		}
	}
	if got := codesOf(t, service, ctx, "B12", 300); !slices.Contains(got, "D51.0") {
		t.Errorf("B12, which is a vitamin too, gives %v", got)
	}
}

func TestStrangeTextFindsNothingAndBreaksNothing(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	for _, typed := range []string{
		"", "   ", "%", "_", "'; drop table diagnoses; --", "\x00\x00", "\xff\xfe", "xyzzy plugh", "()[]*",
		strings.Repeat("diabetes ", 500), strings.Repeat("a", 100_000), "\U0010FFFF", "ﷺ",
	} {
		if _, err := service.Diagnoses(ctx, typed, 10); err != nil {
			t.Errorf("%.30q: %v", typed, err)
		}
		if _, err := service.Medications(ctx, typed, -1); err != nil {
			t.Errorf("%.30q: %v", typed, err)
		}
	}
	if got := codesOf(t, service, ctx, "", 10); len(got) != 0 {
		t.Errorf("nothing typed gives %v", got)
	}
	if got := codesOf(t, service, ctx, "tumor", 1_000_000); len(got) > catalog.MaxLimit {
		t.Errorf("%d answers, more than the limit", len(got))
	}
}

func TestADoctorFindsTheMedicine(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	for typed, want := range map[string]string{
		"amox susp 250":       "Amoxicilina, suspensión oral, 250 mg/5 mL",
		"suspension amoxicil": "Amoxicilina, suspensión oral, 250 mg/5 mL",
		"losartan 50":         "Losartán, tableta, 50 mg",
		"C09CA01":             "Losartán, tableta, 50 mg",
		"metformina 850":      "Metformina, tableta, 850 mg",
	} {
		found, err := service.Medications(ctx, typed, 0)
		if err != nil || len(found) == 0 {
			t.Errorf("%q: %v, %v", typed, found, err)
			continue
		}
		if m := found[0]; fmt.Sprintf("%s, %s, %s", m.GenericName, m.Form, m.Concentration) != want {
			t.Errorf("%q gives %s %s %s first, want %s", typed, m.GenericName, m.Form, m.Concentration, want)
		}
	}
	found, err := service.Medications(ctx, "tramadol", 0)
	if err != nil || len(found) == 0 || found[0].Fraction != "III" || found[0].Antibiotic {
		t.Errorf("tramadol: %+v, %v", found, err)
	}
}

func TestTheListsOfForms(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	states, err := service.States(ctx, "", catalog.MaxLimit)
	if err != nil || len(states) != 32 || states[0].Name != "Aguascalientes" {
		t.Errorf("states: %d, %v", len(states), err)
	}
	found, err := service.States(ctx, "yuca", 0)
	if err != nil || len(found) != 1 || found[0] != (catalog.State{Code: "31", Name: "Yucatán", CURPCode: "YN"}) {
		t.Errorf("yuca: %+v, %v", found, err)
	}
	countries, err := service.Countries(ctx, "mexico", 0)
	if err != nil || len(countries) == 0 || countries[0] != (catalog.Country{Code: "MEX", Name: "México"}) {
		t.Errorf("mexico: %+v, %v", countries, err)
	}
	all, err := service.Countries(ctx, "", catalog.MaxLimit)
	if err != nil || len(all) != 249 {
		t.Errorf("countries: %d, %v", len(all), err)
	}
	specialties, err := service.Specialties(ctx, "gineco obst", 0)
	if err != nil || len(specialties) == 0 || specialties[0].Name != "Ginecología y obstetricia" {
		t.Errorf("gineco obst: %+v, %v", specialties, err)
	}
	studies, err := service.Studies(ctx, "biometria hem", 0)
	if err != nil || len(studies) == 0 || studies[0].Name != "Biometría hemática completa" || studies[0].Kind != "laboratorio" {
		t.Errorf("biometria hem: %+v, %v", studies, err)
	}
}

func TestNobodyReadsWithoutAnActor(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	if _, err := service.States(actor.With(ctx, &actor.Actor{}), "", 0); err == nil {
		t.Error("somebody whom nobody knows read a catalog")
	}
}

// The plan is read with the program's own login, so that a change that makes
// every keystroke read the whole index of words is seen here.
func TestSearchesUseTheirIndex(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	if _, err := l.owner.Exec(t.Context(), "analyze catalog_words; analyze diagnoses"); err != nil {
		t.Fatal(err)
	}
	program, err := pgx.Connect(t.Context(), l.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = program.Close(context.WithoutCancel(t.Context())) }()
	rows, err := program.Query(t.Context(), `explain select ref from catalog_words
		where catalog = 'diagnoses' and word >= 'diab' and word < 'diab'||U&'\+10FFFF'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if !strings.Contains(plan.String(), "catalog_words_pkey") || !strings.Contains(plan.String(), "(word >=") {
		t.Errorf("the plan does not range over the index of words:\n%s", plan.String())
	}
}
