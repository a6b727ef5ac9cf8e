package idempotency

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/jobs"
)

// forgetEvery is how often answers that are over their lifetime are dropped.
const forgetEvery = 6 * time.Hour

// forgetArgs asks to drop them.
type forgetArgs struct{}

// Kind names the job.
func (forgetArgs) Kind() string { return "forget_answers" }

// Upkeep makes a queue drop old answers again and again. It is called once,
// before the queue starts.
func (s *Service) Upkeep(q *jobs.Queue) {
	jobs.Handle(q, func(ctx context.Context, _ jobs.Job[forgetArgs]) error { return s.Forget(ctx) })
	q.Every(forgetEvery, forgetArgs{})
}

// Forget drops the answers of every clinic that are over their lifetime.
func (s *Service) Forget(ctx context.Context) error {
	clinics, err := s.clinics(ctx)
	if err != nil {
		return err
	}
	for _, clinic := range clinics {
		err := s.db.WithTx(actor.System(ctx, clinic, "upkeep"), func(_ context.Context, t *db.Tx) error {
			t.Exec(`delete from idempotency_keys where clinic_id = $1 and created_at < $2`, clinic, s.oldest())
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) clinics(ctx context.Context) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.Read(actor.System(ctx, actor.Platform, "upkeep"), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var id uuid.UUID
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		}, `select id from clinics`)
		return nil
	})
	return ids, err
}
