package jobs

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// store holds rows that a broom drops.
type store struct{ rows, turns int64 }

func (s *store) drop(_ context.Context, limit int) (int64, error) {
	n := min(s.rows, int64(limit))
	s.rows -= n
	s.turns++
	return n, nil
}

// A sweep drops a bounded number at a time until nothing is left, ends at a bound
// where very much is, and one kind of row that fails keeps no other from going.
func TestASweepIsBounded(t *testing.T) {
	t.Parallel()
	empty, full := &store{}, &store{rows: sweepBatch}
	some, many := &store{rows: 2*sweepBatch + 1}, &store{rows: sweepBatch * (sweepTurns + 5)}
	fault := errors.New("the database is away")
	err := sweep(t.Context(), []Broom{
		{"empty", empty.drop},
		{"broken", func(context.Context, int) (int64, error) { return 0, fault }},
		{"full", full.drop},
		{"some", some.drop},
		{"many", many.drop},
	})
	require.ErrorIs(t, err, fault)
	require.ErrorContains(t, err, "sweep broken")
	require.Equal(t, store{0, 1}, *empty)
	require.Equal(t, store{0, 2}, *full)
	require.Equal(t, store{0, 3}, *some)
	require.Equal(t, store{5 * sweepBatch, sweepTurns}, *many)
}
