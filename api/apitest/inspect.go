package apitest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inspect holds an answer against what every answer must be, whatever was asked.
func inspect(t testing.TB, c Call, res *http.Response) {
	t.Helper()
	asked := c.Method + " " + c.Path
	require.Len(t, res.Header.Get("X-Request-Id"), 36, asked)
	require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"), asked)
	require.Equal(t, "DENY", res.Header.Get("X-Frame-Options"), asked)
	require.Equal(t, "no-referrer", res.Header.Get("Referrer-Policy"), asked)
	require.Contains(t, res.Header.Values("Vary"), "Origin", asked)
	if strings.HasPrefix(c.Path, "/api/") && !strings.HasPrefix(c.Path, "/api/public/") {
		require.Equal(t, "no-store", res.Header.Get("Cache-Control"), asked)
	}
	if strings.HasPrefix(c.Path, "/api/") {
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "default-src 'none'", asked)
	}
	if res.StatusCode >= http.StatusBadRequest && strings.HasPrefix(c.Path, "/api/") {
		require.Equal(t, "application/problem+json; charset=utf-8", res.Header.Get("Content-Type"), "%s: %d", asked, res.StatusCode)
	}
	if !c.Broken {
		require.NotEqual(t, http.StatusInternalServerError, res.StatusCode, asked)
	}
}
