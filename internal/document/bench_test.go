package document_test

import (
	"bytes"
	"testing"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/document"
)

// BenchmarkVerifyPapers proves papers of the size of a receta; the figure is for
// one of them.
func BenchmarkVerifyPapers(b *testing.B) {
	w := setup(b)
	paper := append([]byte("%PDF-1.3 "), bytes.Repeat([]byte("0123456789abcdef"), 2200)...)
	for range 50 {
		w.issued(b, func(i *document.Issue) {
			i.Files = []document.File{{Format: "half_letter", PDF: paper}, {Format: "letter", PDF: paper}}
		})
	}
	b.ReportAllocs()
	var n int64
	for b.Loop() {
		one, err := w.svc.VerifyPapers(w.ctx, actor.Clinic(w.ctx), func(k audit.FaultKind, id uuid.UUID) { b.Fatal(k, id) })
		if err != nil {
			b.Fatal(err)
		}
		n += one
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/paper")
}
