package patient

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

const selectRows = `select ` + rowColumns + ` from patients p where p.clinic_id = $1 and p.id = any($2::uuid[])`

// Subjects gives several patients in one read; ids that are not the clinic's are
// left out. Whoever asks records the event of the act.
func (s *Service) Subjects(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Subject, error) {
	out := make(map[uuid.UUID]Subject, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []row
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(gatherRows(&rows), selectRows, actor.Clinic(ctx), ids)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: subjects", err)
	}
	subjects, err := s.subjects(ctx, rows)
	for _, one := range subjects {
		out[one.ID] = one
	}
	return out, err
}

func gatherRows(into *[]row) func(db.Row) error {
	return func(from db.Row) error {
		var r row
		err := from.Scan(r.targets()...)
		*into = append(*into, r)
		return err
	}
}
