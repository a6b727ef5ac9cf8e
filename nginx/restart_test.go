package nginx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

// twin is one of two processes of the program behind the proxy.
type twin struct {
	t    *testing.T
	bin  string
	env  []string
	port int
	cmd  *exec.Cmd
	said *bytes.Buffer
}

// start runs it and waits until it is ready.
func (w *twin) start() {
	w.t.Helper()
	w.said = &bytes.Buffer{}
	w.cmd = exec.Command(w.bin, "serve")
	w.cmd.Env, w.cmd.Stdout, w.cmd.Stderr = w.env, w.said, w.said
	require.NoError(w.t, w.cmd.Start())
	require.Eventually(w.t, func() bool {
		res, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/ready", w.port))
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK
	}, 3*time.Minute, 50*time.Millisecond, "it does not serve")
}

// stop ends it as systemd and Docker do, and holds it to a clean end.
func (w *twin) stop() {
	w.t.Helper()
	require.NoError(w.t, w.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(w.t, w.cmd.Wait(), w.said)
}

// startTwins puts two processes of the real program, on one database, behind the
// proxy.
func startTwins(t *testing.T) (*proxy, []*twin) {
	t.Helper()
	nginx := tool(t, "nginx")
	p := &proxy{dir: t.TempDir(), plain: freePort(t), tls: freePort(t), application: freePort(t)}
	bin := filepath.Join(p.dir, "historias")
	out, err := exec.Command("go", "build", "-o", bin, "../cmd/historias").CombinedOutput()
	require.NoError(t, err, string(out))
	database := dbtest.New(t)
	common := []string{
		"ENVIRONMENT=development", "DATA_DIR=" + t.TempDir(), "DATABASE_URL=" + database.URL, "MIGRATION_DATABASE_URL=" + database.AdminURL,
		"MEDICAL_ENCRYPTION_KEY=" + vault.NewMaster(), "JWT_SECRET_KEY=" + vault.NewToken(32), "DATABASE_MAX_CONNS=8",
		"FRONTEND_URL=https://tudominio.com", "BACKEND_URL=https://api.tudominio.com", "TRUSTED_PROXIES=127.0.0.1", "RATE_LIMIT_ENABLED=false",
	}
	var twins []*twin
	for range 2 {
		w := &twin{t: t, bin: bin, port: freePort(t)}
		w.env = append(common, fmt.Sprintf("PORT=%d", w.port))
		w.start()
		t.Cleanup(func() { _ = w.cmd.Process.Kill(); _ = w.cmd.Wait() })
		twins = append(twins, w)
	}
	backend := fmt.Sprintf("127.0.0.1:%d max_fails=0;\n    server 127.0.0.1:%d", twins[0].port, twins[1].port)
	p.certificate(t)
	files, err := filepath.Glob("conf/*.conf")
	require.NoError(t, err)
	for _, f := range append(files, "nginx.conf") {
		p.write(t, f, f, backend)
	}
	p.run(t, nginx, "nginx.conf", p.tls)
	p.client = p.newClient()
	return p, twins
}

// once asks the proxy one time and never again, whatever comes of it.
func (p *proxy) once(method, path, token string, body any) (int, string) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, err.Error()
	}
	req, err := http.NewRequest(method, "https://api.tudominio.com"+path, bytes.NewReader(raw))
	if err != nil {
		return 0, err.Error()
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := p.client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	said, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, string(said)
}

func doctor(n int) map[string]any {
	return map[string]any{
		"full_name": "Sofía Núñez Alcaraz", "email": fmt.Sprintf("sofia.%d@jacarandas.example", n),
		"password": "jacaranda morada en marzo", "profession": "medico_cirujano", "license_number": "00123456",
		"title_institution": "Universidad Nacional Autónoma de México", "phone": "55 5555 0100",
		"clinic_name": "Clínica Jacarandas", "accept_terms": true,
	}
}

var patient = map[string]any{
	"given_names": "Canaria", "first_surname": "Ficticia", "birth_date": "1980-08-14", "sex": "M",
	"address": map[string]any{
		"street": "Calle Ficticia", "exterior_number": "48", "neighborhood": "Centro", "municipality": "Puebla",
		"state": "21", "postal_code": "72000", "country": "MEX",
	},
}

const (
	restartWriters = 6
	// pace keeps each writer below what the proxy allows a session.
	pace = 150 * time.Millisecond
	// between is how many answers there are before the next process is restarted.
	between = 30
)

// A release is put in place one process at a time, while people work: nobody's
// request fails, although none is sent twice, and each record is there once.
func TestARestartLosesNoRequest(t *testing.T) {
	t.Parallel()
	p, twins := startTwins(t)
	var answered, writes atomic.Int64
	var mu sync.Mutex
	var failures []string
	tokens := make([]string, restartWriters)
	for n := range tokens {
		status, said := p.once(http.MethodPost, "/api/auth/register", "", doctor(n))
		require.Equal(t, http.StatusCreated, status, said)
		var out struct {
			Token string `json:"access_token"`
		}
		require.NoError(t, json.Unmarshal([]byte(said), &out))
		tokens[n] = out.Token
	}
	done := make(chan struct{})
	var wait sync.WaitGroup
	for _, token := range tokens {
		wait.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				case <-time.After(pace):
				}
				method, path, want, body := http.MethodPost, "/api/patients", http.StatusCreated, any(patient)
				if n%2 == 1 {
					method, path, want, body = http.MethodGet, "/api/auth/me", http.StatusOK, nil
				} else {
					writes.Add(1)
				}
				if status, said := p.once(method, path, token, body); status != want {
					mu.Lock()
					failures = append(failures, fmt.Sprintf("%s %s: %d %s", method, path, status, said))
					mu.Unlock()
				}
				answered.Add(1)
			}
		})
	}
	for round := range 2 * len(twins) {
		enough := answered.Load() + between
		require.Eventually(t, func() bool { return answered.Load() >= enough }, 3*time.Minute, pace)
		w := twins[round%len(twins)]
		w.stop()
		w.start()
	}
	close(done)
	wait.Wait()
	require.Empty(t, failures, "of %d requests", answered.Load())
	var kept int64
	for _, token := range tokens {
		kept += p.count(t, token)
	}
	require.Equal(t, writes.Load(), kept, "a record was lost or written twice")
	t.Logf("%d restarts, %d requests, %d of them writes, none failed", 2*len(twins), answered.Load(), writes.Load())
}

// count is how many patients a clinic has.
func (p *proxy) count(t *testing.T, token string) (n int64) {
	t.Helper()
	for cursor := ""; ; {
		var list struct {
			Items []json.RawMessage `json:"items"`
			Next  string            `json:"next_cursor"`
		}
		time.Sleep(pace)
		status, said := p.once(http.MethodGet, "/api/patients?limit=100&cursor="+cursor, token, nil)
		require.Equal(t, http.StatusOK, status, said)
		require.NoError(t, json.Unmarshal([]byte(said), &list))
		n += int64(len(list.Items))
		if cursor = list.Next; strings.TrimSpace(cursor) == "" {
			return n
		}
	}
}
