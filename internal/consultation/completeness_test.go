package consultation

import (
	"slices"
	"strings"
	"testing"

	"historias/internal/measures"
)

func n(v float64) *float64 { return &v }

// full gives a note of a kind in which every section has a text or a value.
func full(kind string) Content {
	t := typeOf(kind)
	c := Content{
		Sections: map[string]string{}, Prognosis: "Bueno.", Plan: "Reposo.",
		Diagnoses: []Diagnosis{{Code: "I10", Label: "Hipertensión", Kind: Principal}},
		Vitals: measures.Set{
			Systolic: n(120), Diastolic: n(80), HeartRate: n(70), RespiratoryRate: n(16), Temperature: n(36.5),
			WeightKg: n(70), HeightCm: n(165),
		},
	}
	for _, s := range t.Sections {
		if s.Kind == BlockText {
			c.Sections[s.Key] = "Texto de " + s.Title
		}
	}
	return c
}

var (
	woman = Who{Sex: "M", Months: 46 * 12}
	man   = Who{Sex: "H", Months: 46 * 12}
	girl  = Who{Sex: "M", Months: 8*12 + 11}
	baby  = Who{Sex: "H", Months: 7}
)

func keys(c Completeness, states ...State) []string {
	var out []string
	for _, i := range c.Items {
		if slices.Contains(states, i.State) {
			out = append(out, i.Key)
		}
	}
	return out
}

// An empty note of each kind lacks exactly what its numerals ask for.
func TestWhatEachKindOfNoteAsksFor(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"historia_clinica": "family_history pathological_history non_pathological_history present_illness systems_review vital_signs physical_exam study_results diagnoses prognosis plan",
		"evolucion":        "evolution study_results diagnoses prognosis plan",
		"interconsulta":    "reason vital_signs interview_summary study_results diagnostic_criteria study_plan diagnoses plan prognosis",
		"referencia":       "receiving_establishment reason clinical_summary diagnoses plan",
		"urgencias":        "reason vital_signs interview_summary study_results diagnoses plan prognosis",
	} {
		empty := completeness(typeOf(kind), Content{}, woman)
		if got := strings.Join(keys(empty, Missing), " "); got != want || empty.Complete || empty.Total != len(strings.Fields(want)) {
			t.Errorf("%s: asks for %q (%d), want %q", kind, got, empty.Total, want)
		}
		for _, who := range []Who{woman, man, girl, baby, {Sex: "I", Months: -1}} {
			whole := completeness(typeOf(kind), full(kind), who)
			if !whole.Complete || whole.Done != whole.Total || whole.missing() != 0 || whole.refusal() != nil {
				t.Errorf("%s of %v is whole and counts %d of %d: %+v", kind, who, whole.Done, whole.Total, whole.refusal())
			}
		}
		for _, i := range empty.Items {
			if i.Required && i.Numeral == "" {
				t.Errorf("%s: %s is asked for without a numeral", kind, i.Key)
			}
		}
	}
}

// Some parts are asked of some people only; what stands in one is shown anyway.
func TestPartsOfAMedicalHistoryByAgeAndSex(t *testing.T) {
	t.Parallel()
	kind := typeOf("historia_clinica")
	for name, c := range map[string]struct {
		who            Who
		gyneco, perina bool
	}{
		"woman": {woman, true, false}, "man": {man, false, false}, "girl of eight": {girl, false, false},
		"girl of nine": {Who{"M", 9 * 12}, true, false}, "baby boy": {baby, false, true},
		"boy of four": {Who{"H", 59}, false, true}, "boy of five": {Who{"H", 60}, false, false},
		"intersex adult": {Who{"I", 400}, true, false}, "woman of unknown age": {Who{"M", -1}, true, true},
	} {
		var got []string
		for _, i := range completeness(kind, Content{}, c.who).Items {
			got = append(got, i.Key)
		}
		if slices.Contains(got, "gyneco_obstetric_history") != c.gyneco || slices.Contains(got, "perinatal_history") != c.perina {
			t.Errorf("%s: %v", name, got)
		}
	}
	written := completeness(kind, Content{Sections: map[string]string{"gyneco_obstetric_history": "Dato del expediente previo."}}, man)
	if !slices.Contains(keys(written, Complete), "gyneco_obstetric_history") {
		t.Error("what was written is hidden")
	}
}

// Each row changes one thing of a whole note and says how that part stands then.
func TestHowOnePartStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   string
		change func(*Content)
		key    string
		state  State
		signs  bool
	}{
		"spaces are no text":  {"evolucion", func(c *Content) { c.Sections["evolution"] = " \n\t " }, "evolution", Missing, false},
		"a dot is no text":    {"evolucion", func(c *Content) { c.Plan = "." }, "plan", InProgress, false},
		"an emoji is no text": {"evolucion", func(c *Content) { c.Plan = "😀😀😀" }, "plan", InProgress, false},
		"two letters are":     {"evolucion", func(c *Content) { c.Plan = "No" }, "plan", Complete, true},
		"an honest answer is": {"evolucion", func(c *Content) {
			delete(c.Sections, "study_results")
			c.Omissions = no("study_results", NotApplicable)
		}, "study_results", Answered, true},
		"an answer with its reason":     {"evolucion", func(c *Content) { c.Omissions = no("study_results", NotAssessable) }, "study_results", Answered, true},
		"vital signs are free here":     {"evolucion", func(c *Content) { c.Vitals = measures.Set{} }, "vital_signs", Optional, true},
		"half a pressure is not":        {"evolucion", func(c *Content) { c.Vitals = measures.Set{Systolic: n(120)} }, "vital_signs", InProgress, false},
		"a history needs them":          {"historia_clinica", func(c *Content) { c.Vitals = measures.Set{} }, "vital_signs", Missing, false},
		"all of them":                   {"historia_clinica", func(c *Content) { c.Vitals.HeightCm = nil }, "vital_signs", InProgress, false},
		"or says that it cannot":        {"historia_clinica", func(c *Content) { c.Vitals.HeightCm = nil; c.Omissions = no("vital_signs", NotAssessable) }, "vital_signs", Answered, true},
		"urgencies need no weight":      {"urgencias", func(c *Content) { c.Vitals.WeightKg, c.Vitals.HeightCm = nil, nil }, "vital_signs", Complete, true},
		"no diagnosis":                  {"evolucion", func(c *Content) { c.Diagnoses = nil }, "diagnoses", Missing, false},
		"none is the principal one":     {"evolucion", func(c *Content) { c.Diagnoses[0].Kind = Secondary }, "diagnoses", InProgress, false},
		"no prognosis":                  {"evolucion", func(c *Content) { c.Prognosis = "" }, "prognosis", Missing, false},
		"a free part that is begun":     {"evolucion", func(c *Content) { c.Sections["physical_exam"] = "-" }, "physical_exam", InProgress, false},
		"a free part that is empty":     {"evolucion", func(c *Content) { delete(c.Sections, "physical_exam") }, "physical_exam", Optional, true},
		"no receiving establishment":    {"referencia", func(c *Content) { delete(c.Sections, "receiving_establishment") }, "receiving_establishment", Missing, false},
		"no reason for the urgency":     {"urgencias", func(c *Content) { delete(c.Sections, "reason") }, "reason", Missing, false},
		"no criteria of the consultant": {"interconsulta", func(c *Content) { delete(c.Sections, "diagnostic_criteria") }, "diagnostic_criteria", Missing, false},
	} {
		content := full(c.kind)
		c.change(&content)
		got := completeness(typeOf(c.kind), content, woman)
		i := slices.IndexFunc(got.Items, func(i Item) bool { return i.Key == c.key })
		if got.Items[i].State != c.state || got.Complete != c.signs || (got.refusal() == nil) != c.signs {
			t.Errorf("%s: %s is %s, may sign %t", name, c.key, got.Items[i].State, got.Complete)
		}
		if got.Items[i].open() && got.Items[i].Why == "" {
			t.Errorf("%s: it does not say why", name)
		}
	}
}

func no(key string, o Omission) map[string]Omission { return map[string]Omission{key: o} }

// The files of the kinds of note are what the program takes them for.
func TestTheFilesOfTheKindsOfNote(t *testing.T) {
	t.Parallel()
	if len(Types()) != 5 || Types()[0].Key != "historia_clinica" || Types()[1].Key != "evolucion" {
		t.Fatalf("%d kinds", len(Types()))
	}
	for _, kind := range Types() {
		seen := map[string]bool{}
		for _, s := range kind.Sections {
			if seen[s.Key] || s.Title == "" || s.Hint == "" {
				t.Errorf("%s: %s stands twice or says nothing", kind.Key, s.Key)
			}
			seen[s.Key] = true
			if s.Kind != BlockText && string(s.Kind) != s.Key {
				t.Errorf("%s: the block %s has the key %s", kind.Key, s.Kind, s.Key)
			}
			for _, o := range s.Omissions {
				if o.Text() == "" {
					t.Errorf("%s: %s takes %q", kind.Key, s.Key, o)
				}
			}
			for _, m := range s.Measures {
				if _, ok := measures.Of(m); !ok {
					t.Errorf("%s: no measure %s", kind.Key, m)
				}
			}
		}
		if !seen["diagnoses"] || !seen["plan"] {
			t.Errorf("%s lacks diagnoses or plan", kind.Key)
		}
	}
	if suggested(false) != "historia_clinica" || suggested(true) != "evolucion" {
		t.Error("another kind is suggested")
	}
}

// What cannot be kept is refused at its field; what is unfinished is kept.
func TestWhatCannotBeKept(t *testing.T) {
	t.Parallel()
	kind := typeOf("evolucion")
	for name, c := range map[string]struct {
		content Content
		field   string
	}{
		"a part of another kind":   {Content{Sections: map[string]string{"family_history": "x"}}, "sections.family_history"},
		"a block as a text":        {Content{Sections: map[string]string{"diagnoses": "x"}}, "sections.diagnoses"},
		"an answer to no part":     {Content{Omissions: no("inventada", Denied)}, "omissions.inventada"},
		"an answer it takes not":   {Content{Omissions: no("study_results", Denied)}, "omissions.study_results"},
		"an answer that is none":   {Content{Omissions: no("study_results", "tal_vez")}, "omissions.study_results"},
		"no code":                  {Content{Diagnoses: []Diagnosis{{Kind: Principal}}}, "diagnoses[0].code"},
		"a code twice":             {Content{Diagnoses: []Diagnosis{{Code: "I10", Kind: Principal}, {Code: "I10", Kind: Secondary}}}, "diagnoses[1].code"},
		"two principal ones":       {Content{Diagnoses: []Diagnosis{{Code: "I10", Kind: Principal}, {Code: "E11", Kind: Principal}}}, "diagnoses[1].kind"},
		"another kind of them":     {Content{Diagnoses: []Diagnosis{{Code: "I10", Kind: "presuntivo"}}}, "diagnoses[0].kind"},
		"Fahrenheit":               {Content{Vitals: measures.Set{Temperature: n(98)}}, "vital_signs.temperature"},
		"no weight":                {Content{Vitals: measures.Set{WeightKg: n(0)}}, "vital_signs.weight_kg"},
		"metres":                   {Content{Vitals: measures.Set{HeightCm: n(1.65)}}, "vital_signs.height_cm"},
		"systolic below diastolic": {Content{Vitals: measures.Set{Systolic: n(80), Diastolic: n(120)}}, "vital_signs.systolic"},
	} {
		err := c.content.tidy().check(kind)
		if err == nil || !strings.Contains(fieldsOf(err), c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	half := Content{Vitals: measures.Set{Systolic: n(120)}}
	if err := half.check(kind); err != nil {
		t.Errorf("half a pressure while somebody types: %v", err)
	}
	if err := (Content{Plan: strings.Repeat("ñ", LargestText/2)}).check(kind); err != nil {
		t.Errorf("256 KB: %v", err)
	}
	if err := (Content{Plan: strings.Repeat("ñ", LargestText/2) + "x"}).check(kind); err == nil {
		t.Error("more than 256 KB was kept")
	}
}
