//go:build linux

package scale

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/pgembed"
)

// server is the whole of docs/operacion/escala.md on one machine.
type server struct {
	*world
	replica                              *pgembed.Server
	pgbouncer, first, second, hand, door *process
	client                               *http.Client
}

func newServer(t *testing.T) *server {
	t.Helper()
	tool(t, "nginx")
	tool(t, "pgbouncer")
	s := &server{world: newWorld(t)}
	s.replica = s.copyLive()
	s.pgbouncer = s.pooler()
	vars := []string{
		"DATABASE_URL=" + tcp(s.pgbouncer.port), "DATABASE_POOLER=transaction",
		"DATABASE_DIRECT_URL=" + tcp(s.port), "MIGRATION_DATABASE_URL=" + tcp(s.port), "TRUSTED_PROXIES=127.0.0.1",
	}
	s.first = s.serve("first", freePort(t), []string{"--no-worker"}, vars...)
	s.second = s.serve("second", freePort(t), []string{"--no-worker"}, vars...)
	// Its simulated phones answer to the port that it is told.
	s.hand = &process{t: t, name: "worker", bin: s.bin, args: []string{"worker"}, env: s.variables(append(vars, fmt.Sprintf("PORT=%d", s.first.port))...)}
	s.hand.start()
	s.door, s.client = s.proxy(s.first, s.second)
	return s
}

func (s *server) pids() map[string]int {
	return map[string]int{
		"first": s.first.cmd.Process.Pid, "second": s.second.cmd.Process.Pid, "worker": s.hand.cmd.Process.Pid,
		"nginx": s.door.cmd.Process.Pid, "pgbouncer": s.pgbouncer.cmd.Process.Pid,
		"postgres": s.postmaster("primary"), "replica": s.postmaster("replica"),
	}
}

// victim is a process that is killed, and how many attempts may fail for it.
type victim struct {
	name        string
	kill, start func()
	// most is how many attempts may fail; negative where nothing answers without it.
	most int64
}

func (s *server) victims() []victim {
	postgres := func(folder string, server **pgembed.Server, most int64) victim {
		var killed int
		return victim{
			folder,
			func() { killed = s.killPostgres(folder) },
			func() { s.awaitPostgres(folder, *server, killed) },
			most,
		}
	}
	return []victim{
		{"first", s.first.kill, s.first.start, writers},
		{"second", s.second.kill, s.second.start, writers},
		{"worker", s.hand.kill, s.hand.start, 0},
		postgres("replica", &s.replica, 0),
		{"pgbouncer", s.pgbouncer.kill, s.pgbouncer.start, -1},
		{"nginx", s.door.kill, s.door.start, -1},
		postgres("primary", &s.server, -1),
	}
}

const (
	// pace keeps each writer below what the proxy allows a session.
	pace = 120 * time.Millisecond
	some = 20
)

// Each process is killed in its turn while eight people write. Where another one
// does the same work, no more fails than what was in flight; where there is only
// one, it is «not now» until it is back. Who sends again loses nothing.
func TestEachProcessIsKilledInItsTurn(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	o := newOffice(t, s.first, s.second)
	o.hearsOf(s.first, s.second)
	o.hearsOf(s.second, s.first)
	o.arrives(o.question(s.second), s.first)
	c := newCrowd(t, s.client, api, pace)
	c.measure(s.pids())
	for _, v := range s.victims() {
		c.more(some)
		failed, saved := c.failed.Load(), c.saved.Load()
		v.kill()
		if v.most >= 0 {
			c.more(some)
		}
		var waits string
		if v.name == "worker" {
			waits = o.question(s.first)
			require.Equal(t, "queued", o.status(waits, s.second), "nobody works")
		}
		v.start()
		c.more(some)
		if waits != "" {
			o.arrives(waits, s.second)
		}
		failed = c.failed.Load() - failed
		t.Logf("%s killed: %d records saved meanwhile, %d attempts not now", v.name, c.saved.Load()-saved, failed)
		if v.most >= 0 {
			require.LessOrEqual(t, failed, v.most, "%s: more failed than what was in flight", v.name)
		}
	}
	o.hearsOf(s.first, s.second)
	o.hearsOf(s.second, s.first)
	o.arrives(o.question(s.first), s.second)
	c.end(s.second.url())
	s.rest()
}

// rest ends the program, so that nothing changes any more, and proves what is left.
func (s *server) rest() {
	s.t.Helper()
	for _, p := range []*process{s.first, s.second, s.hand} {
		p.stop()
	}
	s.proveTrail()
	s.sameRows(s.replica)
}
