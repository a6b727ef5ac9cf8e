package patient

import (
	"github.com/google/uuid"

	"historias/internal/mx"
)

// Warning is something to confirm with the person. It never stops a save.
type Warning struct {
	Code    string // curp_mismatch, or possible_duplicate
	Field   string // the field it is about, where there is one
	Message string
	// The other record, for a possible duplicate.
	PatientID    uuid.UUID
	RecordNumber Number
}

// The codes of warnings.
const (
	warnCURP      = "curp_mismatch"
	warnDuplicate = "possible_duplicate"
)

// curpWarnings compares the CURP with what was typed beside it. RENAPO keeps
// exceptions to its own rules, so a difference is never an error.
func curpWarnings(id Identity, today mx.Date) []Warning {
	curp, err := mx.ParseCURP(id.CURP, today)
	if err != nil {
		return nil
	}
	var found []Warning
	for _, m := range curp.Mismatches(id.names(), id.BirthDate, id.Sex) {
		found = append(found, Warning{Code: warnCURP, Field: m.Field, Message: m.Message()})
	}
	if id.StateOfBirth != "" && id.StateOfBirth != curp.StateCode() {
		found = append(found, Warning{
			Code: warnCURP, Field: "state_of_birth",
			Message: "La CURP indica otro estado de nacimiento. Confirme ambos con el documento.",
		})
	}
	return found
}

func duplicateWarnings(found []Duplicate) []Warning {
	var out []Warning
	for _, d := range found {
		out = append(out, Warning{
			Code: warnDuplicate, Field: d.Reasons[0].field(), PatientID: d.ID, RecordNumber: d.RecordNumber,
			Message: "El expediente " + d.RecordNumber.String() + " " + d.Reasons[0].sentence(),
		})
	}
	return out
}
