package consultation

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/audit"
)

// Get reads a note and records that it was seen. A draft is read by its author
// only (403 consultation.not_author); absent and another clinic's are 404.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Consultation, error) {
	c, err := s.reread(ctx, id)
	if err != nil {
		return Consultation{}, err
	}
	return s.recorded(ctx, audit.ConsultationRead, c)
}

// Completeness says what the norm still asks of a note, and records that it was
// seen.
func (s *Service) Completeness(ctx context.Context, id uuid.UUID) (Completeness, error) {
	c, err := s.Get(ctx, id)
	return c.Completeness, err
}

// reread opens a note for an act that keeps its own event.
func (s *Service) reread(ctx context.Context, id uuid.UUID) (Consultation, error) {
	l, err := s.load(ctx, id)
	if err != nil {
		return Consultation{}, err
	}
	if err := l.readable(ctx); err != nil {
		return Consultation{}, err
	}
	c, err := l.opened()
	if err != nil || l.status == Signed {
		return c, err
	}
	return s.dressed(ctx, l, c)
}

// opened turns what was read into a note.
func (l *loaded) opened() (Consultation, error) {
	c := Consultation{
		ID: l.id, PatientID: l.patient, OfficeID: orZero(l.office), AuthorID: l.author, AuthorName: l.brief.Author,
		Type: l.kindOf, Status: l.status, OpenedAt: l.openedAt, UpdatedAt: l.updatedAt, Version: l.version, Taken: l.taken,
	}
	if l.status == Signed {
		return l.openSigned(c)
	}
	var err error
	c.Content, err = l.draft()
	c.Completeness = completeness(l.kindOf, c.Content, who(l.subject, l.row))
	c.Missing = c.Completeness.missing()
	return c, err
}

// dressed adds to a draft what its author wants to know beside it.
func (s *Service) dressed(ctx context.Context, l *loaded, c Consultation) (Consultation, error) {
	var err error
	if c.Taken, err = s.named(ctx, l, c.Taken); err != nil {
		return Consultation{}, err
	}
	c.Warnings, err = s.warnings(ctx, l, c.Content)
	return c, err
}

// named says who measured, by name.
func (s *Service) named(ctx context.Context, l *loaded, taken Taken) (Taken, error) {
	if taken.By == uuid.Nil {
		return taken, nil
	}
	if taken.By == l.author {
		taken.Name = l.brief.Author
		return taken, nil
	}
	var err error
	taken.Name, err = s.nameOf(ctx, taken.By)
	return taken, err
}

// warnings gathers what is worth a second look in a draft.
func (s *Service) warnings(ctx context.Context, l *loaded, c Content) ([]Warning, error) {
	var out []Warning
	for _, w := range c.Vitals.Warnings() {
		out = append(out, Warning{Field: "vital_signs." + w.Field, Code: w.Code, Message: w.Message})
	}
	if len(c.Diagnoses) == 0 {
		return out, nil
	}
	known, err := s.Diagnoses.Find(ctx, c.codes(), who(l.subject, l.row))
	for i, d := range c.Diagnoses {
		if doubt := known[d.Code].Doubt; doubt != "" {
			out = append(out, Warning{Field: diagnosisField(i), Code: "unusual", Message: doubt})
		}
	}
	return out, err
}
