package prescription

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// CountDrafts tells how many drafts somebody has in the actor's clinic.
func (s *Service) CountDrafts(ctx context.Context, t *db.Tx, author uuid.UUID) (int, error) {
	var n int
	err := t.One([]any{&n}, `select count(*) from prescriptions where clinic_id = $1 and author_id = $2 and status = 'draft'`,
		actor.Clinic(ctx), author)
	return n, err
}

// PassDrafts hands all drafts of somebody to a colleague and gives whose they
// are. The database refuses while the first still writes in the clinic or the
// second does not. What was signed stays.
func (s *Service) PassDrafts(ctx context.Context, t *db.Tx, from, to uuid.UUID) (patients []uuid.UUID, err error) {
	err = t.All(func(r db.Row) error {
		var patient uuid.UUID
		err := r.Scan(&patient)
		patients = append(patients, patient)
		return err
	}, `update prescriptions set author_id = $3, version = version + 1, updated_at = $4
		where clinic_id = $1 and author_id = $2 and status = 'draft' returning patient_id`,
		actor.Clinic(ctx), from, to, s.deps.Clock.Now())
	return patients, err
}
