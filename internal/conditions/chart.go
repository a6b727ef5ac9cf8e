package conditions

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// chartProblems is how many problems the first page of a chart shows: the active
// ones and, after them, those that were resolved last.
const chartProblems = 20

// selectChart reads it all at once, because on that page each statement behind
// the walls costs more than what it finds. A denial comes as a row of its own.
const selectChart = `(select kind, ` + rowColumns + ` from conditions where clinic_id = $1 and patient_id = $2 and kind = 'allergy'
 and status = 'active' order by created_at, id limit $3)
 union all (select kind, ` + rowColumns + ` from conditions where clinic_id = $1 and patient_id = $2 and kind = 'problem'
 and status in ('active', 'resolved') order by status, updated_at desc, id limit $4)
 union all (select 'denial', $2, $2, '', 0, d.at, d.by, d.at, '' from (` + selectDenial + `) d)`

// Chart is what the first page of a chart shows of the conditions.
type Chart struct {
	Allergies Allergies
	Problems  []Entry[Problem]
}

// chartRows are the rows of a chart by what they are.
type chartRows struct {
	allergies, problems []row
	denial              denial
}

func (c *chartRows) gather(from db.Row) error {
	var kind string
	var r row
	if err := from.Scan(append([]any{&kind}, r.targets()...)...); err != nil {
		return err
	}
	switch kind {
	case allergies.name:
		c.allergies = append(c.allergies, r)
	case problems.name:
		c.problems = append(c.problems, r)
	default:
		c.denial = denial{found: true, at: r.head.CreatedAt, by: r.head.RecordedBy}
	}
	return nil
}

// sort puts the rows in the order of the page: the parts of a union come in any.
func (c *chartRows) sort() {
	byID := func(a, b row) int { return cmp.Compare(a.head.ID.String(), b.head.ID.String()) }
	slices.SortFunc(c.allergies, func(a, b row) int {
		return cmp.Or(a.head.CreatedAt.Compare(b.head.CreatedAt), byID(a, b))
	})
	slices.SortFunc(c.problems, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.head.Status, b.head.Status), b.head.UpdatedAt.Compare(a.head.UpdatedAt), byID(a, b))
	})
}

// QueueChart queues a patient's active allergies and her problems on the
// caller's read. The function it gives is called after the read, with the
// patient's key. The caller records the event.
func (s *Service) QueueChart(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) (Chart, error) {
	rows := &chartRows{}
	clinic := actor.Clinic(ctx)
	q.All(rows.gather, selectChart, clinic, patient, most, chartProblems)
	return func(key vault.Key) (Chart, error) {
		rows.sort()
		items, err := open[Allergy](allergies, rows.allergies, clinic, key, unnamed)
		if err != nil {
			return Chart{}, errs.Internal("conditions: open", err)
		}
		out := Chart{}
		if out.Problems, err = open[Problem](problems, rows.problems, clinic, key, unnamed); err != nil {
			return Chart{}, errs.Internal("conditions: open", err)
		}
		out.Allergies, err = known(items, &rows.denial, unnamed)
		return out, err
	}
}
