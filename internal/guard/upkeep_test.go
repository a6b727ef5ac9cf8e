package guard_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/guard"
)

// drop drops with one of a guard's brooms and says how many went.
func (h house) drop(broom func(limit int) (int64, error), limit int) int64 {
	h.t.Helper()
	n, err := broom(limit)
	require.NoError(h.t, err)
	return n
}

// Failures stay as long as they count, and go afterwards, no more at a time than
// is asked.
func TestFailuresGoWhenTheyCountForNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	failures := func(limit int) (int64, error) { return h.DropFailures(t.Context(), limit) }
	for range 2 {
		require.True(t, h.guess(h.from("198.51.100.1", ""), "sofia")) // counts for account and address
	}
	h.Fake.Advance(guard.Window)
	require.True(t, h.guess(h.from("198.51.100.1", ""), "sofia"))
	require.Zero(t, h.drop(failures, 10), "to the last moment")
	h.Fake.Advance(time.Second)
	require.EqualValues(t, 3, h.drop(failures, 3))
	require.EqualValues(t, 1, h.drop(failures, 3))
	require.Zero(t, h.drop(failures, 3), "what is newer stays")
}

// A browser is known until nobody has signed in with it for KnownFor.
func TestABrowserIsForgottenWhenItIsNotUsed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	browsers := func(limit int) (int64, error) { return h.DropBrowsers(t.Context(), limit) }
	desk, laptop := h.from("192.0.2.1", "desk"), h.from("192.0.2.1", "laptop")
	require.True(t, h.enter(desk, "sofia"))
	require.True(t, h.enter(laptop, "sofia"))
	h.Fake.Advance(guard.KnownFor)
	require.True(t, h.enter(desk, "sofia"))
	require.Zero(t, h.drop(browsers, 10))
	h.Fake.Advance(time.Second)
	require.EqualValues(t, 1, h.drop(browsers, 10))
	for range guard.ByAccount {
		require.True(t, h.guess(h.from("198.51.100.1", ""), "sofia"))
	}
	require.True(t, h.enter(desk, "sofia"))
	require.False(t, h.enter(laptop, "sofia"), "it is a stranger's now")
}

// What names no account makes no browser known, whoever uses it.
func TestNobodysBrowserIsNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := h.from("192.0.2.1", "desk")
	try, err := h.Anybody(ctx)
	require.NoError(t, err)
	require.NoError(t, h.DB.WithTx(actor.System(ctx, actor.Platform, "test"), func(_ context.Context, tx *db.Tx) error {
		h.QueueKnown(tx, try)
		return nil
	}))
	met, err := h.Met(ctx, try)
	require.NoError(t, err)
	require.False(t, met)
}
