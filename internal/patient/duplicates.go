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

// How many patients one token brings in. A clinic may have put its own phone
// into every record; more of those than are shown need not be read, because who
// is alike for another reason too comes by another token. One more is the
// record itself.
const (
	perExact = "11"
	perBorn  = "100"
)

const selectLookalikes = `select ` + listedColumns + ` from (
 select h.patient_id from unnest($2::bigint[]) q(token)
 cross join lateral (select t.patient_id from patient_tokens t
  where t.clinic_id = $1 and t.token = q.token order by t.patient_id limit ` + perExact + `) h
 union
 (select h.patient_id from unnest($3::bigint[]) q(token)
 cross join lateral (select t.patient_id from patient_tokens t
  where t.clinic_id = $1 and t.token = q.token order by t.patient_id limit ` + perBorn + `) h
 group by h.patient_id having count(*) >= $4)) m
 join patients p on p.clinic_id = $1 and p.id = m.patient_id`

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

// lookalikes reads and judges the records that share a token with identity.
func (s *Service) lookalikes(ctx context.Context, identity Identity, self uuid.UUID, index vault.Key, today mx.Date) ([]Duplicate, error) {
	alike := lookalikesOf(identity, index)
	if alike.none() {
		return nil, nil
	}
	clinic := actor.Clinic(ctx)
	var rows []listedRow
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&rows), selectLookalikes, alike.args(clinic)...)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: duplicates", err)
	}
	others, err := s.openAll(clinic, rows, today)
	return duplicates(identity, self, others), err
}
