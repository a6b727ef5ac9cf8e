package guard

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"historias/internal/db"
	"historias/internal/vault"
)

// Judge has a proof judged that somebody could guess. The try is counted before
// judge is called and taken back unless judge calls it wrong, so that of very many
// guesses at the same moment no more are answered than of as many one after the
// other; the others are 429 auth.too_many_failures whether they are right or not.
// judge gives what is wrong with the proof, nil for a right one; err is for faults.
// Judge keeps out of any transaction of ctx.
func (g *Guard) Judge(ctx context.Context, t *Try, judge func() (wrong, err error)) error {
	if err := g.take(ctx, t); err != nil {
		return err
	}
	wrong, err := judge()
	if wrong != nil {
		return cmp.Or(err, wrong)
	}
	return cmp.Or(err, g.giveBack(ctx, *t))
}

// take counts a try, or refuses it. Tries at one account or of one address take
// turns while they are counted.
func (g *Guard) take(ctx context.Context, t *Try) error {
	return g.db.WithTx(platform(db.Apart(ctx)), func(ctx context.Context, tx *db.Tx) error {
		if err := g.db.Read(ctx, func(q *db.Reader) error {
			t.queueKnown(q)
			return nil
		}); err != nil {
			return err
		}
		for _, turn := range t.turns() {
			tx.Exec(`select pg_advisory_xact_lock($1, $2)`, turnClass, turn)
		}
		if err := g.May(ctx, t); err != nil {
			return err
		}
		t.taken = vault.NewID()
		g.queueCount(tx, *t, t.taken)
		return nil
	})
}

// giveBack forgets that a try was counted.
func (g *Guard) giveBack(ctx context.Context, t Try) error {
	return g.db.WithTx(platform(db.Apart(ctx)), func(_ context.Context, tx *db.Tx) error {
		for _, subject := range t.subjects() {
			tx.Exec(`delete from sign_in_failures where subject = $1 and id = $2`, subject, t.taken)
		}
		return nil
	})
}

// turnClass keeps these locks apart from every other use of advisory locks.
const turnClass int32 = 43

// turns are the locks of what a try counts for, in one order for everybody. Two
// subjects that share one only wait for each other.
func (t Try) turns() []int32 {
	var turns []int32
	for _, s := range t.subjects() {
		turns = append(turns, int32(binary.BigEndian.Uint32(s))) //nolint:gosec // any 32 bits will do
	}
	slices.Sort(turns)
	return turns
}
