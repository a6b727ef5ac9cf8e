package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/testkit/scratch"
)

// asProgram makes this test program behave as the real one, so that tests can
// start it, watch its exit and kill it.
const asProgram = "HISTORIAS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

const (
	// patience bounds each wait for a program; it is long for a machine that is
	// slow and busy.
	patience = 3 * time.Minute
	room     = 256 << 20
	password = "jacaranda morada en marzo"
)

// installation is a data folder of a development installation, with its own
// PostgreSQL, and the environment of its programs.
type installation struct {
	t    *testing.T
	dir  string
	vars []string
}

func newInstallation(t *testing.T, vars ...string) installation {
	t.Helper()
	dir, err := os.MkdirTemp(scratch.Dir(room), "historias-cmd-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return installation{t: t, dir: dir, vars: append([]string{
		"ENVIRONMENT=development", "DATA_DIR=" + dir, "RATE_LIMIT_ENABLED=false",
	}, vars...)}
}

// command is a program of the installation, not started.
func (i installation) command(args ...string) *exec.Cmd {
	i.t.Helper()
	self, err := os.Executable()
	require.NoError(i.t, err)
	cmd := exec.Command(self, args...)
	cmd.Env = append([]string{asProgram + "=1"}, i.vars...)
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "PG_BIN_DIR", "GOCOVERDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	return cmd
}

// run runs a command to its end and gives its exit code and what it said.
func (i installation) run(args ...string) (code int, said string) {
	i.t.Helper()
	var out bytes.Buffer
	cmd := i.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	require.NoError(i.t, cmd.Start())
	stuck := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer stuck.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(i.t, err)
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// program is a running server.
type program struct {
	installation
	cmd   *exec.Cmd
	url   string
	said  *lockedText
	ended chan struct{}
}

// lockedText is what a running program said so far.
type lockedText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// serve starts the server on a free port and waits until it is ready.
func (i installation) serve() *program {
	i.t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(i.t, err)
	address := free.Addr().String()
	require.NoError(i.t, free.Close())
	_, port, err := net.SplitHostPort(address)
	require.NoError(i.t, err)
	p := &program{installation: i, cmd: i.command("serve"), url: "http://" + address, said: &lockedText{}, ended: make(chan struct{})}
	p.cmd.Env = append(p.cmd.Env, "PORT="+port)
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	require.NoError(i.t, p.cmd.Start())
	go func() { _ = p.cmd.Wait(); close(p.ended) }()
	i.t.Cleanup(func() { p.kill() })
	require.Eventually(i.t, p.ready, patience, 50*time.Millisecond, "it does not serve")
	return p
}

func (p *program) ready() bool {
	select {
	case <-p.ended:
		p.t.Fatalf("it ended: %s", p.said)
	default:
	}
	status, _, err := p.send(http.MethodGet, "/ready", "", nil)
	return err == nil && status == http.StatusOK
}

// kill ends it as a lost power supply of the process does.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// stop ends it as an operator does, and holds it to a clean end.
func (p *program) stop() {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("it does not stop")
	}
	require.Zero(p.t, p.cmd.ProcessState.ExitCode(), p.said.String())
}

// send asks the server. headers come in pairs.
func (p *program) send(method, path, token string, body any, headers ...string) (int, answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var content io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return 0, answer{}, err
		}
		content = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, p.url+path, content)
	if err != nil {
		return 0, answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, answer{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	out := answer{header: res.Header, raw: raw}
	if err == nil && len(raw) > 0 && strings.Contains(res.Header.Get("Content-Type"), "json") {
		err = json.Unmarshal(raw, &out.body)
	}
	return res.StatusCode, out, err
}

// answer is what came back.
type answer struct {
	header http.Header
	raw    []byte
	body   map[string]any
}

// doctor registers a doctor and gives her token.
func (p *program) doctor() string {
	p.t.Helper()
	status, out, err := p.send(http.MethodPost, "/api/auth/register", "", map[string]any{
		"full_name": "Sofía Núñez Alcaraz", "email": fmt.Sprintf("sofia.%d@jacarandas.example", time.Now().UnixNano()),
		"password": password, "profession": "medico_cirujano", "license_number": "00123456",
		"title_institution": "Universidad Nacional Autónoma de México", "phone": "55 5555 0100",
		"clinic_name": "Clínica Jacarandas", "accept_terms": true,
	})
	require.NoError(p.t, err)
	require.Equal(p.t, http.StatusCreated, status, string(out.raw))
	return out.body["access_token"].(string)
}
