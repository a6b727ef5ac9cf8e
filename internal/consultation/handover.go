package consultation

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

const (
	countDrafts  = `select count(*) from consultations where clinic_id = $1 and author_id = $2 and status = 'draft'`
	selectDrafts = `select id, patient_id, card from consultations where clinic_id = $1 and author_id = $2 and status = 'draft'
		order by id for no key update`
	passDraft = `update consultations set author_id = $4, card = $5, version = version + 1, updated_at = $6
		where clinic_id = $1 and id = $2 and author_id = $3 and status = 'draft'`
)

// CountDrafts tells how many drafts somebody has in the actor's clinic.
func (s *Service) CountDrafts(ctx context.Context, t *db.Tx, author uuid.UUID) (int, error) {
	var n int
	err := t.One([]any{&n}, countDrafts, actor.Clinic(ctx), author)
	return n, err
}

// PassDrafts hands all drafts of somebody to a colleague, who goes on with them
// as their author, and gives whose they are. The database refuses while the first
// still writes in the clinic or the second does not. What was signed stays.
func (s *Service) PassDrafts(ctx context.Context, t *db.Tx, from, to uuid.UUID) (patients []uuid.UUID, err error) {
	var drafts []draftCard
	err = t.All(func(r db.Row) error {
		var d draftCard
		err := r.Scan(&d.id, &d.patient, (*string)(&d.card))
		drafts, patients = append(drafts, d), append(patients, d.patient)
		return err
	}, selectDrafts, actor.Clinic(ctx), from)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	keys, err := s.Patients.DataKeys(ctx, patients)
	if err != nil {
		return nil, err
	}
	name, err := s.nameOf(ctx, to)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if err := s.passDraft(ctx, t, d, keys[d.patient], from, to, name); err != nil {
			return nil, err
		}
	}
	return patients, nil
}

// draftCard is a draft with the little that a list shows of it.
type draftCard struct {
	id, patient uuid.UUID
	card        vault.Sealed[card]
}

func (s *Service) passDraft(ctx context.Context, t *db.Tx, d draftCard, key vault.Key, from, to uuid.UUID, name string) error {
	clinic := actor.Clinic(ctx)
	place := vault.Place{Clinic: clinic, Purpose: purposeCard, Row: d.id}
	brief, err := d.card.Open(key, place)
	if err != nil {
		return err
	}
	brief.Author = name
	sealed, err := vault.Seal(key, place, brief)
	if err != nil {
		return err
	}
	t.ExecOne(errs.Stale("consultation"), passDraft, clinic, d.id, from, to, string(sealed), s.Clock.Now())
	return nil
}
