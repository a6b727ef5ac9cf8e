package audit

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"historias/internal/db"
)

// BenchmarkVerify proves a chain in which every fifth event is a search that
// showed twenty patients. It reports events per second.
func BenchmarkVerify(b *testing.B) {
	for name, perSeal := range map[string]int{"seals of 40": 40, "seals of 10000": sealLimit} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b)
			const total = 100_000
			for sealed := 0; sealed < total; {
				sealed += w.fill(perSeal)
			}
			w.sealAll(w.clinic)
			b.ResetTimer()
			for b.Loop() {
				if r := w.expectIntact(); r.Events < total {
					b.Fatalf("report %+v", r)
				}
			}
			b.ReportMetric(total*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// fill records n events in one transaction and seals them.
func (w *world) fill(n int) int {
	w.Helper()
	w.must(w.db.WithTx(w.ctx(), func(ctx context.Context, _ *db.Tx) error {
		for i := range n {
			e := Event{Action: PatientRead, SubjectType: "patient", SubjectID: uuid.New(), PatientID: uuid.New()}
			if i%5 == 0 {
				e = Event{Action: PatientSearched}
				for range 20 {
					e.Subjects = append(e.Subjects, uuid.New())
				}
			}
			if err := w.Record(ctx, e); err != nil {
				return err
			}
		}
		return nil
	}))
	w.sealAll(w.clinic)
	return n
}
