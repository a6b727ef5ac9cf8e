// Package vitals keeps what was measured of patients: the readings of a nurse
// before the visit, those of a note, their trend, and which of them were wrong.
package vitals

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
	"historias/internal/measures"
	"historias/internal/mx"
)

// Reading is one set of values measured at one moment.
type Reading struct {
	ID        uuid.UUID
	PatientID uuid.UUID
	// ConsultationID is the note that it is part of; zero for none.
	ConsultationID uuid.UUID
	MeasuredAt     time.Time
	TakenBy        uuid.UUID
	TakenByName    string
	Set            measures.Set
	// States says what the values mean at the age of that day.
	States map[string]measures.State
	// Void is there when the reading was entered by mistake.
	Void      *Void
	CreatedAt time.Time
}

// Void says why a reading does not count.
type Void struct {
	At     time.Time
	By     uuid.UUID
	ByName string
	Reason string
}

// Entry is what somebody measured. The zero time is now.
type Entry struct {
	Set        measures.Set
	MeasuredAt time.Time
}

// purposeVoid names the sealed reason of a void reading.
const purposeVoid = "vitals.void"

type voidNote struct {
	Reason string `json:"reason"`
}

// errArchived refuses to add to a record that is put away.
var errArchived = errs.Rule("patient.archived", "Este expediente está archivado y no se puede modificar. Desarchívelo primero.")

// errFrozen refuses to change what a signed note holds.
var errFrozen = errs.Rule("vitals.frozen",
	"Estos signos vitales forman parte de una nota firmada y ya no cambian. Aclare el error con una adenda a la nota.")

// errVoided says that the reading was marked before.
var errVoided = errs.Conflict("vitals.voided", "Esta medición ya está marcada como registrada por error.")

// aheadOfUs is how far a clock may run ahead of the server's.
const aheadOfUs = 5 * time.Minute

// check gives the entry as it is kept, or every fault at once (400).
func (e Entry) check(p Patient, now time.Time) (Entry, error) {
	if e.Set.Empty() {
		return e, errs.Rule("vitals.empty", "Escriba al menos una medición.")
	}
	faults := e.Set.Validate()
	if e.MeasuredAt.IsZero() {
		e.MeasuredAt = now
	}
	e.MeasuredAt = e.MeasuredAt.UTC().Truncate(time.Microsecond)
	switch {
	case e.MeasuredAt.After(now.Add(aheadOfUs)):
		faults = append(faults, errs.Field{Field: "measured_at", Code: "future", Message: "La hora de la medición no puede ser futura."})
	case dayOf(e.MeasuredAt, p.Zone).Before(p.BirthDate):
		faults = append(faults, errs.Field{
			Field: "measured_at", Code: "before_birth", Message: "La medición no puede ser anterior al nacimiento del paciente.",
		})
	}
	return e, errs.Invalid(faults...)
}

// dayOf is the day it was where the clinic is.
func dayOf(at time.Time, zone *time.Location) mx.Date { return mx.DateOf(at.In(zone)) }

// whoAt is whose values are judged, at the age of a day.
func whoAt(p Patient, at time.Time) measures.Who {
	w := measures.Who{Sex: p.Sex}
	if !p.BirthDate.IsZero() {
		age := measures.Age(p.BirthDate.Age(dayOf(at, p.Zone)))
		w.Age = &age
	}
	return w
}
