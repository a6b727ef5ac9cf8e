package guard_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/vault"
)

var errWrong = errs.Rule("test.wrong", "No es.")

// judge has one proof judged that is wrong, right, or meets a fault.
func (h house) judge(account string, wrong, fault error) error {
	try, err := h.Account(h.from("198.51.100.1", ""), vault.TokenHash(account))
	if err != nil {
		return err
	}
	return h.Judge(h.t.Context(), &try, func() (error, error) { return wrong, fault })
}

// Of very many guesses that are all under way at the same moment no more are
// judged than of as many one after the other, so that a right one among the
// others is answered as they are.
func TestGuessesAtTheSameMomentAreAllCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const crowd = 40
	var all, arrived sync.WaitGroup
	var judged, refused atomic.Int64
	arrived.Add(crowd)
	for range crowd {
		all.Go(func() {
			try, err := h.Account(h.from("198.51.100.1", ""), vault.TokenHash("sofia"))
			if err == nil {
				err = h.Judge(t.Context(), &try, func() (error, error) {
					judged.Add(1)
					arrived.Done()
					arrived.Wait()
					return errWrong, nil
				})
			}
			if errs.Is(err, "auth.too_many_failures") {
				refused.Add(1)
				arrived.Done()
			}
		})
	}
	all.Wait()
	require.EqualValues(t, guard.ByAccount, judged.Load())
	require.EqualValues(t, crowd-guard.ByAccount, refused.Load())
}

// What is right, and what failed for another reason, is not counted.
func TestOnlyWhatIsWrongIsCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	fault := errors.New("the database is away")
	for range guard.ByAddress {
		require.NoError(t, h.judge("sofia", nil, nil))
		require.ErrorIs(t, h.judge("sofia", nil, fault), fault)
	}
	for range guard.ByAccount {
		require.ErrorIs(t, h.judge("sofia", errWrong, nil), errWrong)
	}
	require.True(t, errs.Is(h.judge("sofia", nil, nil), "auth.too_many_failures"))
	require.NoError(t, h.judge("carmen", nil, nil))
}
