package patient

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// perToken bounds how many patients one token brings in.
const perToken = "100"

// selectLookalikes gives who has which of some tokens. It runs under its generic
// plan: the shape is right for all values, and planning takes longer than running.
const selectLookalikes = `select q.n, h.patient_id from unnest($2::bigint[]) with ordinality q(token, n)
 cross join lateral (select t.patient_id from patient_tokens t
  where t.clinic_id = $1 and t.token = q.token order by t.patient_id limit ` + perToken + `) h`

// Duplicates tells which records may be of the person that a form describes,
// the likeliest first, at most ten. The form may be half typed: what cannot be
// read yet is left out of the comparison. The ids shown go into the trail.
func (s *Service) Duplicates(ctx context.Context, form Form) ([]Duplicate, error) {
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	index, err := s.index(ctx)
	if err != nil {
		return nil, err
	}
	identity := form.Readable(today)
	found, err := s.lookalikes(ctx, identity, uuid.Nil, index, today)
	if err != nil {
		return nil, err
	}
	err = s.trail.Record(ctx, audit.Event{
		Action: audit.DuplicatesAsked, SubjectType: "patient", Subjects: idsOf(found),
	})
	return found, err
}

// lookalikes finds, reads and judges the records that may be of identity's person.
func (s *Service) lookalikes(ctx context.Context, identity Identity, self uuid.UUID, index vault.Key, today mx.Date) ([]Duplicate, error) {
	alike := lookalikesOf(identity, index)
	if len(alike.tokens) == 0 {
		return nil, nil
	}
	var seen []sighting
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(db.Row) error { return nil }, genericPlan)
		q.All(sightings(&seen), selectLookalikes, actor.Clinic(ctx), alike.tokens)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: duplicates", err)
	}
	return s.compare(ctx, identity, self, alike.candidates(seen), today)
}

func sightings(into *[]sighting) func(db.Row) error {
	return func(from db.Row) error {
		var one sighting
		err := from.Scan(&one.token, &one.patient)
		*into = append(*into, one)
		return err
	}
}

// compare opens candidates, if there are any, and keeps the likely duplicates.
func (s *Service) compare(ctx context.Context, identity Identity, self uuid.UUID, candidates []uuid.UUID, today mx.Date) ([]Duplicate, error) {
	if len(candidates) == 0 {
		return nil, nil
	}
	clinic := actor.Clinic(ctx)
	var rows []listedRow
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(db.Row) error { return nil }, genericPlan)
		q.All(gather(&rows), selectCards, clinic, candidates)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: duplicates", err)
	}
	others, err := s.openAll(clinic, rows, today)
	return duplicates(identity, self, others), err
}
