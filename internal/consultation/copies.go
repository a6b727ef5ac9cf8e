package consultation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/measures"
	"historias/internal/vault"
)

// mostCopies is how many kept versions are read back, the newest.
const mostCopies = 50

// Copy is a version of a draft that lost against another one, as it was written.
type Copy struct {
	ID      uuid.UUID
	At      time.Time
	Content Content
}

// keptCopy is the sealed part of a copy: its vital signs are kept with it.
type keptCopy struct {
	Content
	Vitals measures.Set `json:"vital_signs,omitzero"`
}

// KeepCopy keeps a version of a note beside it, unjudged: whatever was written may
// be kept, also of a note that was signed meanwhile. 404, 403, 413.
func (s *Service) KeepCopy(ctx context.Context, id uuid.UUID, c Content) (Copy, error) {
	l, err := s.written(ctx, id)
	if err != nil {
		return Copy{}, err
	}
	if c.size() > LargestText {
		return Copy{}, errs.New(errs.KindTooLarge, "consultation.too_large", "La copia es demasiado larga: admite hasta 256 KB de texto.")
	}
	kept := Copy{ID: vault.NewID(), At: s.Clock.Now(), Content: c}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		if err := s.queueCopy(ctx, t, l, kept.ID, c); err != nil {
			return err
		}
		return s.Trail.Record(ctx, event(audit.ConsultationCopied, l.id, l.patient))
	})
	return kept, err
}

func (s *Service) queueCopy(ctx context.Context, t *db.Tx, l *loaded, id uuid.UUID, c Content) error {
	token, err := vault.Seal(l.subject.DataKey, copyPlace(ctx, id), keptCopy{Content: c, Vitals: c.Vitals})
	if err != nil {
		return err
	}
	t.Exec(insertCopy, l.clinic, id, l.id, actor.Must(ctx).UserID, s.Clock.Now(), string(token))
	return nil
}

// Copies gives the kept versions of a note to its author, the newest first, at
// most 50.
func (s *Service) Copies(ctx context.Context, id uuid.UUID) ([]Copy, error) {
	l, err := s.written(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []Copy
	err = s.DB.Read(ctx, func(q *db.Reader) error {
		q.All(func(from db.Row) error {
			c, err := scanCopy(ctx, from, l.subject.DataKey)
			out = append(out, c)
			return err
		}, selectCopies, l.clinic, l.id, mostCopies)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("consultation: copies", err)
	}
	return out, s.Trail.Record(ctx, event(audit.ConsultationRead, l.id, l.patient))
}

func scanCopy(ctx context.Context, from db.Row, key vault.Key) (Copy, error) {
	var c Copy
	var by uuid.UUID
	var token vault.Sealed[keptCopy]
	if err := from.Scan(&c.ID, &by, &c.At, (*string)(&token)); err != nil {
		return c, err
	}
	kept, err := token.Open(key, copyPlace(ctx, c.ID))
	c.Content = kept.Content
	c.Content.Vitals = kept.Vitals
	return c, err
}

// written loads a note for its author.
func (s *Service) written(ctx context.Context, id uuid.UUID) (*loaded, error) {
	l, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if !mine(ctx, l.author) {
		return nil, errNotAuthor()
	}
	return l, nil
}
