// Package catalog holds what every clinic picks from: the diagnoses of CIE-10,
// medicines, laboratory and imaging studies, states, countries and specialties.
// It loads them from the files of migrations/data and searches them by the
// beginnings of words, in any order, without accents.
//
// Catalogs hold nobody's data. They belong to no clinic, everybody who is signed
// in may read them, and reading them leaves no event in the audit trail.
package catalog

import "github.com/google/uuid"

// Kind names a catalog, in the database and in the addresses of the API.
type Kind string

// The catalogs.
const (
	KindDiagnoses   Kind = "diagnoses"
	KindMedications Kind = "medications"
	KindStudies     Kind = "studies"
	KindStates      Kind = "states"
	KindCountries   Kind = "countries"
	KindSpecialties Kind = "specialties"
)

// Diagnosis is one code of CIE-10. A record that uses it keeps code, label and
// version together, so that a later version does not change what was written.
type Diagnosis struct {
	Code  string // with its dot: "E11.9"; three characters where the code has no children: "I10"
	Label string
	// Parent is the category of three characters, empty for a category.
	Parent string
	// Sex is H (hombre) or M (mujer) where the code belongs to one sex, else empty.
	Sex     string
	Version string
	// Favourite says that the caller uses it or pinned it.
	Favourite bool
}

// Medication is one product: a substance in one form, concentration and route.
type Medication struct {
	ID            uuid.UUID
	GenericName   string
	Form          string
	Concentration string
	Route         string
	// ATC is empty where the catalog does not know it.
	ATC        string
	Antibiotic bool
	// Fraction is that of article 226 of the Ley General de Salud, I to VI. The
	// catalog answers IV, which asks for a prescription, where it does not know.
	Fraction string
	Version  string
	// Favourite says that the caller uses it or pinned it.
	Favourite bool
}

// Study is a laboratory or imaging study.
type Study struct {
	Code  string
	Name  string
	Group string
	// Kind is laboratorio or gabinete.
	Kind        string
	Specimen    string // empty for studies of the patient
	Preparation string // what the patient is told beforehand; may be empty
	Version     string
}

// State is one of the 32 states. Code is INEGI's, "01" to "32"; CURPCode the two
// letters of the CURP.
type State struct {
	Code     string
	Name     string
	CURPCode string
}

// Country has the three-letter code of ISO 3166-1.
type Country struct {
	Code string
	Name string
}

// Specialty is a field of practice. Profession is who practises it, with the
// names of the API: medico_cirujano, cirujano_dentista, psicologia...
type Specialty struct {
	Code       string
	Name       string
	Profession string
}
