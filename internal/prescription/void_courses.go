package prescription

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// passedOn is a course of a prescription that another prescription has replaced
// since.
type passedOn struct {
	courseRow
	to uuid.UUID
}

// endCourses takes the courses of a voided prescription out of force and gives
// back those that they had replaced. Where a later prescription has replaced
// them in turn, what they had replaced stays ended: it is now that one's.
func (s *Service) endCourses(ctx context.Context, t *db.Tx, h *held) error {
	clinic := actor.Clinic(ctx)
	var mine []passedOn
	var before []courseRow
	err := t.All(func(from db.Row) error {
		var r passedOn
		err := from.Scan(append(r.dest(), &r.to)...)
		mine = append(mine, r)
		return err
	}, selectPassedOn, clinic, h.ID)
	if err == nil && len(mine) > 0 {
		err = t.All(gatherCourses(&before), selectReplacedBy, clinic, h.ID)
	}
	if err != nil {
		return errs.Internal("prescription: courses", err)
	}
	if err := h.passOn(t, clinic, mine, before); err != nil {
		return errs.Internal("prescription: courses", err)
	}
	t.Exec(voidCourses, clinic, h.ID, h.Voided.At, h.Voided.By)
	t.Exec(restoreCourses, clinic, h.ID)
	return nil
}

// passOn says of each earlier course whose place was taken twice that the latest
// prescription replaced it.
func (h *held) passOn(t *db.Tx, clinic uuid.UUID, mine []passedOn, before []courseRow) error {
	key := h.subject.DataKey
	for _, r := range mine {
		course, err := r.open(clinic, key)
		if err != nil {
			return err
		}
		for _, old := range before {
			took, err := h.took(course, old, clinic, key)
			if err != nil {
				return err
			}
			if took {
				t.Exec(passCourse, clinic, old.id, r.to)
			}
		}
	}
	return nil
}

// took says whether a course of this prescription is the one that took the place
// of an earlier course.
func (h *held) took(course Course, old courseRow, clinic uuid.UUID, key vault.Key) (bool, error) {
	names := func(i Item) bool { return i.ID == course.ItemID && i.Replaces == old.id }
	if slices.ContainsFunc(h.Items, names) {
		return true, nil
	}
	earlier, err := old.open(clinic, key)
	return err == nil && slices.Equal(slices.Sorted(slices.Values(earlier.Substances)), slices.Sorted(slices.Values(course.Substances))), err
}
