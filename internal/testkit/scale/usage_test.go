//go:build linux

package scale

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// usage is what processes take, in kilobytes and ticks: memory as the machine
// sees it (what several share counts once, in parts), the most that the first of
// them ever had, and time of the processor.
type usage struct {
	memory, peak, ticks int64
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
	out.memory = field(t, roll, "Pss:")
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
		out.peak = field(t, status, "VmHWM:")
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
		out.memory += more.memory
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

// field is the number that stands after a name.
func field(t *testing.T, file []byte, name string) int64 {
	t.Helper()
	for line := range bytes.Lines(file) {
		if rest, is := strings.CutPrefix(string(line), name); is {
			return number(t, strings.Fields(rest)[0])
		}
	}
	return 0
}

// measure writes down what each process takes while people save.
func (c *crowd) measure(pids map[string]int) {
	c.t.Helper()
	const sample = 150
	before := map[string]usage{}
	for name, pid := range pids {
		before[name] = usageOf(c.t, pid)
	}
	saved := c.saved.Load()
	c.more(sample)
	saved = c.saved.Load() - saved
	for _, name := range slices.Sorted(maps.Keys(pids)) {
		now := usageOf(c.t, pids[name])
		c.t.Logf("%-10s %6.1f MB, at most %6.1f MB; %5.2f ms of processor for each record",
			name, float64(now.memory)/1024, float64(now.peak)/1024, float64((now.ticks-before[name].ticks)*tick)/float64(saved))
	}
}
