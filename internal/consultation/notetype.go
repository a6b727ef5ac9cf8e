package consultation

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed types/*.json
var typeFiles embed.FS

// Block says what a section is made of.
type Block string

// The blocks. All but text exist once in a note, under their own key.
const (
	BlockText      Block = "text"
	BlockVitals    Block = "vital_signs"
	BlockDiagnoses Block = "diagnoses"
	BlockPrognosis Block = "prognosis"
	BlockPlan      Block = "plan"
)

// When a kind of note is offered.
const (
	OfferedFirst = "first" // on the first visit
	OfferedLater = "later" // on later visits
	OfferedAny   = "any"   // when asked for
)

// NoteType is one edition of a kind of note.
type NoteType struct {
	Key      string    `json:"key"`
	Version  int       `json:"version"`
	Label    string    `json:"label"`
	Numeral  string    `json:"numeral"` // of NOM-004-SSA3-2012
	Offered  string    `json:"offered"`
	Sections []Section `json:"sections"`
}

// Section is one part of a note, in the order in which the norm names them.
type Section struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	Numeral string `json:"numeral"`
	Kind    Block  `json:"kind"`
	// Required sections must have a text or an honest answer before signing.
	Required bool   `json:"required"`
	Hint     string `json:"hint"`
	// Omissions are the honest answers that this section takes.
	Omissions []Omission `json:"omissions"`
	// Measures are the vital signs that must be there.
	Measures []string `json:"measures"`
	// Applies says of whom the section is asked; nil asks it of everybody.
	Applies *Applies `json:"applies"`
}

// Applies narrows a section by biological sex and by age in whole months.
type Applies struct {
	Sexes       []string `json:"sexes"`
	FromMonths  int      `json:"from_months"`
	BelowMonths int      `json:"below_months"`
}

// Who is the patient as the sections of a note see her on its day. Months is her
// age, -1 when it is not known.
type Who struct {
	Sex    string
	Months int
}

// To tells whether the section is asked of somebody. An age that is not known
// excludes nothing.
func (a *Applies) To(w Who) bool {
	switch {
	case a == nil:
		return true
	case len(a.Sexes) > 0 && !slices.Contains(a.Sexes, w.Sex):
		return false
	case w.Months < 0:
		return true
	}
	return w.Months >= a.FromMonths && (a.BelowMonths == 0 || w.Months < a.BelowMonths)
}

// section gives one section by its key.
func (t *NoteType) section(key string) (Section, bool) {
	i := slices.IndexFunc(t.Sections, func(s Section) bool { return s.Key == key })
	if i < 0 {
		return Section{}, false
	}
	return t.Sections[i], true
}

// catalogue holds every edition of every kind, the newest of each last.
var catalogue = mustReadTypes(typeFiles)

func mustReadTypes(files fs.FS) []*NoteType {
	all, err := readTypes(files)
	if err != nil {
		panic(err) // a file of ours, held by a test
	}
	return all
}

func readTypes(files fs.FS) ([]*NoteType, error) {
	names, err := fs.Glob(files, "types/*.json")
	if err != nil {
		return nil, err
	}
	var all []*NoteType
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		t := &NoteType{}
		if err := json.Unmarshal(raw, t); err != nil {
			return nil, fmt.Errorf("consultation: %s: %w", name, err)
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, b *NoteType) int { return order(a) - order(b) })
	return all, nil
}

// order puts what is offered first at the beginning, then by edition.
func order(t *NoteType) int {
	return slices.Index([]string{OfferedFirst, OfferedLater, OfferedAny}, t.Offered)*1000 + t.Version
}

// Types gives the newest edition of each kind of note, those that are offered by
// themselves first.
func Types() []*NoteType {
	var newest []*NoteType
	for _, t := range catalogue {
		if t == typeOf(t.Key) {
			newest = append(newest, t)
		}
	}
	return newest
}

// typeOf gives the newest edition of a kind, nil for none.
func typeOf(key string) *NoteType {
	var newest *NoteType
	for _, t := range catalogue {
		if t.Key == key && (newest == nil || t.Version > newest.Version) {
			newest = t
		}
	}
	return newest
}

// edition gives one edition of a kind; an error for one that the program has lost.
func edition(key string, version int) (*NoteType, error) {
	for _, t := range catalogue {
		if t.Key == key && t.Version == version {
			return t, nil
		}
	}
	return nil, fmt.Errorf("consultation: no edition %d of %s", version, key)
}

// suggested is the kind that a visit begins with: the first one until one of its
// kind is signed.
func suggested(signedFirst bool) string {
	offered := OfferedFirst
	if signedFirst {
		offered = OfferedLater
	}
	for _, t := range Types() {
		if t.Offered == offered {
			return t.Key
		}
	}
	return ""
}
