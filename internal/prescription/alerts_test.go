package prescription

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/errs"
	"historias/internal/mx"
)

func fieldsOf(err error) map[string]string {
	out := map[string]string{}
	if e, ok := errs.As(err); ok {
		for _, f := range e.Fields {
			out[f.Field] = f.Code
		}
	}
	return out
}

// shelf is a small catalog, by folded generic name.
var shelf = fill()

func fill() map[string][]Medicine {
	shelf := map[string][]Medicine{}
	for _, m := range []Medicine{
		{GenericName: "Amoxicilina", ATC: "J01CA04", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Amoxicilina/ácido clavulánico", ATC: "J01CR02", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Bencilpenicilina procaínica", ATC: "J01CE09", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Cefalexina", ATC: "J01DB01", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Meropenem", ATC: "J01DH02", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Azitromicina", ATC: "J01FA10", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Trimetoprima/sulfametoxazol", ATC: "J01EE01", Antibiotic: true, Fraction: "IV"},
		{GenericName: "Celecoxib", ATC: "M01AH01", Fraction: "IV"},
		{GenericName: "Naproxeno", ATC: "M01AE02", Fraction: "IV"},
		{GenericName: "Ibuprofeno", ATC: "M01AE01", Fraction: "IV"},
		{GenericName: "Paracetamol", ATC: "N02BE01", Fraction: "VI"},
		{GenericName: "Paracetamol/tramadol", ATC: "N02AJ13", Fraction: "III"},
		{GenericName: "Tramadol", ATC: "N02AX02", Fraction: "III"},
		{GenericName: "Morfina", ATC: "N02AA01", Fraction: "I"},
		{GenericName: "Clonazepam", ATC: "N03AE01", Fraction: "II"},
		{GenericName: "Sertralina", ATC: "N06AB06", Fraction: "III"},
		{GenericName: "Metformina", ATC: "A10BA02", Fraction: "IV"},
		{GenericName: "Losartán", ATC: "C09CA01", Fraction: "IV"},
		{GenericName: "Enalapril", ATC: "C09AA02", Fraction: "IV"},
	} {
		m.ID, m.Version = uuid.New(), "test"
		shelf[fold(m.GenericName)] = append(shelf[fold(m.GenericName)], m)
	}
	return shelf
}

// whole is an item with everything that the law asks for.
func whole(generic string) Item {
	return Item{
		ID: uuid.New(), GenericName: generic, Presentation: "caja", Dose: "1 tableta", Route: "oral", Frequency: "cada 8 horas",
		Duration: "7 días", Quantity: 1,
	}
}

func caseOf(items ...Item) Case {
	c := Case{Items: items, Profession: professionDoctor, AllergyState: AllergiesNoneKnown, Products: map[uuid.UUID]Product{}}
	for _, i := range items {
		c.Products[i.ID] = productOf(i, Medicine{}, shelf)
	}
	return c
}

func allergicTo(substance, code string) []AllergyFact {
	return []AllergyFact{{ID: uuid.New(), Substance: substance, Code: code, Reaction: "Anafilaxia", Since: "2009"}}
}

// worst is the most serious alert about an allergy, empty without one.
func worst(alerts []Alert) (Kind, Severity) {
	for _, a := range alerts {
		switch a.Kind {
		case KindAllergy, KindAllergyClass, KindCross:
			return a.Kind, a.Severity
		}
	}
	return "", ""
}

func TestAnAllergyIsFoundBySubstanceClassAndWhatCrosses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		substance, code, medicine string
		want                      Kind
	}{
		{"Penicilina", "class:penicillins", "Amoxicilina", KindAllergyClass},
		{"penicilina", "", "Amoxicilina/ácido clavulánico", KindAllergyClass},
		{"PENICILINAS", "", "Bencilpenicilina procaínica", KindAllergyClass},
		{"alergia a la penicilina", "", "Amoxicilina", KindAllergyClass},
		{"Penicilina", "class:penicillins", "Cefalexina", KindCross},
		{"Penicilina", "class:penicillins", "Meropenem", KindCross},
		{"Penicilina", "class:penicillins", "Azitromicina", ""},
		{"Cefalosporinas", "class:cephalosporins", "Amoxicilina", KindCross},
		{"Amoxicilina", "generic:amoxicilina", "Amoxicilina", KindAllergy},
		{"Amoxicilina", "generic:amoxicilina", "Amoxicilina con ácido clavulánico", KindAllergy},
		{"amoxicilina", "", "AMOXICILINA + ácido clavulánico", KindAllergy},
		{"Amoxicilina", "generic:amoxicilina", "Bencilpenicilina procaínica", KindAllergyClass},
		{"Amoxicilina", "generic:amoxicilina", "Cefalexina", KindCross},
		{"Ácido clavulánico", "", "Amoxicilina/ácido clavulánico", KindAllergy},
		{"sulfas", "", "Trimetoprima/sulfametoxazol", KindAllergyClass},
		{"Sulfonamidas", "class:sulfonamides", "Celecoxib", KindCross},
		{"Sulfonamidas", "class:sulfonamides", "Naproxeno", ""},
		{"Naproxeno", "generic:naproxeno", "Naproxeno", KindAllergy},
		{"Naproxeno", "generic:naproxeno", "Ibuprofeno", KindCross},
		{"AINEs", "", "Ibuprofeno", KindAllergyClass},
		{"AINE", "class:nsaids", "Paracetamol", ""},
		{"Paracetamol", "", "Paracetamol/tramadol", KindAllergy},
		{"Camarón", "food:shrimp", "Paracetamol", ""},
		{"Látex", "", "Metformina", ""},
		{"", "", "Metformina", ""},
		// Not on the shelf, or under another name.
		{"aspirina", "", "Ácido acetilsalicílico", KindAllergy},
		{"Alergia a la aspirina", "", "Ácido acetilsalicílico", KindAllergy},
		{"Ácido acetilsalicílico", "generic:acido acetilsalicilico", "Aspirina", KindAllergy},
		{"Acetaminofén", "", "Paracetamol/tramadol", KindAllergy},
		{"dipirona", "", "Metamizol sódico", KindAllergy},
		{"cotrimoxazol", "", "Trimetoprima/sulfametoxazol", KindAllergy},
		{"Penicilina", "class:penicillins", "Sultamicilina", KindAllergyClass},
		{"Penicilina", "class:penicillins", "Doxiciclina", ""},
		{"Penicilina", "class:penicillins", "Penicilamina", ""},
		{"Penicilina", "class:penicillins", "Dicloxacilina sódica", KindAllergyClass}, // not on the shelf
	} {
		cs := caseOf(whole(c.medicine))
		cs.AllergyState, cs.Allergies = AllergiesListed, allergicTo(c.substance, c.code)
		got, severity := worst(Judge(cs, nil))
		require.Equal(t, c.want, got, "%s and %s", c.substance, c.medicine)
		if want := (map[Kind]Severity{KindAllergy: High, KindAllergyClass: High, KindCross: Medium, "": ""})[got]; want != severity {
			t.Errorf("%s and %s: %s", c.substance, c.medicine, severity)
		}
	}
}

func TestTheMessageOfAnAllergySaysWhatIsKnown(t *testing.T) {
	t.Parallel()
	c := caseOf(whole("Amoxicilina"))
	c.AllergyState, c.Allergies = AllergiesListed, allergicTo("Penicilina", "class:penicillins")
	require.Equal(t, "Alergia registrada: penicilina (anafilaxia, 2009). Amoxicilina es una penicilina. Retire el medicamento o anote por qué lo indica.",
		Judge(c, nil)[0].Message)
	c.Items[0].BrandName, c.Allergies = "Amoxil", allergicTo("Amoxil", "")
	c.Allergies[0].Reaction, c.Allergies[0].Since = "", ""
	require.Equal(t, "Alergia registrada: amoxil. Amoxicilina la contiene. Retire el medicamento o anote por qué lo indica.", Judge(c, nil)[0].Message)
}

// The reason for an alert stands while its cause does, and no longer.
func TestAReasonAnswersItsAlertAndNoOther(t *testing.T) {
	t.Parallel()
	item := whole("Amoxicilina")
	c := caseOf(item)
	c.AllergyState, c.Allergies = AllergiesListed, allergicTo("Penicilina", "class:penicillins")
	first := Judge(c, nil)[0]
	require.True(t, first.Open())
	me, now := uuid.New(), time.Now()
	kept := given(Judge(c, nil), nil, []Acknowledgement{{AlertID: first.ID, Reason: "La toleró."}, {AlertID: "otra", Reason: "Nada."}}, me, now)
	require.Equal(t, []Acknowledgement{{AlertID: first.ID, Reason: "La toleró.", By: me, At: now}}, kept)
	answeredOne := Judge(c, kept)
	require.NoError(t, answered(answeredOne))
	for _, a := range answeredOne {
		if a.ID == first.ID {
			require.Equal(t, "La toleró.", a.Acknowledged.Reason)
		}
	}
	later := given(Judge(c, nil), kept, []Acknowledgement{{AlertID: first.ID, Reason: "La toleró."}}, uuid.New(), now.Add(time.Hour))
	require.Equal(t, kept, later, "who gave a reason first, and when, stays")

	c.Items[0].Dose = "2 tabletas"
	require.NoError(t, answered(Judge(c, kept)), "the dose is not what caused it")
	c.Items[0].GenericName = "Amoxicilina/ácido clavulánico"
	c.Products[item.ID] = productOf(c.Items[0], Medicine{}, shelf)
	require.NoError(t, answered(Judge(c, kept)), "the substance is the same")
	c.Items[0].GenericName = "Bencilpenicilina procaínica"
	c.Products[item.ID] = productOf(c.Items[0], Medicine{}, shelf)
	require.Error(t, answered(Judge(c, kept)), "another substance is another alert")
	c = caseOf(item)
	c.AllergyState, c.Allergies = AllergiesListed, allergicTo("Penicilina", "class:penicillins")
	require.Error(t, answered(Judge(c, kept)), "another entry of the record is another alert")
}

// find gives the alert of a kind.
func find(alerts []Alert, kind Kind) (Alert, bool) {
	for _, a := range alerts {
		if a.Kind == kind {
			return a, true
		}
	}
	return Alert{}, false
}

func TestFractionsAndAntibioticsAskWhatTheLawAsks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		generic    string
		change     func(*Item)
		profession string
		kind       Kind
		want       Requires
	}{
		"I without a folio":                   {"Morfina", nil, professionDoctor, KindFractionI, RequiresChange},
		"I with its folio":                    {"Morfina", func(i *Item) { i.SpecialFolio = "A-17" }, professionDoctor, KindFractionI, RequiresNothing},
		"I for 31 days":                       {"Morfina", func(i *Item) { i.SpecialFolio, i.Duration = "A-17", "31 días" }, professionDoctor, KindFractionI, RequiresChange},
		"I for 30 days":                       {"Morfina", func(i *Item) { i.SpecialFolio, i.Duration = "A-17", "30 días" }, professionDentist, KindFractionI, RequiresNothing},
		"I without end":                       {"Morfina", func(i *Item) { i.SpecialFolio, i.Duration = "A-17", "uso continuo" }, professionDoctor, KindFractionI, RequiresChange},
		"I until better":                      {"Morfina", func(i *Item) { i.SpecialFolio, i.Duration = "A-17", "hasta mejorar" }, professionDoctor, KindFractionI, RequiresChange},
		"I by a homeopath":                    {"Morfina", func(i *Item) { i.SpecialFolio = "A-17" }, professionHomeopath, KindFractionI, RequiresChange},
		"I by a nurse":                        {"Morfina", func(i *Item) { i.SpecialFolio = "A-17" }, professionNurse, KindFractionI, RequiresChange},
		"II of two packages":                  {"Clonazepam", func(i *Item) { i.Quantity = 2 }, professionDoctor, KindFractionII, RequiresNothing},
		"II of three packages":                {"Clonazepam", func(i *Item) { i.Quantity = 3 }, professionDoctor, KindFractionII, RequiresChange},
		"II filled twice":                     {"Clonazepam", func(i *Item) { i.Fills = 2 }, professionDoctor, KindFractionII, RequiresChange},
		"III":                                 {"Sertralina", nil, professionDoctor, KindFractionIII, RequiresNothing},
		"III filled three times":              {"Sertralina", func(i *Item) { i.Fills = 3 }, professionDoctor, KindFractionIII, RequiresNothing},
		"III filled four times":               {"Sertralina", func(i *Item) { i.Fills = 4 }, professionDoctor, KindFractionIII, RequiresChange},
		"III in a combination":                {"Paracetamol/tramadol", nil, professionDoctor, KindFractionIII, RequiresNothing},
		"III, substances the other way":       {"Tramadol/paracetamol", nil, professionDoctor, KindFractionIII, RequiresNothing},
		"an antibiotic printed as continuous": {"Amoxicilina", func(i *Item) { i.Duration, i.Structured = "Uso continuo", &Structured{DurationDays: 7} }, professionDoctor, KindAntibiotic, RequiresChange},
		"an antibiotic for 7 days":            {"Amoxicilina", nil, professionDoctor, KindAntibiotic, RequiresNothing},
		"an antibiotic without end":           {"Amoxicilina", func(i *Item) { i.Duration = "Uso continuo" }, professionDoctor, KindAntibiotic, RequiresChange},
		"an antibiotic without days":          {"Amoxicilina", func(i *Item) { i.Duration = "hasta terminar" }, professionDoctor, KindAntibiotic, RequiresChange},
		"an antibiotic filled twice":          {"Amoxicilina", func(i *Item) { i.Fills = 2 }, professionDoctor, KindAntibiotic, RequiresChange},
		"unknown, alone, of list I":           {"Oxicodona", nil, professionDoctor, KindFractionI, RequiresChange},
		"unknown, with others, of list I":     {"Paracetamol/codeína", nil, professionDoctor, KindFraction, RequiresAcknowledgement},
		"unknown":                             {"Árnica", nil, professionDoctor, KindNotInCatalog, RequiresNothing},
		"by a nurse":                          {"Metformina", nil, professionNurse, KindProfession, RequiresNothing},
		"dose by weight":                      {"Metformina", func(i *Item) { i.Dose = "10 mg/kg" }, professionDoctor, KindWeight, RequiresNothing},
		"without a route":                     {"Metformina", func(i *Item) { i.Route = "" }, professionDoctor, KindIncomplete, RequiresChange},
	} {
		item := whole(c.generic)
		if c.change != nil {
			c.change(&item)
		}
		cs := caseOf(item)
		cs.Profession = c.profession
		a, found := find(Judge(cs, nil), c.kind)
		require.True(t, found, name)
		require.Equal(t, c.want, a.Requires, "%s: %s", name, a.Message)
		require.NotEmpty(t, a.Message)
		require.Equal(t, c.want != RequiresNothing, answered(Judge(cs, nil)) != nil, name)
	}
	two := caseOf(whole("Clonazepam"), whole("Clonazepam"), whole("Clonazepam"))
	a, _ := find(Judge(two, nil), KindFractionII)
	require.Equal(t, RequiresChange, a.Requires, "packages are counted over the whole receta")
	quiet := caseOf(whole("Metformina"))
	require.Empty(t, Judge(quiet, nil))
	quiet.Items[0].Dose, quiet.Weight = "10 mg/kg", "18.5 kg"
	require.Empty(t, Judge(quiet, nil))
}

func TestTheSameSubstanceTwiceIsSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first, second string
		want          bool
	}{
		{"Paracetamol", "Paracetamol", true},
		{"Paracetamol", "PARACETAMOL", true},
		{"Paracetamol", "Paracetamol/tramadol", true},
		{"Naproxeno", "Ibuprofeno", true},
		{"Losartán", "Enalapril", true},
		{"Naproxeno", "Paracetamol", false},
		{"Metformina", "Losartán", false},
		{"Amoxicilina", "Azitromicina", false},
	} {
		a, found := find(Judge(caseOf(whole(c.first), whole(c.second)), nil), KindDuplicate)
		require.Equal(t, c.want, found, "%s and %s", c.first, c.second)
		require.True(t, !found || a.Requires == RequiresAcknowledgement)
	}
}

func TestWhatThePatientTakesAlreadyIsSeen(t *testing.T) {
	t.Parallel()
	course := Course{ID: uuid.New(), StartsOn: mx.MustDate("2026-10-21"), Status: CourseActive, CourseFacts: CourseFacts{
		GenericName: "Losartán", Presentation: "caja", Dose: "1 tableta", Route: "oral", Frequency: "cada 24 horas",
		Dosage: "Tomar 1 tableta por vía oral cada 24 horas, uso continuo.", Substances: []string{"losartan"},
		IssuedAt: time.Date(2026, 10, 21, 18, 0, 0, 0, time.UTC),
	}}
	judge := func(change func(*Item)) Alert {
		item := whole("Losartán")
		item.Frequency = "cada 24 horas"
		change(&item)
		c := caseOf(item)
		c.Courses = []Course{course}
		a, found := find(Judge(c, nil), KindInForce)
		require.True(t, found)
		require.Equal(t, course.ID, a.Course)
		return a
	}
	a := judge(func(*Item) {})
	require.Equal(t, RequiresNothing, a.Requires)
	require.Equal(t, "Continúa, misma dosis: receta del 21 de octubre de 2026.", a.Message)
	a = judge(func(i *Item) { i.Dose = "2 tabletas" })
	require.Equal(t, RequiresAcknowledgement, a.Requires)
	require.Contains(t, a.Message, "Ya lo toma: receta del 21 de octubre de 2026")
	a = judge(func(i *Item) { i.Dose, i.Replaces = "2 tabletas", course.ID })
	require.Equal(t, RequiresNothing, a.Requires)

	other := caseOf(whole("Metformina"))
	other.Courses = []Course{course}
	require.Empty(t, Judge(other, nil))
}

func TestPapersKeepTheFractionsApart(t *testing.T) {
	t.Parallel()
	signed := func(name, fraction string, fills int) Signed {
		i := whole(name)
		i.Fills, i.SpecialFolio = fills, "A-17"
		return Signed{Item: i, Fraction: fraction, Antibiotic: name == "Amoxicilina"}
	}
	d := Document{Items: []Signed{
		signed("Clonazepam", "II", 0), signed("Amoxicilina", "IV", 0), signed("Morfina", "I", 0), signed("Sertralina", "III", 2), signed("Metformina", "IV", 3),
	}}
	var got []string
	for _, s := range d.Sheets() {
		line := s.Label + ":"
		for _, i := range s.Items {
			line += " " + i.Title
		}
		got = append(got, line)
	}
	require.Equal(t, []string{": Amoxicilina, caja Metformina, caja", "Fracción II: Clonazepam, caja", "Fracción III: Sertralina, caja"}, got)
	ordinary := d.Sheets()[0].Items
	require.Equal(t, []string{"Antibiótico. Sin resurtido."}, ordinary[0].Legends)
	require.Equal(t, []string{"Se puede surtir 3 (tres) veces."}, ordinary[1].Legends)
	require.Equal(t, []string{"Surtir hasta dos veces."}, d.Sheets()[2].Items[0].Legends)
	require.Equal(t, []string{"Morfina, caja. Tomar 1 tableta por vía oral cada 8 horas durante 7 días. Recetario especial, folio A-17."}, d.SpecialForm())
	require.Len(t, Document{Items: d.Items[2:3]}.Sheets(), 1, "what is only recorded has a paper as well")
}

func TestAnEditSaysAllItsFaultsAtOnce(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	long := strings.Repeat("ñ", LongestNote+1)
	_, err := Edit{
		Items: []Item{
			{ID: id, GenericName: long, Instructions: long, Quantity: -1, Fills: 13},
			{ID: id, Structured: &Structured{DoseAmount: "media", EveryHours: 8, TimesPerDay: 3, DurationDays: 7, Continuous: true}},
		},
		Reasons: []Reason{{AlertID: "a", Text: " . a b "}},
	}.Clean()
	require.Equal(t, map[string]string{
		"items[0].generic_name": "too_long", "items[0].instructions": "too_long", "items[0].quantity": "range", "items[0].fills": "range",
		"items[1].id": "repeated", "items[1].structured.dose_amount": "format", "items[1].structured.times_per_day": "conflict",
		"items[1].structured.continuous": "conflict", "acknowledgements[0].reason": "too_short",
	}, fieldsOf(err))
	_, err = Edit{Reasons: []Reason{{AlertID: "a", Text: long}}}.Clean()
	e, _ := errs.As(err)
	require.Len(t, e.Fields, 1, "one fault is said once")
	_, err = Edit{Items: make([]Item, MaxItems+1)}.Clean()
	require.Equal(t, map[string]string{"items": "range"}, fieldsOf(err))

	clean, err := Edit{Items: []Item{{
		GenericName: "  \u202eMetformina\u2066\t ", Instructions: "Con\r\nel desayuno\x07 🍞 ", Structured: &Structured{DoseAmount: "1/2", DoseUnit: "tableta", EveryHours: 12, DurationDays: 60},
	}}}.Clean()
	require.NoError(t, err)
	i := clean.Items[0]
	require.NotEqual(t, uuid.Nil, i.ID)
	require.Equal(t, []string{"Metformina", "Con\nel desayuno 🍞", "1/2 tableta", "Cada 12 horas", "60 días", "1/2"},
		[]string{i.GenericName, i.Instructions, i.Dose, i.Frequency, i.Duration, i.Structured.DoseRatio})
}
