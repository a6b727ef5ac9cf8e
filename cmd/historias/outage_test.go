//go:build linux

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/pgembed"
)

// postmaster is the process of the installation's PostgreSQL.
func (i installation) postmaster() int {
	i.t.Helper()
	found, err := filepath.Glob(filepath.Join(i.dir, "*", "postmaster.pid"))
	require.NoError(i.t, err)
	require.Len(i.t, found, 1)
	text, err := os.ReadFile(found[0])
	require.NoError(i.t, err)
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	require.NoError(i.t, err)
	return pid
}

// oneConnection is a process that serves one of the program's connections.
func oneConnection(t *testing.T, postmaster int) int {
	t.Helper()
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", postmaster, postmaster))
	require.NoError(t, err)
	for _, child := range strings.Fields(string(children)) {
		title, err := os.ReadFile("/proc/" + child + "/cmdline")
		pid, notNumber := strconv.Atoi(child)
		if err == nil && notNumber == nil && strings.Contains(string(title), pgembed.Database) {
			return pid
		}
	}
	require.Fail(t, "nobody is connected")
	return 0
}

// crowd are writers who go on through an outage, each repeating what was not
// acknowledged.
type crowd struct {
	saved, refused atomic.Int64
	mu             sync.Mutex
	all            []*wish
	wait           sync.WaitGroup
	quit           chan struct{}
}

func (p *program) writing(token, name string) *crowd {
	c := &crowd{quit: make(chan struct{})}
	for writer := range writers {
		c.wait.Go(func() {
			for n := 0; ; n++ {
				w := &wish{key: fmt.Sprintf("%s-%d-%d", name, writer, n)}
				c.mu.Lock()
				c.all = append(c.all, w)
				c.mu.Unlock()
				for w.location == "" {
					select {
					case <-c.quit:
						return
					default:
						p.insist(token, w, c)
					}
				}
			}
		})
	}
	return c
}

// stop ends the writers and gives every wish, granted or not.
func (c *crowd) stop() []*wish {
	close(c.quit)
	c.wait.Wait()
	return c.all
}

// insist sends a wish once more and holds a refusal to what it must be.
func (p *program) insist(token string, w *wish, c *crowd) {
	status, out, err := p.send(http.MethodPost, "/api/patients", token, w.body(), "Idempotency-Key", w.key)
	switch {
	case err != nil:
		p.t.Errorf("the program did not answer: %v", err)
		w.location = "failed"
	case status == http.StatusCreated:
		w.location = out.header.Get("Location")
		c.saved.Add(1)
	case status == http.StatusServiceUnavailable && out.header.Get("Retry-After") != "":
		c.refused.Add(1)
		time.Sleep(10 * time.Millisecond)
	default:
		p.t.Errorf("%d: %s", status, out.raw)
		w.location = "failed"
	}
}

// PostgreSQL killed under the program, one connection and then the whole, is a
// while of «not now»: the program goes on by itself, and nothing that it
// acknowledged is lost or done twice.
func TestPostgresKilledWhileServing(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	code, said := i.run("migrate")
	require.Zero(t, code, said)
	p := i.serve()
	token := p.doctor()
	total := 0
	for _, victim := range []string{"connection", "server"} {
		c := p.writing(token, victim)
		until(t, "it saves", func() bool { return c.saved.Load() > 5 })
		pid := i.postmaster()
		if victim == "connection" {
			pid = oneConnection(t, pid)
		}
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		until(t, "it says «not now»", func() bool { return c.refused.Load() > 0 })
		known := c.saved.Load()
		until(t, "it saves again", func() bool { return c.saved.Load() > known+5 })
		all := c.stop()
		require.False(t, t.Failed())
		for _, w := range all {
			p.repeat(token, w)
		}
		total += len(all)
		require.Equal(t, total, p.patients(token), "a patient was lost or registered twice")
	}
	p.stop()
	code, said = i.run("audit", "verify")
	require.Zero(t, code, said)
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	require.Eventually(t, is, patience, 20*time.Millisecond, what)
}
