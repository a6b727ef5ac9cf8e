package audit

import (
	"testing"

	"github.com/google/uuid"
)

func TestAnUntouchedTrailIsProvedIntact(t *testing.T) {
	w := newWorld(t)
	w.read(25)
	w.must(w.write(Event{Action: PatientSearched, Subjects: []uuid.UUID{uuid.New(), uuid.New()}}))
	w.sealAll(w.clinic)
	w.read(5)
	w.sealAll(w.clinic)
	r := w.expectIntact()
	if r.Events != 31 || r.Seals < 2 || r.Clinics != 2 || r.Open != 0 {
		t.Errorf("report %+v", r)
	}
}
