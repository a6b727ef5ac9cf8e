// Package letterhead is what stands at the head of every clinical document: who
// gives care and where, and about whom the document is. A signed document keeps
// these facts as they were on its day; they are never looked up again.
//
// The law asks for them: establishment, name, sex, age and address of the
// patient (NOM-004-SSA3-2012, 5.2 and 5.9), date, hour, name and signature of the
// author (5.10), institution of the title and cédula (Ley General de Salud,
// article 83).
package letterhead

// Head is the header of one document.
type Head struct {
	Establishment Establishment `json:"establishment"`
	Professional  Professional  `json:"professional"`
	Patient       Patient       `json:"patient"`
}

// Establishment is where care was given.
type Establishment struct {
	// Name is what patients read; LegalName who answers before the law.
	Name      string `json:"name"`
	LegalName string `json:"legal_name"`
	Office    string `json:"office,omitempty"`
	// Address is one line, of the office if it has one, else of the clinic.
	Address string `json:"address"`
	City    string `json:"city"`
	Phone   string `json:"phone,omitempty"`
	// TimeZone is the IANA name by which the document's hours are printed.
	TimeZone string `json:"time_zone"`
}

// Professional is who signs.
type Professional struct {
	UserID           string `json:"user_id"`
	FullName         string `json:"full_name"`
	Profession       string `json:"profession"`
	License          string `json:"license_number"`
	Institution      string `json:"title_institution"`
	Specialty        string `json:"specialty,omitempty"`
	SpecialtyLicense string `json:"specialty_license_number,omitempty"`
}

// Patient is about whom the document is.
type Patient struct {
	ID           string `json:"id"`
	FullName     string `json:"full_name"`
	RecordNumber string `json:"record_number"`
	// Sex is H, M or I, biological; Age the text of the age on the document's day.
	Sex       string `json:"sex"`
	BirthDate string `json:"birth_date,omitempty"`
	Age       string `json:"age"`
	// AgeMonths is the age in whole months on the document's day; -1 when the
	// date of birth is not known.
	AgeMonths int    `json:"age_months"`
	Address   string `json:"address,omitempty"`
	CURP      string `json:"curp,omitempty"`
}
