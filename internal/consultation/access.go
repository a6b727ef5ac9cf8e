package consultation

import (
	"context"

	"historias/internal/actor"
	"historias/internal/errs"
)

// The refusals that a note's state makes.
var (
	errSigned = errs.Conflict("consultation.already_signed",
		"Esta nota ya está firmada y no se puede modificar. Puede agregar una adenda.")
	errDiscarded = errs.Conflict("consultation.discarded", "Este borrador se descartó y ya no se puede modificar.")
	errNotSigned = errs.Conflict("consultation.not_signed", "Esta nota es un borrador todavía. Fírmela primero.")
	errArchived  = errs.Rule("patient.archived",
		"El expediente está archivado y no se puede modificar. Lo que escribió sigue aquí; desarchívelo para continuar.")
)

// errNotAuthor keeps a draft to who writes it: others see in lists that there is one.
func errNotAuthor() error {
	return &errs.Error{
		Kind: errs.KindForbidden, Code: "consultation.not_author", Permission: string(actor.ConsultationWrite),
		Message: "Sólo quien abrió esta nota puede leerla y modificarla antes de firmarla.",
	}
}

// readable says who may read the text of a note: everybody clinical once it is
// signed, its author alone before.
func (l *loaded) readable(ctx context.Context) error {
	if l.status != Signed && l.author != actor.Must(ctx).UserID {
		return errNotAuthor()
	}
	return nil
}

// changeable says whether the caller may change the note now.
func (l *loaded) changeable(ctx context.Context) error {
	switch {
	case l.author != actor.Must(ctx).UserID:
		return errNotAuthor()
	case l.status == Signed:
		return errSigned
	case l.status == Discarded:
		return errDiscarded
	}
	return nil
}
