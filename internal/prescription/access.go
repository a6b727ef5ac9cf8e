package prescription

import (
	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/errs"
)

var (
	errNotAuthor = errs.New(errs.KindForbidden, "prescription.not_author",
		"Esta receta es un borrador de otra persona. Solo su autora o autor puede verla y cambiarla.")
	errProfession = errs.New(errs.KindForbidden, "prescription.profession",
		"Su profesión no permite prescribir medicamentos. Puede dejar indicaciones en la nota.")
	errSigned    = errs.Conflict("prescription.already_signed", "Esta receta ya está firmada y no se puede cambiar. Para corregirla, anúlela y expídala de nuevo.")
	errDiscarded = errs.Conflict("prescription.discarded", "Este borrador de receta fue descartado.")
	errVoided    = errs.Conflict("prescription.already_voided", "Esta receta ya está anulada.")
	errNotSigned = errs.Conflict("prescription.not_signed", "Esta receta es un borrador. Fírmela primero.")
	errNotVoided = errs.Conflict("prescription.not_voided", "Anule la receta, con su motivo, antes de expedirla de nuevo.")
	errReissued  = errs.Conflict("prescription.already_reissued", "Esta receta ya se expidió de nuevo.")
	errArchived  = errs.Rule("patient.archived", "Este expediente está archivado y no se puede modificar. Desarchívelo primero.")
)

// writable says whether the person may change a draft: it is hers, and still one.
func writable(p Prescription, user uuid.UUID) error {
	switch {
	case p.Status == StatusDraft && p.AuthorID != user:
		return errNotAuthor
	case p.Status == StatusDiscarded:
		return errDiscarded
	case p.Status != StatusDraft:
		return errSigned
	}
	return nil
}

// readable says whether the person may read the content: a draft is its author's.
func readable(p Prescription, a *actor.Actor) error {
	if p.SignedAt.IsZero() && p.AuthorID != a.UserID {
		return errNotAuthor
	}
	return nil
}

// voidable says whether a prescription may be voided.
func voidable(p Prescription) error {
	switch p.Status {
	case StatusVoided:
		return errVoided
	case StatusSigned:
		return nil
	}
	return errNotSigned
}

// reissuable says whether a prescription may be issued anew.
func reissuable(p Prescription) error {
	switch {
	case p.Status != StatusVoided:
		return errNotVoided
	case p.ReissuedAs != uuid.Nil:
		return errReissued
	}
	return nil
}

// attachable says whether a prescription may be begun on a consultation: on a
// signed note, or on one's own draft.
func attachable(v Visit, user uuid.UUID) error {
	if v.Status == "draft" && v.AuthorID != user {
		return errs.New(errs.KindForbidden, "consultation.not_author", "Esta consulta es un borrador de otra persona.")
	}
	return standing(v)
}

// standing says whether a consultation still counts.
func standing(v Visit) error {
	if v.Status == "discarded" {
		return errs.Conflict("consultation.discarded", "Esta consulta fue descartada. Abra otra para recetar.")
	}
	return nil
}

// copyable says whether a prescription may be repeated for a patient.
func copyable(p Prescription, patient uuid.UUID) error {
	switch {
	case p.PatientID != patient:
		return errs.Rule("prescription.other_patient", "Esa receta es de otro paciente.",
			errs.Field{Field: "copy_of", Code: "other_patient", Message: "Elija una receta de este paciente."})
	case p.SignedAt.IsZero():
		return errNotSigned
	}
	return nil
}
