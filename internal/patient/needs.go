package patient

import (
	"context"
	"time"
)

// Zones tells where a clinic is, because a birthday begins there and not in
// UTC. The clinic feature provides it.
type Zones interface {
	// Zone gives the time zone of the first office of the clinic in ctx, or
	// nil while it has none.
	Zone(ctx context.Context) (*time.Location, error)
}

// defaultZone counts days until a clinic has an office.
const defaultZone = "America/Mexico_City"
