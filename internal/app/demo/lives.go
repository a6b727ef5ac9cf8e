package demo

import (
	_ "embed" // the fictional lives
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"historias/internal/conditions"
	"historias/internal/consultation"
	"historias/internal/measures"
	"historias/internal/prescription"
)

// The visits are invented too. Texts are written once and told in turns, so that
// a year has its length without being a novel.
//
//go:embed lives.json
var livesFile []byte

// library is what lives are told from.
type library struct {
	Lives []life `json:"lives"`
	// Others are the visits of everybody without a life of her own.
	Others    []acute             `json:"others"`
	Notes     map[string]noteText `json:"notes"`
	Medicines map[string]medicine `json:"medicines"`
}

// life is what a patient has, and her visits.
type life struct {
	Patient string `json:"patient"`
	// Since is how many days ago she was registered.
	Since       int                  `json:"since"`
	NoAllergies bool                 `json:"no_allergies"`
	Allergies   []conditions.Allergy `json:"allergies"`
	Problems    []problem            `json:"problems"`
	Visits      []visits             `json:"visits"`
}

type problem struct {
	conditions.Problem
	Status conditions.Status `json:"status"`
}

// visits is one visit, or several of a kind.
type visits struct {
	DaysAgo float64 `json:"days_ago"`
	// Every is how many days pass from one to the next, Times how many there are.
	Every float64 `json:"every"`
	Times int     `json:"times"`
	told
	// Trend is what each visit changes in the vital signs of the one before.
	Trend measures.Set `json:"trend"`
	// RecetaEach leaves prescriptions to each nth visit; 0 is every one.
	RecetaEach int `json:"receta_each"`
	// Leave is how the note is left: signed where it is empty.
	Leave string `json:"leave"`
}

// told is what a visit is about.
type told struct {
	Note      string       `json:"note"`
	Vitals    measures.Set `json:"vitals"`
	Diagnoses []string     `json:"diagnoses"`
	Receta    []string     `json:"receta"`
}

// acute is a visit of somebody younger than BelowYears.
type acute struct {
	BelowYears int `json:"below_years"`
	told
}

// noteText is how a kind of visit is written: each part in one or more ways.
type noteText struct {
	Type      string                           `json:"type"`
	Sections  map[string][]string              `json:"sections"`
	Omissions map[string]consultation.Omission `json:"omissions"`
	Prognosis []string                         `json:"prognosis"`
	Plan      []string                         `json:"plan"`
}

// medicine is one line of a prescription.
type medicine struct {
	Generic      string `json:"generic_name"`
	Presentation string `json:"presentation"`
	Route        string `json:"route"`
	Amount       string `json:"amount"`
	Unit         string `json:"unit"`
	EveryHours   int    `json:"every_hours"`
	Days         int    `json:"days"`
	Continuous   bool   `json:"continuous"`
	Quantity     int    `json:"quantity"`
	Fills        int    `json:"fills"`
	Instructions string `json:"instructions"`
}

func readLives() (library, error) {
	var l library
	err := json.Unmarshal(livesFile, &l)
	if err != nil {
		err = fmt.Errorf("demo: lives: %w", err)
	}
	return l, err
}

// of finds the life of a patient.
func (l library) of(name string) (life, bool) {
	for _, one := range l.Lives {
		if one.Patient == name {
			return one, true
		}
	}
	return life{}, false
}

// content is the nth note of a kind.
func (l library) content(t told, n int, trend measures.Set) (string, consultation.Content, error) {
	text, ok := l.Notes[t.Note]
	if !ok {
		return "", consultation.Content{}, fmt.Errorf("demo: there is no note %q", t.Note)
	}
	c := consultation.Content{
		Sections: map[string]string{}, Omissions: text.Omissions, Vitals: moved(t.Vitals, trend, n),
		Prognosis: turn(text.Prognosis, n), Plan: turn(text.Plan, n),
	}
	for key, ways := range text.Sections {
		c.Sections[key] = turn(ways, n)
	}
	for i, code := range t.Diagnoses {
		d := consultation.Diagnosis{Code: code, Kind: consultation.Secondary}
		if i == 0 {
			d.Kind = consultation.Principal
		}
		c.Diagnoses = append(c.Diagnoses, d)
	}
	return text.Type, c, nil
}

func turn(ways []string, n int) string {
	if len(ways) == 0 {
		return ""
	}
	return ways[n%len(ways)]
}

// moved is a set of vital signs after n steps of a trend, with a little of the
// unrest that real ones have.
func moved(from, trend measures.Set, n int) measures.Set {
	out := from
	for _, m := range measures.All() {
		start := from.Value(m.Key)
		if start == nil {
			continue
		}
		v := *start
		if slope := trend.Value(m.Key); slope != nil {
			v += *slope * float64(n)
		}
		if restless[m.Key] {
			v += 2.5 * math.Sin(float64(n)*1.7+float64(len(m.Key)))
		}
		scale := math.Pow10(min(m.Decimals, 1))
		v = math.Round(v*scale) / scale
		out = out.With(m.Key, &v)
	}
	return out
}

// restless are the measures that are never twice the same.
var restless = map[string]bool{measures.Systolic: true, measures.Diastolic: true, measures.HeartRate: true, measures.Glucose: true}

func (m medicine) item() prescription.Item {
	return prescription.Item{
		GenericName: m.Generic, Presentation: m.Presentation, Route: m.Route, Quantity: m.Quantity, Fills: m.Fills,
		AllowSubstitution: true, Instructions: m.Instructions,
		Structured: &prescription.Structured{
			DoseAmount: m.Amount, DoseUnit: m.Unit, EveryHours: m.EveryHours, DurationDays: m.Days, Continuous: m.Continuous,
		},
	}
}

// items are the lines of a prescription.
func (l library) items(names []string) ([]prescription.Item, error) {
	var out []prescription.Item
	for _, name := range names {
		m, ok := l.Medicines[name]
		if !ok {
			return nil, fmt.Errorf("demo: there is no medicine %q", name)
		}
		out = append(out, m.item())
	}
	return out, nil
}

func fullName(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
