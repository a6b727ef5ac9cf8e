// Package pdf draws the documents that a clinic hands out: notes, addenda and
// prescriptions. It is pure: what it draws depends on nothing but its arguments,
// so the same document gives the same bytes. It knows no database and no clock.
//
// What is printed where is asked for by NOM-004-SSA3-2012, 5.2, 5.9 and 5.10
// (establishment, patient, date, hour, author), and by the Ley General de Salud,
// article 83 (institution of the title, cédula).
//
// Fonts: Liberation Sans, SIL Open Font License 1.1, embedded as the subset that
// a document needs. A character that the font lacks is never lost: it is printed
// by its code, as in [U+1F600].
package pdf

import (
	"time"

	"historias/internal/letterhead"
)

// Format is the paper of a document.
type Format string

// The formats. A note comes in Letter and HalfLetter, a prescription in all
// three; LetterLarge is letter with large type.
const (
	HalfLetter  Format = "half_letter"
	Letter      Format = "letter"
	LetterLarge Format = "letter_large"
)

// Signed is what only a signed document has. A document without it is a draft:
// it says BORRADOR across each page and carries neither folio, code nor QR.
type Signed struct {
	By letterhead.Professional
	At time.Time
	// Method is how the signer proved who she is: "password" or "totp".
	Method string
	// Hash is the SHA-256 of the canonical content, in hexadecimal.
	Hash string
	// Folio is the number people compare, such as R-2026-00001.
	Folio string
	// Code is the verification code as it is typed; URL is what the QR says.
	Code, URL string
}

// Answer is what stands instead of the text of a section.
type Answer string

// The answers that NOM-004 lets a section have instead of a text.
const (
	Denied        Answer = "negado"
	NotApplicable Answer = "no_aplica"
	NotAssessable Answer = "no_valorable"
)

// Section is one titled part of a note, in the order in which it is printed.
type Section struct {
	Title string
	// Numeral is of NOM-004-SSA3-2012, such as "6.2.1"; it may be empty.
	Numeral string
	Text    string
	Answer  Answer
	// Vitals and Diagnoses are printed as a table after the text.
	Vitals    []Measure
	Diagnoses []Diagnosis
}

// Measure is one vital sign as it is printed, such as "Presión arterial", "120/80", "mmHg".
type Measure struct{ Label, Value, Unit string }

// Diagnosis is one diagnosis of a note.
type Diagnosis struct {
	// Code is of CIE-10.
	Code, Label string
	// Kind is "principal" or "secundario".
	Kind string
}

// Note is a clinical note. Hours are printed in the zone of Head.Establishment.
type Note struct {
	Head letterhead.Head
	// TypeLabel is the kind of note, such as "Nota de evolución".
	TypeLabel string
	// OpenedAt is when care was given: the note's date and hour.
	OpenedAt time.Time
	Sections []Section
	// Signed is nil in a draft.
	Signed *Signed
}

// Addendum is what was added to a signed note. It is a document of its own:
// the note's stays as it was.
type Addendum struct {
	Head letterhead.Head
	// NoteType, NoteFolio and NoteSignedAt name the note that it adds to.
	NoteType, NoteFolio string
	NoteSignedAt        time.Time
	Text                string
	Signed              *Signed
}

// Item is one medicine of a prescription, its texts as they are printed.
type Item struct {
	// Number counts over all sheets, from 1.
	Number int
	// Title is generic name and presentation, such as "Metformina 850 mg, tableta".
	Title string
	// Lines say how it is taken and what to supply; the first is the dose.
	Lines []string
	// Legends are what the law asks to be said of this medicine.
	Legends []string
}

// Sheet is the medicines that share one paper: fraction II of article 226 of the
// Ley General de Salud is kept by the pharmacy and stands alone, so does III.
type Sheet struct {
	// Label names the class, empty on an ordinary sheet.
	Label string
	Items []Item
	// Legends are said of the whole sheet, such as its validity.
	Legends []string
}

// Voided is that a signed prescription was voided, and when.
type Voided struct{ At time.Time }

// Prescription is a receta. Each sheet is complete in itself: header, signature,
// code and QR.
type Prescription struct {
	Head     letterhead.Head
	IssuedAt time.Time
	// Allergies is the line "penicilina, naproxeno", or "sin alergias conocidas";
	// empty when nobody asked.
	Allergies string
	// Weight is printed for children, such as "18.5 kg"; it may be empty.
	Weight string
	Sheets []Sheet
	// SpecialForm is what was prescribed on the special form of fraction I and is
	// only recorded here.
	SpecialForm []string
	// Replaces is the folio of the voided prescription that this one replaces.
	Replaces string
	// Signed is nil in a draft, Voided nil in one that is in force.
	Signed *Signed
	Voided *Voided
}
