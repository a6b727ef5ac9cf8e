//go:build linux

package scale

import (
	"flag"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// How often each is killed; `make ordeal` asks for more.
var (
	programKills  = flag.Int("programs", 3, "how often the program is killed")
	databaseKills = flag.Int("databases", 2, "how often PostgreSQL is killed")
)

// between is how many records are acknowledged before the next kill.
const between = 40

// The program is killed under eight writers, again and again, and then
// PostgreSQL: whoever sends again what was not acknowledged, with its key, loses
// nothing and makes nothing twice, and the trail is whole.
func TestKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.serve("program", freePort(t), nil)
	c := newCrowd(t, http.DefaultClient, p.url(), 0)
	c.measure(map[string]int{"program": p.cmd.Process.Pid, "postgres": w.postmaster("primary")})
	for range *programKills {
		c.more(between)
		p.kill()
		p.start()
	}
	t.Logf("the program killed %d times: %d acknowledged, %d attempts not now", *programKills, c.saved.Load(), c.failed.Load())
	require.Positive(t, c.failed.Load(), "nobody was in the middle when the program was killed")
	for range *databaseKills {
		c.more(between)
		w.awaitPostgres("primary", w.server, w.killPostgres("primary"))
	}
	c.more(between)
	t.Logf("and PostgreSQL %d times: %d acknowledged, %d attempts not now", *databaseKills, c.saved.Load(), c.failed.Load())
	c.end(p.url())
	p.stop()
	w.proveTrail()
}

// proveTrail holds the audit trail to its seals.
func (w *world) proveTrail() {
	w.t.Helper()
	code, said := w.command("audit", "verify")
	require.Zero(w.t, code, said)
	w.t.Logf("audit verify: %s", said)
}
