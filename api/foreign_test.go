package api_test

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/frontend"
	"historias/internal/config"
)

// names are addresses in scripts that nobody asks: names of XML vocabularies and
// texts of libraries.
var names = []string{
	"http://www.w3.org/", "https://react.dev/errors/", "https://mantine.dev/", "http://localhost",
}

// trackers are those that watch people on other pages.
var trackers = regexp.MustCompile(`(?i)google-?analytics|googletagmanager|gtag\(|doubleclick\.net|fonts\.g(oogleapis|static)|facebook\.(net|com)|hotjar|clarity\.ms|segment\.(io|com)|mixpanel|matomo|plausible|cloudflareinsights|sentry\.io|ingest\.|jsdelivr|unpkg|cdnjs`)

var absolute = regexp.MustCompile(`(?:https?:)?//[a-zA-Z0-9][a-zA-Z0-9.-]*\.[a-z]{2,}[^\s"'` + "`" + `<>)\\]*|https?://localhost`)

// asks are the attributes and rules by which a page asks for something by itself.
var asks = regexp.MustCompile(`(?i)(?:src|srcset|action|formaction|poster|data|ping)\s*=\s*["']?([^"'\s>]+)|<link[^>]+href\s*=\s*["']?([^"'\s>]+)|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)`)

// foreign tells whether an address leads to another site.
func foreign(address string) bool {
	u, err := url.Parse(address)
	return err != nil || u.Host != "" && u.Scheme != "data"
}

// A page of a record asks nothing from anybody else: its address alone would say
// who is treated where. That is why there is no Google Analytics here. Every
// page that is served is read, and the policy that the browser is given with it.
func TestPagesAskNothingFromThirdParties(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"", "https://api.tudominio.com"} {
		a := apitest.NewWith(t, func(c *config.Config) { c.BackendURL = base })
		for _, path := range []string{
			"/", "/entrar", "/hoy", "/pacientes", "/ajustes", "/no-existe", "/privacy-notice", "/verificar", "/terminos", "/cookies",
			"/api/docs", "/config.js", "/theme.js", "/manifest.json",
		} {
			r, err := http.Get(a.URL + path)
			require.NoError(t, err)
			body, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			require.NoError(t, r.Body.Close())
			policy := r.Header.Get("Content-Security-Policy")
			if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
				require.Regexp(t, `(^|; ?)default-src '(none|self)'`, policy, path)
				require.NotContains(t, policy, "unsafe", path)
			}
			for _, source := range regexp.MustCompile(`[a-z]+://[^\s;]+|\*\S*|\bhttps?:(\s|;|$)`).FindAllString(policy, -1) {
				require.Equal(t, base, source, "%s: the policy lets a page speak to %s", path, source)
			}
			asksNobody(t, path, string(body))
		}
	}
}

func asksNobody(t *testing.T, what, text string) {
	t.Helper()
	require.Empty(t, trackers.FindString(text), what)
	for _, found := range asks.FindAllStringSubmatch(text, -1) {
		address := found[1] + found[2] + found[3] + found[4]
		require.False(t, foreign(address), "%s asks %s", what, address)
	}
}

// What the browser is given beside the pages (scripts, styles, pictures) names
// no other site but in texts that nobody asks.
func TestFilesOfTheApplicationNameNoOtherSite(t *testing.T) {
	t.Parallel()
	read := 0
	err := fs.WalkDir(frontend.Dist, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !regexp.MustCompile(`\.(js|css|html|svg|json)$`).MatchString(path) {
			return err
		}
		raw, err := fs.ReadFile(frontend.Dist, path)
		if err != nil {
			return err
		}
		read++
		text := string(raw)
		if found := trackers.FindString(text); found != "" {
			return fmt.Errorf("%s: %s", path, found)
		}
		for _, address := range absolute.FindAllString(text, -1) {
			known := strings.HasPrefix(address, "//")
			for _, name := range names {
				known = known || strings.HasPrefix(address, name)
			}
			if !known {
				return fmt.Errorf("%s names %s", path, address)
			}
		}
		return nil
	})
	require.NoError(t, err)
	if read < 5 {
		t.Log("the application is not built: its files were not read")
	}
}
