package patient

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/clock"
)

// zoneFor is how long a clinic's zone is remembered: every answer that says an
// age needs it, and it changes almost never.
const zoneFor = 5 * time.Minute

// zoneMemory remembers where clinics are.
type zoneMemory struct {
	zones Zones
	clock clock.Clock
	home  *time.Location // of a clinic that has no office yet
	mu    sync.Mutex
	known map[uuid.UUID]knownZone
}

type knownZone struct {
	zone  *time.Location
	until time.Time
}

func newZoneMemory(z Zones, c clock.Clock, home *time.Location) *zoneMemory {
	return &zoneMemory{zones: z, clock: c, home: home, known: map[uuid.UUID]knownZone{}}
}

// of gives the zone of the clinic in ctx.
func (m *zoneMemory) of(ctx context.Context) (*time.Location, error) {
	clinic, now := actor.Clinic(ctx), m.clock.Now()
	m.mu.Lock()
	k, ok := m.known[clinic]
	m.mu.Unlock()
	if ok && now.Before(k.until) {
		return k.zone, nil
	}
	zone, err := m.zones.Zone(ctx)
	if err != nil {
		return nil, err
	}
	if zone == nil {
		zone = m.home
	}
	m.mu.Lock()
	m.known[clinic] = knownZone{zone: zone, until: now.Add(zoneFor)}
	m.mu.Unlock()
	return zone, nil
}
