package api_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
)

// The terms and the cookies read without a session or a script, name who runs
// the service, and leave nothing in the browser.
func TestPublicTexts(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) {
		c.Operator = config.Operator{Name: "Servicios <Jacaranda>", Contact: "Soporte, soporte@historias.example"}
	})
	for path, says := range map[string]string{"/terminos": "Términos de uso", "/cookies": "Cookies"} {
		r := a.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Undocumented: true}).Want(http.StatusOK)
		html := string(r.Body)
		require.Contains(t, html, "<h1>"+says+"</h1>")
		require.Contains(t, html, "Servicios &lt;Jacaranda&gt;")
		require.Contains(t, html, "soporte@historias.example")
		require.NotContains(t, html, "{{")
		require.NotContains(t, html, "**")
		require.NotContains(t, html, "<script>")
		require.Empty(t, r.Header.Values("Set-Cookie"))
		require.Contains(t, r.Header.Get("Content-Security-Policy"), "default-src 'none'")
	}
}

// Without a name in the environment the pages still say whom to ask.
func TestPublicTextsOfAnUnnamedOperator(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	r := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/terminos", Undocumented: true}).Want(http.StatusOK)
	require.Contains(t, string(r.Body), "la persona que administra esta instalación")
}

// The page of cookies names every cookie that the program sets and everything
// that the application keeps in a browser, and no other: the sources are asked.
func TestTheCookiesThatAreTold(t *testing.T) {
	t.Parallel()
	text := read(t, "texts/cookies.md")
	ours, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var source strings.Builder
	for _, file := range ours {
		if !strings.HasSuffix(file, "_test.go") {
			source.WriteString(read(t, file))
		}
	}
	require.Equal(t, named(`"(historias_[a-z]+)"`, source.String()), named(`\*\*(historias_[a-z]+)\*\*`, text))
	require.Equal(t, named(`'(historias-[a-z-]+)'`, read(t, "../frontend/src/lib/device.ts")), named(`\*\*(historias-[a-z-]+)\*\*`, text))
}

func read(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(raw)
}

// named lists what a pattern captures, each once, in order.
func named(pattern, text string) []string {
	var names []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}
