package account_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/guard"
	"historias/internal/testkit"
)

// answers makes many tries at the same moment and counts how they were answered.
func answers(n int, try func(i int) error) map[string]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	counts := map[string]int{}
	for i := range n {
		all.Go(func() {
			err := try(i)
			mu.Lock()
			defer mu.Unlock()
			counts[code(err)]++
		})
	}
	all.Wait()
	return counts
}

// Of many guesses that arrive at the same moment ten are answered, at the door and
// in a session alike, and the right password among the rest is answered as they are.
func TestABurstOfGuessesIsCountedLikeAnyOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	atTheDoor := answers(60, func(int) error {
		_, err := h.login("no es la contraseña")
		return err
	})
	require.Equal(t, map[string]int{
		"auth.invalid_credentials": guard.ByAccount, "auth.too_many_failures": 60 - guard.ByAccount,
	}, atTheDoor)
	_, err := h.login(testkit.Password)
	require.Equal(t, "auth.too_many_failures", code(err))

	within := newHouse(t)
	inASession := answers(60, func(int) error {
		_, err := within.Accounts.Reauthenticate(within.ctx, account.Proof{Password: "no es la contraseña"})
		return err
	})
	require.Equal(t, guard.ByAccount, inASession["auth.wrong_password"], inASession)
}

// A right password costs nothing, however often it is given.
func TestRightPasswordsAreNotCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range guard.ByAccount + 2 {
		_, err := h.Accounts.Reauthenticate(h.ctx, account.Proof{Password: testkit.Password})
		require.NoError(t, err)
	}
	_, err := h.login(testkit.Password)
	require.NoError(t, err)
}

// Whoever comes when very many wait already is told so at once.
func TestFewWaitForAPasswordToBeHashed(t *testing.T) {
	t.Parallel()
	require.EqualValues(t, 16, account.Rush(t, 20, 4))
}
