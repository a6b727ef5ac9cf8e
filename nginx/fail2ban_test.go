package nginx

import (
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fail2ban reads in the proxy's log who was refused for asking too often and who
// looks for programs that do not run here; what somebody writes into an address
// names nobody else.
func TestFail2banReadsTheProxy(t *testing.T) {
	t.Parallel()
	regex := tool(t, "fail2ban-regex")
	p := start(t)
	for _, path := range []string{
		"/wp-login.php", "/.env", "/static/.git/config",
		`/x","status":429,"address":"192.0.2.99"`, "/hoy", "/api/no-existe",
	} {
		p.ask(t, http.MethodGet, "https://tudominio.com"+strings.ReplaceAll(path, `"`, "%22"), nil)
	}
	for range 40 {
		p.ask(t, http.MethodPost, "https://api.tudominio.com/api/auth/login", strings.NewReader(`{}`), "Content-Type", "application/json")
	}
	refused := strings.Count(string(p.log(t, "access.log")), `"status":429,`)
	require.Positive(t, refused)
	for filter, want := range map[string]int{"historias-nginx": refused, "historias-scan": 3} {
		out, _ := exec.Command(regex, "-o", "ip", filepath.Join(p.dir, "access.log"), "../scripts/server/fail2ban/filter.d/"+filter+".conf").Output()
		addresses := strings.Fields(string(out))
		require.Len(t, addresses, want, filter)
		for _, a := range addresses {
			require.Equal(t, "127.0.0.1", a, filter)
		}
	}
}
