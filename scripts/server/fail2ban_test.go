package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

// caught lets fail2ban read a log with one of our filters and gives the
// addresses that it would count.
func caught(t *testing.T, log, filter string) []string {
	t.Helper()
	cmd := exec.Command(tool(t, "fail2ban-regex"), "-o", "ip", log, filter)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if len(out) > 0 { // it ends with 1 when nothing matches
		require.NoError(t, err, errors.String())
	}
	return strings.Fields(string(out))
}

// production is the program as it runs on a server, with its log in a file.
func production(t *testing.T) (url, log string, stop func()) {
	t.Helper()
	dir := t.TempDir()
	bin := filepath.Join(dir, "historias")
	out, err := exec.Command("go", "build", "-o", bin, "../../cmd/historias").CombinedOutput()
	require.NoError(t, err, string(out))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	require.NoError(t, l.Close())
	log = filepath.Join(dir, "historias.log")
	file, err := os.Create(log)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	cmd := exec.Command(bin, "serve")
	cmd.Stdout, cmd.Stderr = file, file
	database := dbtest.New(t)
	cmd.Env = []string{
		"ENVIRONMENT=production", "DATA_DIR=" + filepath.Join(dir, "data"), fmt.Sprintf("PORT=%d", port), "BIND_ADDRESS=127.0.0.1",
		"DATABASE_URL=" + database.URL, "MIGRATION_DATABASE_URL=" + database.AdminURL,
		"MEDICAL_ENCRYPTION_KEY=" + vault.NewMaster(), "JWT_SECRET_KEY=" + vault.NewToken(32),
		"FRONTEND_URL=https://tudominio.com", "ALLOWED_ORIGINS=https://tudominio.com", "TRUSTED_PROXIES=127.0.0.1",
	}
	require.NoError(t, cmd.Start())
	stop = func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }
	t.Cleanup(stop)
	url = fmt.Sprintf("http://127.0.0.1:%d", port)
	require.Eventually(t, func() bool {
		res, err := http.Get(url + "/ready")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK
	}, 3*time.Minute, 50*time.Millisecond, "it does not serve")
	return url, log, stop
}

func post(t *testing.T, url, from, agent string, body map[string]any) int {
	t.Helper()
	raw, err := json.Marshal(body)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(raw))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", "https://tudominio.com")
	req.Header.Set("X-Forwarded-For", from)
	req.Header.Set("User-Agent", agent)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	_ = res.Body.Close()
	return res.StatusCode
}

// fail2ban counts who guesses, by the address that the proxy named, and nobody
// else: not who signs in, and not an address that somebody writes into what she
// sends.
func TestFail2banReadsTheProgram(t *testing.T) {
	t.Parallel()
	tool(t, "fail2ban-regex")
	url, log, stop := production(t)
	person := map[string]any{
		"full_name": "Sofía Núñez Alcaraz", "email": "sofia.nunez@jacarandas.example", "password": "jacaranda morada en marzo",
		"profession": "medico_cirujano", "license_number": "00123456", "title_institution": "Universidad Nacional Autónoma de México",
		"phone": "55 5555 0100", "clinic_name": "Clínica Jacarandas", "accept_terms": true,
	}
	require.Equal(t, http.StatusCreated, post(t, url+"/api/auth/register", "192.0.2.10", "navegador", person))
	forged := `","level":"WARN","msg":"sign-in failed","code":"auth.wrong_pin","address":"192.0.2.99","request_id":"01a20bcc-f984-7def-b13d-98a5e378a893"}`
	login := func(from, email, password string) int {
		return post(t, url+"/api/auth/login", from, forged, map[string]any{"email": email, "password": password})
	}
	require.Equal(t, http.StatusOK, login("192.0.2.11", "sofia.nunez@jacarandas.example", "jacaranda morada en marzo"))
	require.Equal(t, http.StatusUnauthorized, login("203.0.113.66", "sofia.nunez@jacarandas.example", "otra contraseña"))
	require.Equal(t, http.StatusUnauthorized, login("2001:db8::66", "nadie@jacarandas.example", forged))
	require.Equal(t, http.StatusUnauthorized, login("203.0.113.67", forged, "otra contraseña"))
	stop()
	raw, err := os.ReadFile(log)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "jacarandas.example")
	require.NotContains(t, string(raw), "otra contraseña")

	for line := range strings.Lines(string(raw)) {
		var entry struct{ Time, Level, Msg string }
		require.NoError(t, json.Unmarshal([]byte(line), &entry), "in production each line is JSON: %s", line)
		require.NotEmpty(t, entry.Time+entry.Level+entry.Msg, line)
	}
	require.Regexp(t, `"msg":"request","request_id":"[0-9a-f-]{36}","method":"POST","route":"/api/auth/login","status":401`, string(raw))

	want := []string{"203.0.113.66", "2001:db8::66", "203.0.113.67"}
	require.Equal(t, want, caught(t, log, "fail2ban/filter.d/historias.conf"))
	// As the journal gives it.
	var journal strings.Builder
	for line := range strings.Lines(string(raw)) {
		journal.WriteString("servidor historias[812]: " + line)
	}
	require.NoError(t, os.WriteFile(log, []byte(journal.String()), 0o600))
	require.Equal(t, want, caught(t, log, "fail2ban/filter.d/historias.conf"))
}

// fail2ban accepts the jails as harden.sh writes them.
func TestFail2banAcceptsTheJails(t *testing.T) {
	t.Parallel()
	client := tool(t, "fail2ban-client")
	m := newMachine(t)
	require.NoError(t, os.Remove(filepath.Join(m.bin, "docker")))
	code, said := m.run("--admin", "198.51.100.7")
	require.Zero(t, code, said)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("/etc/fail2ban")))
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "jail.d")))
	require.NoError(t, os.CopyFS(filepath.Join(dir, "jail.d"), os.DirFS(filepath.Join(m.root, "etc/fail2ban/jail.d"))))
	for _, name := range []string{"historias", "historias-nginx", "historias-scan"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "filter.d", name+".conf"), []byte(m.file("etc/fail2ban/filter.d/"+name+".conf")), 0o600))
	}
	jails := filepath.Join(dir, "jail.d/historias.local")
	raw, err := os.ReadFile(jails)
	require.NoError(t, err)
	text := strings.ReplaceAll(string(raw), "/var/log/nginx/access.log", filepath.Join(m.root, "var/log/nginx/access.log"))
	require.NoError(t, os.WriteFile(jails, []byte(text), 0o600))
	out, err := exec.Command(client, "-c", dir, "-t").CombinedOutput()
	require.NoError(t, err, string(out))
	out, err = exec.Command(client, "-c", dir, "-d").CombinedOutput()
	require.NoError(t, err, string(out))
	for _, name := range []string{"sshd", "historias", "historias-nginx", "historias-scan"} {
		require.Contains(t, string(out), "'add', '"+name+"'")
	}
	require.Contains(t, string(out), "CONTAINER_TAG=historias")
}
