//go:build linux

package scale

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/pgembed"
)

// process is one program of the installation, which may be started many times.
type process struct {
	t     *testing.T
	name  string
	port  int
	bin   string
	args  []string
	env   []string
	ready func() bool

	cmd   *exec.Cmd
	said  *text
	ended chan struct{}
}

// text is what a running program said so far.
type text struct {
	mu  sync.Mutex
	raw bytes.Buffer
}

func (x *text) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.Write(p)
}

func (x *text) String() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

// serve is a process that answers requests.
func (w *world) serve(name string, port int, args []string, vars ...string) *process {
	w.t.Helper()
	p := &process{
		t: w.t, name: name, port: port, bin: w.bin, args: append([]string{"serve"}, args...),
		env: w.variables(append(vars, fmt.Sprintf("PORT=%d", port))...),
	}
	p.ready = func() bool { return answers(fmt.Sprintf("http://127.0.0.1:%d/ready", port)) }
	p.start()
	return p
}

// url is where the process answers, past every proxy.
func (p *process) url() string { return fmt.Sprintf("http://127.0.0.1:%d", p.port) }

func answers(url string) bool {
	res, err := http.Get(url)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// start runs it and waits until it is ready. It dies with the test, however the
// test ends: the system tells a child by the thread that made it, which so has
// to live as long.
func (p *process) start() {
	p.t.Helper()
	p.cmd, p.said, p.ended = exec.Command(p.bin, p.args...), &text{}, make(chan struct{})
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = p.env, p.said, p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func(cmd *exec.Cmd, ended chan struct{}) {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(ended)
		}
	}(p.cmd, p.ended)
	require.NoError(p.t, <-started, p.name)
	p.t.Cleanup(p.kill)
	if p.ready == nil {
		return
	}
	until(p.t, p.name+" is ready", func() bool {
		select {
		case <-p.ended:
			p.t.Fatalf("%s ended: %s", p.name, p.said)
		default:
		}
		return p.ready()
	})
}

// kill ends it and its children as a lost container does.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// stop ends it as an operator does, and holds it to a clean end.
func (p *process) stop() {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(syscall.SIGTERM))
	<-p.ended
	require.Zero(p.t, p.cmd.ProcessState.ExitCode(), "%s: %s", p.name, p.said)
}

// tool is where a program of the system is. On a bare machine the test is
// skipped; CI installs them.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	path = filepath.Join("/usr/sbin", name)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", name)
	}
	t.Skipf("SKIP: %s is missing", name)
	return ""
}

// postmaster is the process of the PostgreSQL in a folder of the installation,
// 0 while there is none.
func (w *world) postmaster(folder string) int {
	found, err := filepath.Glob(filepath.Join(w.dir, folder, "pg*", "postmaster.pid"))
	if err != nil || len(found) != 1 {
		return 0
	}
	raw, err := os.ReadFile(found[0])
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	return pid
}

// killPostgres kills the server in a folder; whoever runs it starts it again.
func (w *world) killPostgres(folder string) (killed int) {
	w.t.Helper()
	until(w.t, folder+" runs", func() bool { killed = w.postmaster(folder); return killed != 0 })
	require.NoError(w.t, syscall.Kill(killed, syscall.SIGKILL))
	return killed
}

// awaitPostgres waits for the one that takes the killed one's place.
func (w *world) awaitPostgres(folder string, server *pgembed.Server, killed int) {
	w.t.Helper()
	until(w.t, folder+" is back", func() bool {
		pid := w.postmaster(folder)
		return pid != 0 && pid != killed && reachable(w.t, server.AdminURL(pgembed.Database))
	})
}
