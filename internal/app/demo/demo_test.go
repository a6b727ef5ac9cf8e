package demo

import (
	"io"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/clock"
	"historias/internal/page"
	"historias/internal/testkit"
)

// Whoever starts the program for the first time finds a clinic at work: each
// role can be entered with the password that is printed, and one invitation waits.
func TestTheDemonstrationHasItsPeople(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	now := clock.NewFake(testkit.Noon)
	story, err := app.BuildStory(t.Context(), k.Config, now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(t, err)
	t.Cleanup(story.Close)
	s := &seeder{app: story, clock: now, now: testkit.Noon}
	require.NoError(t, s.open(t.Context()))
	require.NoError(t, s.hire(t.Context()))
	require.NoError(t, s.await())
	for _, c := range Colleagues() {
		e, err := k.Accounts.Login(t.Context(), account.Credentials{Email: c.Email, Password: Password})
		require.NoError(t, err, c.Role)
		require.Equal(t, c.Role, e.Clinics[0].Role)
	}
	owner, err := k.Accounts.Login(t.Context(), account.Credentials{Email: Email, Password: Password})
	require.NoError(t, err)
	who, err := k.Sessions.Authenticate(t.Context(), owner.Ticket.Token)
	require.NoError(t, err)
	list, err := k.Staff.List(actor.With(t.Context(), who), false, page.Request{})
	require.NoError(t, err)
	waiting := 0
	for _, m := range list.Items {
		if m.Status == "invited" {
			waiting++
		}
	}
	require.Equal(t, 1, waiting)
	require.Len(t, list.Items, len(Colleagues())+2)
}
