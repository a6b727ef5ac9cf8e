package consultation

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/errs"
)

// The papers of a note. Letter is the one that is given when nobody chooses.
const (
	FormatLetter     = "letter"
	FormatHalfLetter = "half_letter"
)

func checkFormat(format string) (string, error) {
	switch format {
	case "":
		return FormatLetter, nil
	case FormatLetter, FormatHalfLetter:
		return format, nil
	}
	return "", errs.Invalid(errs.Field{Field: "format", Code: "enum", Message: "Elija letter o half_letter."})
}

// PDF gives the paper of a signed note, or of its addendum of this number (0 is the
// note itself), as it was drawn at signing. 404; 409 consultation.not_signed.
func (s *Service) PDF(ctx context.Context, id uuid.UUID, addendum int, format string) (File, error) {
	format, err := checkFormat(format)
	if err != nil {
		return File{}, err
	}
	l, err := s.load(ctx, id)
	if err != nil {
		return File{}, err
	}
	if l.status != Signed {
		return File{}, errNotSigned
	}
	if addendum < 0 || addendum > len(l.addenda) {
		return File{}, errs.NotFound("addendum")
	}
	subject, name := l.id, "nota-"+l.id.String()
	if addendum > 0 {
		subject, name = l.addenda[addendum-1].id, fmt.Sprintf("adenda-%s-%d", l.id, addendum)
	}
	f, err := s.Documents.File(ctx, addendum > 0, subject, format)
	if err != nil {
		return File{}, err
	}
	f.Name = name + ".pdf"
	return f, s.Trail.Record(ctx, event(audit.ConsultationPrinted, l.id, l.patient))
}

// Preview draws a draft as it would be printed, marked as a draft on each page, for
// its author. Nothing is kept. 409 once it is signed.
func (s *Service) Preview(ctx context.Context, id uuid.UUID, format string) (File, error) {
	format, err := checkFormat(format)
	if err != nil {
		return File{}, err
	}
	l, err := s.load(ctx, id)
	if err != nil {
		return File{}, err
	}
	if err := l.changeable(ctx); err != nil {
		return File{}, err
	}
	c, err := l.draft()
	if err != nil {
		return File{}, err
	}
	head, key, err := s.Heads.Head(ctx, l.patient, orZero(l.office), l.openedAt)
	if err != nil {
		return File{}, err
	}
	f, err := s.Documents.Preview(ctx, Paper{
		ID: l.id, PatientID: l.patient, Key: key, Head: head, Type: l.kindOf, OpenedAt: l.openedAt, Content: c,
	}, format)
	if err != nil {
		return File{}, err
	}
	f.Name = "borrador-" + l.id.String() + ".pdf"
	return f, s.Trail.Record(ctx, event(audit.ConsultationRead, l.id, l.patient))
}
