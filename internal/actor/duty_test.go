package actor_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
)

// Who owns a clinic or watches over its privacy must have a second factor 14
// days after she got the role; others 14 days after the clinic asks, or after they
// came, whichever is later.
func TestWhoMustHaveASecondFactor(t *testing.T) {
	t.Parallel()
	came := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	before, after := came.AddDate(0, -1, 0), came.AddDate(0, 1, 0)
	grace := func(t time.Time) time.Time { return t.AddDate(0, 0, 14) }
	for _, role := range actor.Roles() {
		must := role == actor.RoleOwner || role == actor.RolePrivacyOfficer
		plain := actor.FactorTerms{Role: role, Since: came}.Duty()
		require.Equal(t, must, plain.Required, role)
		require.Equal(t, must, plain.Overdue(after), role)
		require.False(t, actor.FactorTerms{Role: role, Since: came, AskedSince: &before, Demo: true}.Duty().Required, role)
		asked := actor.FactorTerms{Role: role, Since: came, AskedSince: &after}.Duty()
		require.True(t, asked.Required, role)
		if must {
			require.Equal(t, grace(came), asked.DueAt, "what the clinic asks gives an owner no more time")
			continue
		}
		require.Equal(t, grace(after), asked.DueAt, role)
		require.Equal(t, grace(came), actor.FactorTerms{Role: role, Since: came, AskedSince: &before}.Duty().DueAt, role)
	}
	duty := actor.FactorTerms{Role: actor.RoleOwner, Since: came}.Duty()
	require.False(t, duty.Overdue(grace(came).Add(-time.Nanosecond)))
	require.True(t, duty.Overdue(grace(came)))
}
