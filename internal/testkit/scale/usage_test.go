//go:build linux

package scale

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// usage is what processes take: memory as the machine sees it (what several
// share counts once, in parts) and time of the processor.
type usage struct {
	kilobytes, ticks int64
}

// tick is the kernel's unit of processor time, in milliseconds (proc(5); it is
// the same on every Linux that Go runs on).
const tick = 10

// usageOf is that of a process and all its children.
func usageOf(t *testing.T, pid int) (out usage) {
	t.Helper()
	roll, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return out // it has just ended
	}
	for line := range bytes.Lines(roll) {
		if rest, is := strings.CutPrefix(string(line), "Pss:"); is {
			out.kilobytes = number(t, strings.Fields(rest)[0])
		}
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return out
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	out.ticks = number(t, fields[11]) + number(t, fields[12]) // utime, stime
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return out
	}
	for _, child := range strings.Fields(string(children)) {
		more := usageOf(t, int(number(t, child)))
		out.kilobytes += more.kilobytes
		out.ticks += more.ticks
	}
	return out
}

func number(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	require.NoError(t, err)
	return n
}

// measure writes down what each process takes while people save.
func (s *server) measure(c *crowd) {
	s.t.Helper()
	const sample = 150
	before := map[string]usage{}
	pids := s.pids()
	for name, pid := range pids {
		before[name] = usageOf(s.t, pid)
	}
	saved := c.saved.Load()
	c.more(sample)
	saved = c.saved.Load() - saved
	for name, pid := range pids {
		now := usageOf(s.t, pid)
		s.t.Logf("%-12s %6.1f MB  %6.2f ms of processor for each record",
			name, float64(now.kilobytes)/1024, float64((now.ticks-before[name].ticks)*tick)/float64(saved))
	}
}
