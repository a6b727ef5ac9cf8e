package prescription

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Void annuls a signed prescription for a reason: its medicines are no longer in
// force, what it had replaced is again, and whoever asks by its code hears it.
// Its author may, and any prescriber of the clinic, for who signed may have left.
// 403 prescription.profession; 409 prescription.already_voided,
// prescription.not_signed.
func (s *Service) Void(ctx context.Context, id uuid.UUID, reason string) (Prescription, error) {
	c := &checker{}
	reason = c.reason("reason", reason)
	if err := errs.Invalid(c.faults...); err != nil {
		return Prescription{}, err
	}
	h, err := s.load(ctx, id)
	if err != nil {
		return Prescription{}, err
	}
	if h.AuthorID != actor.Must(ctx).UserID {
		if _, err := s.prescriber(ctx); err != nil {
			return Prescription{}, err
		}
	}
	if h.SignedAt.IsZero() && h.AuthorID != actor.Must(ctx).UserID {
		return Prescription{}, errNotAuthor
	}
	if err := voidable(h.Prescription); err != nil {
		return Prescription{}, err
	}
	if err := s.annul(ctx, &h, reason); err != nil {
		return Prescription{}, err
	}
	return s.named(ctx, h.Prescription)
}

func (s *Service) annul(ctx context.Context, h *held, reason string) error {
	now, user, clinic := s.deps.Clock.Now(), actor.Must(ctx).UserID, actor.Clinic(ctx)
	replaces, err := s.folioOf(ctx, h.Reissues)
	if err != nil {
		return err
	}
	paper := Paper{Document: *h.Document, Hash: h.Hash, Key: h.subject.DataKey, Replaces: replaces}
	keep, err := s.deps.Documents.Void(ctx, paper, now)
	if err != nil {
		return err
	}
	sealed, err := seal(h.subject.DataKey, clinic, h.ID, purposeVoid, reason)
	if err != nil {
		return errs.Internal("prescription: seal", err)
	}
	h.Status, h.Voided = StatusVoided, &Voided{Reason: reason, At: now, By: user}
	h.Version, h.UpdatedAt = h.Version+1, now
	return s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errVoided, voidSigned, clinic, h.ID, now, user, sealed)
		if err := s.endCourses(ctx, t, h); err != nil {
			return err
		}
		if err := keep(ctx, t); err != nil {
			return err
		}
		s.announce(t, h.PatientID, clinic)
		return s.deps.Trail.Record(ctx, event(audit.PrescriptionVoided, h.Prescription))
	})
}
