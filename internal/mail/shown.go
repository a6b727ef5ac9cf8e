package mail

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// Shown is a letter as a page outside production shows it.
type Shown struct {
	ID   uuid.UUID
	Kind Kind
	To   string
	At   time.Time
	// When says At as a letter says a moment.
	When string
	Sheet
	// Link is what its button opens, empty without one.
	Link string
}

// Showing tells whether letters are kept to be read on a page instead of sent.
func (o *Outbox) Showing() bool { return o.deps.Shown }

// shownLetters is how many letters a page shows.
const shownLetters = 50

// Latest gives the newest letters of all clinics, the newest first; none where
// letters are really sent.
func (o *Outbox) Latest(ctx context.Context) ([]Shown, error) {
	if !o.deps.Shown {
		return nil, nil
	}
	clinics, err := o.clinics(ctx)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, clinic := range clinics {
		if rows, err = o.appendLatest(ctx, clinic, rows); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return b.Created.Compare(a.Created) })
	out := make([]Shown, 0, shownLetters)
	for _, r := range rows[:min(len(rows), shownLetters)] {
		one, err := o.show(actor.System(ctx, r.Clinic, system), r)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (o *Outbox) appendLatest(ctx context.Context, clinic uuid.UUID, rows []row) ([]row, error) {
	err := o.db.Read(actor.System(ctx, clinic, system), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var one row
			err := r.Scan(one.fields()...)
			if one.Sealed != "" {
				rows = append(rows, one)
			}
			return err
		}, selectLatest, clinic, shownLetters)
		return nil
	})
	return rows, err
}

func (o *Outbox) show(ctx context.Context, r row) (Shown, error) {
	letter, err := o.open(ctx, r)
	if err != nil {
		return Shown{}, err
	}
	sheet, err := write(letter)
	if err != nil {
		return Shown{}, err
	}
	when, err := moment(When(r.Created))
	return Shown{
		ID: r.ID, Kind: r.Kind, To: letter.To, At: r.Created, When: when, Sheet: sheet, Link: letter.Data["link"],
	}, err
}
