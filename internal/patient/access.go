package patient

import "historias/internal/errs"

// editable says whether the data of a record may change: an archived one is
// read only until somebody takes it out again.
func editable(p Patient) error {
	if p.Status == StatusArchived {
		return errs.Rule("patient.archived", "Este expediente está archivado y no se puede modificar. Desarchívelo primero.")
	}
	return nil
}

// archivable says whether a record may be archived.
func archivable(p Patient) error {
	if p.Status == StatusArchived {
		return errs.Conflict("patient.archived", "Este expediente ya está archivado.")
	}
	return nil
}

// restorable says whether a record may be taken out of the archive.
func restorable(p Patient) error {
	if p.Status != StatusArchived {
		return errs.Conflict("patient.not_archived", "Este expediente no está archivado.")
	}
	return nil
}
