package messaging

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

const selectLatest = `select ` + columns + ` from messages where clinic_id = $1 and patient_id = $2
	order by created_at desc, id desc limit $3`

// Queue queues a patient's latest messages on a reader that reads other
// subjects as well. The function it gives opens them with the patient's key.
// Whoever asks records the event of the act.
func (s *Service) Queue(ctx context.Context, q *db.Reader, patient uuid.UUID, limit int) func(key vault.Key) ([]Message, error) {
	var rows []row
	q.All(func(r db.Row) error {
		var one row
		err := r.Scan(one.dest()...)
		rows = append(rows, one)
		return err
	}, selectLatest, actor.Clinic(ctx), patient, limit)
	return func(key vault.Key) ([]Message, error) {
		messages := make([]Message, 0, len(rows))
		for _, r := range rows {
			m, err := r.message(key, Person{ID: patient, DataKey: key})
			if err != nil {
				return nil, err
			}
			messages = append(messages, m)
		}
		return messages, nil
	}
}
