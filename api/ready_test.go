package api_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api"
	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/vault"
)

// The program is alive without a database that it can open, and not ready.
func TestReadyMeansTheKeyOpensTheDatabase(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ready := func(want int) apitest.Reply {
		t.Helper()
		a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/health"}).Want(http.StatusOK)
		return a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/ready"}).Want(want)
	}
	ready(http.StatusOK)
	foreign, err := vault.ParseKeys(vault.NewMaster())
	require.NoError(t, err)
	_, wrapped, err := vault.New(foreign, a.DB, a.Fake).NewDataKey()
	require.NoError(t, err)
	kept := apitest.Scalar[string](t, a, `select wrapped from vault_keys where clinic_id = '00000000-0000-0000-0000-000000000000' and purpose = 'data'`)
	put := func(token string) {
		apitest.Scalar[string](t, a, fmt.Sprintf(`update vault_keys set wrapped = '%s'
			where clinic_id = '00000000-0000-0000-0000-000000000000' and purpose = 'data' returning wrapped`, token))
	}
	put(wrapped.Token)
	r := ready(http.StatusServiceUnavailable)
	require.Equal(t, "service.not_ready", r.Code())
	require.NotEmpty(t, r.Header.Get("Retry-After"))
	put(kept)
	ready(http.StatusOK)
}

// lines is a log that a test reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// A proof that was wrong stands in the log with the address it came from and
// the code, and with nothing of the person whose account it was; one that was
// right, or was only asked for, does not.
func TestWrongProofsAreLoggedByAddress(t *testing.T) {
	t.Parallel()
	var log lines
	a := apitest.NewLogged(t, slog.New(slog.NewJSONHandler(&log, nil)), func(c *config.Config) {
		c.TrustedProxies = []string{"127.0.0.1"}
	})
	login := func(from, password string) apitest.Reply {
		return a.Do(t, apitest.Call{
			Method: http.MethodPost, Path: "/api/auth/login", Headers: map[string]string{"X-Forwarded-For": from},
			Body: map[string]any{"email": "sofia.canaria@jacarandas.example", "password": password},
		})
	}
	login("203.0.113.66", "la clave canaria equivocada").Want(http.StatusUnauthorized)
	login("2001:db8::66", "la clave canaria equivocada").Want(http.StatusUnauthorized)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Headers: map[string]string{"X-Forwarded-For": "203.0.113.67"}}).Want(http.StatusUnauthorized)
	var told []string
	for line := range strings.Lines(log.String()) {
		require.NotContains(t, line, "canaria")
		require.NotContains(t, line, "203.0.113.67", "whoever is only asked to sign in guessed nothing")
		if strings.Contains(line, `"msg":"`+api.GuessMessage+`"`) {
			told = append(told, line)
		}
	}
	require.Len(t, told, 2)
	require.Contains(t, told[0], `"code":"auth.invalid_credentials","address":"203.0.113.66","request_id":"`)
	require.Contains(t, told[1], `"address":"2001:db8::66"`)
}
