// Package clock is the only place that reads the time, so that a test can
// stand at any moment.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	// Now is the present instant in UTC, cut to microseconds, which is what
	// PostgreSQL keeps.
	Now() time.Time
}

type system struct{}

func (system) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// System is the machine's clock.
func System() Clock { return system{} }

// Fake is a clock that stands still until it is moved: in tests, and where a
// story of the past is told.
type Fake struct {
	mu sync.Mutex
	at time.Time
}

// NewFake stands at the given instant.
func NewFake(at time.Time) *Fake { return &Fake{at: at.UTC().Truncate(time.Microsecond)} }

// Now is the instant the clock stands at.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

// Advance moves the clock forward.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = f.at.Add(d)
}

// Set puts the clock to an instant, forward or back.
func (f *Fake) Set(at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = at.UTC().Truncate(time.Microsecond)
}
