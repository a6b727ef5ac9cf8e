package guard_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// guesses is how many are made at each account; HISTORIAS_GUESSES=10000 makes as
// many as the requirement names.
func guesses() int {
	if n, err := strconv.Atoi(os.Getenv("HISTORIAS_GUESSES")); err == nil {
		return n
	}
	return 300
}

// house is a guard with its clock.
type house struct {
	*testkit.Kit
	*guard.Guard
	t testing.TB
}

func newHouse(t *testing.T) house {
	k := testkit.New(t)
	return house{k, guard.New(k.DB, k.Vault, k.Fake), t}
}

// from is a request of an address and, where it has one, a browser.
func (h house) from(address, device string) context.Context {
	return actor.WithOrigin(h.t.Context(), actor.Origin{RequestID: uuid.NewString(), Address: address, Device: device})
}

// guess tries an account and fails; it says whether it was let.
func (h house) guess(ctx context.Context, account string) bool {
	h.t.Helper()
	try, err := h.Account(ctx, vault.TokenHash(account))
	require.NoError(h.t, err)
	err = h.May(ctx, &try)
	if errs.Is(err, "auth.too_many_failures") {
		return false
	}
	require.NoError(h.t, err)
	require.NoError(h.t, h.Fail(ctx, try))
	return true
}

// enter is a right proof; it says whether it was let.
func (h house) enter(ctx context.Context, account string) bool {
	h.t.Helper()
	try, err := h.Account(ctx, vault.TokenHash(account))
	require.NoError(h.t, err)
	if err = h.May(ctx, &try); errs.Is(err, "auth.too_many_failures") {
		return false
	}
	require.NoError(h.t, err)
	require.NoError(h.t, h.DB.WithTx(actor.System(ctx, actor.Platform, "test"), func(_ context.Context, tx *db.Tx) error {
		h.QueueKnown(tx, try)
		return nil
	}))
	return true
}

// Ten guesses of very many are judged, from however many addresses, and the
// person goes on coming in from the browser that she always uses.
func TestVeryManyGuessesAtOneAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	home := h.from("192.0.2.1", "her-browser")
	require.True(t, h.enter(home, "sofia"))
	judged := 0
	for i := range guesses() {
		if h.guess(h.from(fmt.Sprintf("198.51.100.%d", i%250), ""), "sofia") {
			judged++
		}
	}
	require.Equal(t, guard.ByAccount, judged)
	require.True(t, h.enter(home, "sofia"), "a stranger cannot keep her out")
	require.False(t, h.enter(h.from("192.0.2.1", "another-browser"), "sofia"))
	require.False(t, h.enter(h.from("192.0.2.1", ""), "sofia"), "her address alone is no sign of her")

	again := house{h.Kit, guard.New(h.DB, h.Vault, h.Fake), t}
	require.False(t, again.guess(h.from("198.51.100.9", ""), "sofia"), "another process counts the same")
	h.Fake.Advance(guard.Window + time.Second)
	require.True(t, h.guess(h.from("198.51.100.9", ""), "sofia"))
}

// One password tried at very many accounts is bounded by its address, and keeps
// nobody out who knows the clinic's computer.
func TestOnePasswordAtVeryManyAccounts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.True(t, h.enter(h.from("192.0.2.1", "desk"), "sofia"))
	judged := 0
	for i := range guesses() {
		if h.guess(h.from("192.0.2.1", ""), fmt.Sprintf("account %d", i)) {
			judged++
		}
	}
	require.Equal(t, min(guard.ByAddress, guesses()), judged)
	require.True(t, h.enter(h.from("192.0.2.1", "desk"), "sofia"))
	require.True(t, h.enter(h.from("192.0.2.2", ""), "carmen"))
}

// Five colleagues behind one address, each with two slips, all come in at nine.
func TestColleaguesBehindOneAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i := range 5 {
		who := fmt.Sprintf("colleague %d", i)
		require.True(t, h.guess(h.from("192.0.2.1", ""), who))
		require.True(t, h.guess(h.from("192.0.2.1", ""), who))
		require.True(t, h.enter(h.from("192.0.2.1", ""), who))
	}
}

// A browser that is known for one person is a stranger's for another, and its own
// failures are counted.
func TestAKnownBrowserIsOnePersons(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	desk := h.from("192.0.2.1", "desk")
	require.True(t, h.enter(desk, "sofia"))
	for range guard.ByAccount {
		require.True(t, h.guess(h.from("198.51.100.1", ""), "carmen"))
	}
	require.False(t, h.guess(desk, "carmen"), "sofia's browser is no browser of hers")
	for range guard.ByDevice {
		require.True(t, h.guess(desk, "sofia"))
	}
	require.False(t, h.guess(desk, "sofia"))
	require.True(t, h.guess(h.from("198.51.100.2", ""), "sofia"), "what fails at her desk keeps nobody out elsewhere")
}
