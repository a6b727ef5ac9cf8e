package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
)

// A page that is left open reconnects its stream by itself for hours. That is no
// sign of a person: the session ends when nobody used it for two hours.
func TestAnOpenPageAloneDoesNotKeepASession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	d := a.Doctor(t)
	for range 4 {
		a.Fake.Advance(25 * time.Minute)
		stream(t, a, d.Token)
	}
	me := apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: d.Token}
	a.Fake.Advance(25 * time.Minute)
	a.Do(t, me).Want(http.StatusUnauthorized)
}

// Who works now and then stays signed in past two hours, until the session's life
// ends; /auth/me says when that is.
func TestUseKeepsASession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	d := a.Doctor(t)
	me := apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: d.Token}
	for range 4 {
		a.Fake.Advance(100 * time.Minute)
		answer := a.Do(t, me).Want(http.StatusOK).JSON()
		ends, err := time.Parse(time.RFC3339, answer["expires_at"].(string))
		require.NoError(t, err)
		require.WithinDuration(t, a.Fake.Now().Add(24*time.Hour), ends, 24*time.Hour)
	}
}
