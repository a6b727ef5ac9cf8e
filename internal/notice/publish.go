package notice

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// oneAtATime keeps two publications of one clinic apart until the transaction
// ends.
func oneAtATime(ctx context.Context, t *db.Tx) {
	t.Exec(`select pg_advisory_xact_lock(hashtextextended('historias.notice.' || $1, 0))`, actor.Clinic(ctx).String())
}

func isMissing(err error) bool { return errors.Is(err, db.ErrNoRow) }

// Publish puts a draft into force as the clinic's next version. 422
// clinic.incomplete while the clinic lacks data; 422 notice.incomplete while an
// element that the law demands is missing (LFPDPPP 15, 7, 32 and 35).
func (s *Service) Publish(ctx context.Context, id uuid.UUID) (Notice, error) {
	var n Notice
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) (err error) {
		oneAtATime(ctx, t)
		if n, err = s.draft(ctx, t, id); err != nil {
			return err
		}
		who, err := s.clinics.Responsible(ctx)
		if err != nil {
			return err
		}
		if len(who.Missing) > 0 {
			return errIncompleteClinic(who.Missing)
		}
		n.Parameters = values(n.Parameters, who, s.Link(who.Slug))
		n.Content = fill(Compose(n.Summary, n.Elements), n.Parameters)
		if faults := missing(n.Kind, n.Elements, n.Content); len(faults) > 0 {
			return errs.Rule("notice.incomplete", "Al aviso le falta lo que la ley pide. Complete lo señalado antes de publicarlo.", faults...)
		}
		if err := s.number(ctx, t, &n); err != nil {
			return err
		}
		t.ExecOne(errs.NotFound("notice"), publishDraft, n.ClinicID, n.ID, n.Version, n.Content, asJSON(n.Parameters),
			n.Hash, n.PublishedAt, idOrNull(n.PublishedBy))
		n.Revision++
		return s.trail.Record(ctx, event(audit.NoticePublished, n.ID))
	})
	return n, err
}

// number makes n the next version in force, in place of the one before.
func (s *Service) number(ctx context.Context, t *db.Tx, n *Notice) error {
	var highest int
	now := s.clock.Now()
	t.Exec(supersede, n.ClinicID, n.Kind, now)
	if err := t.One([]any{&highest}, highestVersion, n.ClinicID, n.Kind); err != nil {
		return err
	}
	n.Status, n.InForce, n.Version, n.Hash = Published, true, highest+1, Hash(n.Content)
	n.PublishedAt, n.EffectiveFrom, n.UpdatedAt = now, now, now
	n.PublishedBy = actor.Must(ctx).UserID
	n.Responsible = responsibleOf(n.Parameters)
	return nil
}

func errIncompleteClinic(fields []string) error {
	faults := make([]errs.Field, 0, len(fields))
	for _, name := range fields {
		faults = append(faults, errs.Field{Field: name, Code: "missing", Message: "Falta este dato de la clínica."})
	}
	return errs.Rule("clinic.incomplete", "Antes complete los datos de la clínica: domicilio y contacto de privacidad.", faults...)
}

// PublishBase publishes the base notice, filled with the clinic's data, as
// version 1 of a clinic that became complete. It does nothing for a clinic that
// published a notice already, and waits while data are missing.
func (s *Service) PublishBase(ctx context.Context, t *db.Tx, who Responsible) error {
	clinic := actor.Clinic(ctx)
	var published int
	oneAtATime(ctx, t)
	if err := t.One([]any{&published}, highestVersion, clinic, Integral); err != nil {
		return err
	}
	if published > 0 || len(who.Missing) > 0 {
		return nil
	}
	base, err := one(t, selectInForce, baseClinic, Integral)
	if err != nil {
		return err
	}
	n := s.fromBase(base, clinic, who)
	if faults := missing(n.Kind, n.Elements, n.Content); len(faults) > 0 {
		return errs.Internal("notice: base", errors.New("the base notice lacks "+faults[0].Field))
	}
	if err := s.number(ctx, t, &n); err != nil {
		return err
	}
	n.CreatedAt = n.PublishedAt
	insert(t, n)
	return s.trail.Record(ctx, event(audit.NoticePublished, n.ID))
}

// fromBase fills the base notice. Its content is taken as it stands and not
// composed again: a lawyer may have revised it.
func (s *Service) fromBase(base Notice, clinic uuid.UUID, who Responsible) Notice {
	n := Notice{
		ID: vault.NewID(), ClinicID: clinic, Kind: Integral, Lang: base.Lang,
		Summary: base.Summary, Elements: base.Elements, Revision: 1,
	}
	n.Parameters = values(base.Parameters, who, s.Link(who.Slug))
	n.Content = fill(base.Content, n.Parameters)
	return n
}
