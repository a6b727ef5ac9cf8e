package pdf_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/pdf"
)

var update = flag.Bool("update", false, "write the golden texts and pictures anew")

// tool finds a program of poppler. A developer's machine may lack it; the runner
// of the checks may not.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing", name)
	}
	t.Skipf("SKIP: %s is missing", name)
	return ""
}

// text is what a reader selects and copies, in the order of the page, page
// breaks included.
func text(t testing.TB, raw []byte) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool(t, "pdftotext"), "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(raw)
	out, err := cmd.Output()
	require.NoError(t, err)
	return string(out)
}

// words is the text with every run of space made one.
func words(t testing.TB, raw []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(text(t, raw)), " ")
}

// document is one of the documents that have a golden text.
type document struct {
	name string
	draw func(ctx context.Context, p *pdf.Press) ([]byte, error)
}

func documents() []document {
	receta := func(d pdf.Prescription, f pdf.Format) func(context.Context, *pdf.Press) ([]byte, error) {
		return func(ctx context.Context, p *pdf.Press) ([]byte, error) { return p.Prescription(ctx, d, f) }
	}
	nota := func(d pdf.Note, f pdf.Format) func(context.Context, *pdf.Press) ([]byte, error) {
		return func(ctx context.Context, p *pdf.Press) ([]byte, error) { return p.Note(ctx, d, f) }
	}
	draft := prescription()
	draft.Signed = nil
	return []document{
		{"receta-media-carta", receta(prescription(), pdf.HalfLetter)},
		{"receta-carta", receta(prescription(), pdf.Letter)},
		{"receta-letra-grande", receta(prescription(), pdf.LetterLarge)},
		{"receta-borrador", receta(draft, pdf.HalfLetter)},
		{"receta-anulada", receta(longPrescription(), pdf.HalfLetter)},
		{"nota-carta", nota(note(), pdf.Letter)},
		{"nota-media-carta", nota(note(), pdf.HalfLetter)},
		{"adenda", func(ctx context.Context, p *pdf.Press) ([]byte, error) {
			return p.Addendum(ctx, addendum(), pdf.Letter)
		}},
	}
}

// What is selected, copied or read aloud is what stands in testdata, accents
// included.
func TestDocumentsSayWhatTheyShould(t *testing.T) {
	t.Parallel()
	for _, d := range documents() {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			got := text(t, made(t)(d.draw(t.Context(), press())))
			file := filepath.Join("testdata", d.name+".txt")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, strings.Fields(string(want)), strings.Fields(got))
			require.Equal(t, strings.Count(string(want), "\f"), strings.Count(got, "\f"), "pages")
		})
	}
}

// The same document gives the same bytes, and they hold nothing of the patient
// outside the pages.
func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, d := range documents() {
		first, again := made(t)(d.draw(t.Context(), press())), made(t)(d.draw(t.Context(), press()))
		require.True(t, bytes.Equal(first, again), d.name)
		require.Less(t, len(first), 64<<10, d.name)
		require.Contains(t, string(first), "/Lang (es-MX)")
		require.NotContains(t, string(first), "Orozco")
		for _, personal := range []string{"O\x00r\x00o\x00z\x00c\x00o", "\x00O\x00r\x00o\x00z\x00c\x00o"} {
			require.NotContains(t, string(first), personal, "%s: the title names the patient", d.name)
		}
	}
}

// A document that is not signed says so on every page and shows nothing that only
// signing gives.
func TestADraftHasNoSignature(t *testing.T) {
	t.Parallel()
	d, n := prescription(), note()
	d.Signed, n.Signed = nil, nil
	for _, raw := range [][]byte{
		made(t)(press().Prescription(t.Context(), d, pdf.HalfLetter)), made(t)(press().Note(t.Context(), n, pdf.Letter)),
	} {
		all := words(t, raw)
		require.Contains(t, all, "Borrador sin firma")
		for _, absent := range []string{"Firmado", "SHA-256", "Folio", "Compruebe", "Código"} {
			require.NotContains(t, all, absent)
		}
	}
}

// Each sheet of a receta is complete: header, patient, room to sign and code; the
// further pages say whose they are.
func TestEachSheetIsComplete(t *testing.T) {
	t.Parallel()
	pages := strings.Split(strings.TrimRight(text(t, made(t)(press().Prescription(t.Context(), longPrescription(), pdf.HalfLetter))), "\f\n"), "\f")
	require.Greater(t, len(pages), 2)
	for i, page := range pages {
		flat := strings.Join(strings.Fields(page), " ")
		for _, each := range []string{"María Fernanda Orozco Villaseñor", "H-000482", "R-2026-03318", "No debe surtirse"} {
			require.Contains(t, flat, each, "page %d", i+1)
		}
		require.Regexp(t, regexp.MustCompile(`hoja [12] de 2 · página \d de \d`), flat)
	}
	last := strings.Join(strings.Fields(pages[len(pages)-1]), " ")
	for _, each := range []string{"Dra. Sofía Núñez Alcaraz", "Céd. prof. 00123456", "Universidad Ejemplo de Puebla", "Calle Ficticia 12", "Firma autógrafa", "7K3M-Q9TA-0XWD-5H2R", "Clonazepam", "30 días"} {
		require.Contains(t, last, each)
	}
	require.NotContains(t, last, "Metformina", "another class of medicine on the sheet that the pharmacy keeps")
}

// Whatever somebody wrote is on the paper: cut where it must be, or by its code.
func TestNothingThatWasWrittenIsLost(t *testing.T) {
	t.Parallel()
	n := note()
	n.Sections[0].Text = strings.Repeat("otorrinolaringólogo", 40) + " fin. 😀 שלום ½ µg ≥ «e\u0301» 漢字 a\u202eb\u200d c\td\x01\x00"
	all := words(t, made(t)(press().Note(t.Context(), n, pdf.HalfLetter)))
	require.Equal(t, 40, strings.Count(strings.ReplaceAll(all, " ", ""), "otorrinolaringólogo"))
	require.Contains(t, all, "fin. [U+1F600] [U+05E9][U+05DC][U+05D5][U+05DD] ½ µg ≥ «é» [U+6F22][U+5B57] ab c d")
}

// A document comes in the formats that it has.
func TestFormats(t *testing.T) {
	t.Parallel()
	for _, f := range []pdf.Format{"", "a4", pdf.LetterLarge} {
		_, err := press().Note(t.Context(), note(), f)
		require.ErrorIs(t, err, pdf.ErrFormat)
	}
	_, err := press().Prescription(t.Context(), prescription(), "a4")
	require.ErrorIs(t, err, pdf.ErrFormat)
}

// For somebody who went away nothing is drawn.
func TestNothingIsDrawnForNobody(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := press().Prescription(ctx, prescription(), pdf.HalfLetter)
	require.ErrorIs(t, err, context.Canceled)
}

func addendum() pdf.Addendum {
	return pdf.Addendum{
		Head: heading(), NoteType: "Nota de evolución", NoteFolio: "N-2026-00711", NoteSignedAt: signedAt,
		Text: "La paciente llamó a las 18:00: la cefalea cedió con paracetamol.", Signed: signed("A-2026-00012"),
	}
}

// longPrescription has twenty medicines, a second sheet, and was voided.
func longPrescription() pdf.Prescription {
	d := prescription()
	d.Weight, d.Replaces = "71.5 kg", "R-2026-03300"
	d.SpecialForm = []string{"Morfina 10 mg, tableta. Prescrito en recetario especial, folio 00012345."}
	d.Voided = &pdf.Voided{At: signedAt.Add(time.Hour)}
	for n := 4; n <= 20; n++ {
		item := d.Sheets[0].Items[n%3]
		item.Number = n
		d.Sheets[0].Items = append(d.Sheets[0].Items, item)
	}
	d.Sheets = append(d.Sheets, pdf.Sheet{
		Label: "Fracción II",
		Items: []pdf.Item{{Number: 21, Title: "Clonazepam 2 mg, tableta", Lines: []string{
			"Tomar 1/2 tableta por vía oral cada 24 horas durante 30 días.", "Surtir 1 (una) caja con 30 tabletas.",
		}}},
		Legends: []string{"Esta receta vale 30 días desde su expedición. Se surte una sola vez y la farmacia la retiene."},
	})
	return d
}

// BenchmarkPrescription is the time and memory of one receta.
func BenchmarkPrescription(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		made(b)(press().Prescription(b.Context(), prescription(), pdf.HalfLetter))
	}
}

// BenchmarkNote is the time and memory of one note.
func BenchmarkNote(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		made(b)(press().Note(b.Context(), note(), pdf.Letter))
	}
}
