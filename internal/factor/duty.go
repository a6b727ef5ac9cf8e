package factor

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// terms are the columns of what somebody's duty depends on, and where they stand.
const terms = `m.role, greatest(factor_terms_since(m), u.factor_duty_from), cs.factor_since, c.demo
	from memberships m join users u on u.id = m.user_id join clinics c on c.id = m.clinic_id
	left join clinic_security cs on cs.clinic_id = m.clinic_id`

// required tells whether the person of the session must have a second factor,
// here or in another of her clinics. What another clinic asks of everybody is
// behind its wall and shows when she works there.
func (s *Service) required(ctx context.Context, user uuid.UUID) (bool, error) {
	required := actor.Must(ctx).FactorDuty.Required
	err := s.db.Read(db.WithPerson(db.Apart(ctx), user), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var t actor.FactorTerms
			err := r.Scan(&t.Role, &t.Since, &t.AskedSince, &t.Demo)
			required = required || t.Duty().Required
			return err
		}, `select `+terms+` where m.user_id = $1 and m.status = 'active' and c.status = 'active'`, user)
		return nil
	})
	return required, err
}
