package httpd

import (
	"os"
	"runtime/debug"
)

// The server makes much short-lived garbage and keeps little, so it collects
// less often than Go's default, within a bound that a small machine can spare.
const (
	gcPercent   = 400
	memoryLimit = 110 << 20
)

// TuneMemory sets the collector unless the environment does (GOGC, GOMEMLIMIT).
func TuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
