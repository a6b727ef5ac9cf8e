package patient

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

var errUnknownStatus = errors.New("patient: a consent status that does not exist")

func known(status ConsentStatus) bool { return slices.Contains(ConsentStatuses(), status) }

const selectCards = `select ` + listedColumns + ` from patients p where p.clinic_id = $1 and p.id = any($2::uuid[])`

// Cards gives what a list shows of several patients, in one read. Ids that are
// not the clinic's are left out. The caller records the event.
func (s *Service) Cards(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Listed, error) {
	out := make(map[uuid.UUID]Listed, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	clinic := actor.Clinic(ctx)
	var rows []listedRow
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&rows), selectCards, clinic, ids)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: cards", err)
	}
	items, err := s.openAll(clinic, rows, today)
	for _, item := range items {
		out[item.ID] = item
	}
	return out, errs.Internal("patient: cards", err)
}

// Exists tells whether the clinic has this patient.
func (s *Service) Exists(ctx context.Context, id uuid.UUID) (bool, error) {
	var found bool
	var one int
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&found, []any{&one}, `select 1 from patients where clinic_id = $1 and id = $2`, actor.Clinic(ctx), id)
		return nil
	})
	return found, errs.Internal("patient: exists", err)
}
