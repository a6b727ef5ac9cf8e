//go:build linux

package scale

import (
	"flag"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var previous = flag.String("previous", "", "the binary of the version in use; without it no upgrade is tried")

// An upgrade as docs/operacion/escala.md tells it, and the way back, while eight
// people write: the new version migrates under the one in use, both serve side by
// side, and the one in use serves again what the new one has written.
func TestUpgradeAndBack(t *testing.T) {
	t.Parallel()
	if *previous == "" {
		t.Skip("SKIP: -previous names no binary of the version in use")
	}
	tool(t, "nginx")
	w := newWorldOf(t, *previous)
	first := w.serve("first", freePort(t), nil, "TRUSTED_PROXIES=127.0.0.1")
	second := w.serve("second", freePort(t), nil, "TRUSTED_PROXIES=127.0.0.1")
	_, client := w.proxy(first, second)
	c := newCrowd(t, client, api, pace)
	step := func(what string) {
		t.Helper()
		c.more(between)
		t.Logf("%s: %d acknowledged, %d attempts not now", what, c.saved.Load(), c.failed.Load())
	}
	step("the version in use serves")
	w.bin = program
	code, said := w.command("migrate")
	require.Zero(t, code, said)
	step("the new one has migrated: " + said)
	for _, bin := range []string{program, *previous} {
		for _, p := range []*process{first, second} {
			p.stop()
			p.bin = bin
			p.start()
			step(p.name + " is " + filepath.Base(bin))
		}
	}
	w.bin = *previous
	code, said = w.command("migrate")
	require.Zero(t, code, said)
	step("the version in use has migrated: " + said)
	c.end(second.url())
	first.stop()
	second.stop()
	w.proveTrail()
	w.bin = program
	w.proveTrail()
}
