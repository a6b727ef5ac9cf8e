package pdf_test

import (
	"bytes"
	"strings"
	"testing"

	"historias/internal/pdf"
)

// FuzzPrescription writes anything into every place of a receta: it is always
// drawn, and ends.
func FuzzPrescription(f *testing.F) {
	for _, s := range []string{
		"", " ", "\n\n\n", "Metformina 850 mg", strings.Repeat("á", 5000), "😀👩‍⚕️", "שלום עולם", "مرحبا", "\xff\xfe\x00", "e\u0301\u200d\ufe0f",
		"[U+", "[U+1F600", strings.Repeat("[U+", 50), "\u202e\u2066x", "(paréntesis) \\ barra", strings.Repeat("línea\n", 300), "\u00a0\u2003\t",
	} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, items int) {
		d := prescription()
		d.Allergies, d.Weight, d.Replaces = s, s, s
		d.Head.Patient.FullName, d.Head.Patient.Age, d.Head.Establishment.Address = s, s, s
		d.Head.Professional.FullName, d.Head.Establishment.TimeZone = s, s
		d.Sheets[0].Items = nil
		for n := range min(max(items, 0), 20) {
			d.Sheets[0].Items = append(d.Sheets[0].Items, pdf.Item{Number: n + 1, Title: s, Lines: []string{s, s}, Legends: []string{s}})
		}
		for _, format := range []pdf.Format{pdf.HalfLetter, pdf.LetterLarge} {
			raw := made(t)(press().Prescription(t.Context(), d, format))
			if !bytes.HasPrefix(raw, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(raw), []byte("%%EOF")) {
				t.Fatal("it is not a whole PDF")
			}
		}
	})
}

// FuzzNote does the same to a note, empty parts included.
func FuzzNote(f *testing.F) {
	f.Add("", "")
	f.Add(strings.Repeat("palabra ", 4000), "I10X")
	f.Add("😀", "שלום")
	f.Fuzz(func(t *testing.T, text, label string) {
		d := note()
		d.TypeLabel = label
		d.Sections = append(d.Sections,
			pdf.Section{Title: label, Numeral: label, Text: text},
			pdf.Section{},
			pdf.Section{Title: text, Vitals: []pdf.Measure{{Label: text, Value: text, Unit: text}}},
			pdf.Section{Title: label, Diagnoses: []pdf.Diagnosis{{Code: label, Label: text, Kind: label}}})
		made(t)(press().Note(t.Context(), d, pdf.HalfLetter))
	})
}
