package account

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

const selectNames = `select u.id, u.sealed from memberships m join users u on u.id = m.user_id where m.clinic_id = $1`

// QueueNames queues the names of everybody who works or worked in the actor's
// clinic, so that a page names those who acted in its own round trip. The
// function it gives opens one name once the read is done; somebody whom the
// clinic never had is the empty text.
func (s *Service) QueueNames(ctx context.Context, q *db.Reader) func(uuid.UUID) (string, error) {
	sealed := map[uuid.UUID]personToken{}
	q.All(func(r db.Row) error {
		var id uuid.UUID
		var token personToken
		err := r.Scan(&id, (*string)(&token))
		sealed[id] = token
		return err
	}, selectNames, actor.Clinic(ctx))
	return func(id uuid.UUID) (string, error) {
		token, ok := sealed[id]
		if !ok {
			return "", nil
		}
		key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
		if err != nil {
			return "", err
		}
		facts, err := token.Open(key, personPlace(id))
		return facts.FullName, err
	}
}
