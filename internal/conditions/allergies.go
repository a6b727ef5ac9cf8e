package conditions

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Allergies gives what is known of a patient's allergies, the active ones
// first. errs.NotFound("patient") for a patient that the clinic does not have.
func (s *Service) Allergies(ctx context.Context, patient uuid.UUID) (Allergies, error) {
	var d *denial
	items, sc, err := list[Allergy](ctx, s, allergies, patient, func(q *db.Reader) { d = queueDenial(ctx, q, patient) })
	if err != nil {
		return Allergies{}, err
	}
	return known(items, d, sc.name)
}

// known says where the allergies stand.
func known(items []Entry[Allergy], d *denial, name func(uuid.UUID) (string, error)) (Allergies, error) {
	out := Allergies{Status: NotAsked, Items: items}
	for _, a := range items {
		if a.Status == Active {
			out.Status = Listed
			return out, nil
		}
	}
	if !d.found {
		return out, nil
	}
	by, err := name(d.by)
	out.Status, out.Denial = NoneKnown, &Denial{At: d.at.UTC(), By: d.by, ByName: by}
	return out, errs.Internal("conditions: name", err)
}

// Allergy gives one allergy; errs.NotFound("allergy") otherwise.
func (s *Service) Allergy(ctx context.Context, patient, id uuid.UUID) (Entry[Allergy], error) {
	e, _, err := one[Allergy](ctx, s, allergies, patient, id)
	if err != nil {
		return e, err
	}
	return e, s.deps.Trail.Record(ctx, event(allergies, allergies.listed, id, patient))
}

// AddAllergy records an allergy. One that is active already is the conflict
// allergy.duplicate; faults are errs.Invalid.
func (s *Service) AddAllergy(ctx context.Context, patient uuid.UUID, a Allergy, status Status) (Entry[Allergy], error) {
	sc, err := s.writable(ctx, patient)
	if err != nil {
		return Entry[Allergy]{}, err
	}
	if a, status, err = s.checkAllergy(ctx, sc.patient, a, status); err != nil {
		return Entry[Allergy]{}, err
	}
	return add(ctx, s, allergies, sc, a, status, a.identity())
}

func (s *Service) checkAllergy(ctx context.Context, p Patient, a Allergy, status Status) (Allergy, Status, error) {
	c := &checker{}
	a, status = a.check(c, p), c.status(allergies, status)
	if a.Code != "" {
		exists, err := s.allergenExists(ctx, a.Code)
		if err != nil {
			return a, status, err
		}
		if !exists {
			c.add("substance_code", "unknown", "Esta clave no está en la lista de alérgenos.")
		}
	}
	return a, status, errs.Invalid(c.faults...)
}

// ChangeAllergy replaces an allergy. The version is judged before the body is
// asked for, with the state it replaces: errs.Stale where it is not the current one.
func (s *Service) ChangeAllergy(ctx context.Context, patient, id uuid.UUID, version int64, body func(now Entry[Allergy]) (Allergy, Status, error)) (Entry[Allergy], error) {
	e, sc, err := one[Allergy](ctx, s, allergies, patient, id)
	if err != nil {
		return e, err
	}
	if err := changeable(e.Head, sc.patient, version, allergies); err != nil {
		return e, err
	}
	data, status, err := body(e)
	if err != nil {
		return e, err
	}
	if e.Data, e.Status, err = s.checkAllergy(ctx, sc.patient, data, status); err != nil {
		return e, err
	}
	return change(ctx, s, allergies, sc, e, e.Data.identity())
}

// changeable says whether a condition may be changed by who saw this version.
func changeable(h Head, p Patient, version int64, k kind) error {
	switch {
	case h.Version != version:
		return k.stale
	case p.Archived:
		return errArchived
	}
	return nil
}

// DenyAllergies records that the patient was asked and knows of no allergy. The
// rule allergy.listed refuses it while an allergy is active.
func (s *Service) DenyAllergies(ctx context.Context, patient uuid.UUID) (Allergies, error) {
	if _, err := s.writable(ctx, patient); err != nil {
		return Allergies{}, err
	}
	a, now := actor.Must(ctx), s.deps.Clock.Now()
	err := s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errHasAllergies, insertDenial, a.ClinicID, vault.NewID(), patient, now, a.UserID)
		s.announce(t, a.ClinicID, patient)
		return s.deps.Trail.Record(ctx, event(allergies, audit.AllergiesDenied, uuid.Nil, patient))
	})
	if err != nil {
		return Allergies{}, errs.Internal("conditions: deny", err)
	}
	return s.Allergies(ctx, patient)
}

// QueueAllergies queues what is known of a patient's active allergies, on the
// caller's read. The function it gives is called after the read, with the
// patient's key. The caller records the event.
func (s *Service) QueueAllergies(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) (Allergies, error) {
	var rows []row
	clinic := actor.Clinic(ctx)
	d := queueDenial(ctx, q, patient)
	q.All(gather(&rows), selectActive, clinic, patient, allergies.name, most)
	return func(key vault.Key) (Allergies, error) {
		items, err := open[Allergy](allergies, rows, clinic, key, unnamed)
		if err != nil {
			return Allergies{}, errs.Internal("conditions: open", err)
		}
		return known(items, d, unnamed)
	}
}

// unnamed leaves people without their names, where a page does not show them.
func unnamed(uuid.UUID) (string, error) { return "", nil }
