package patient

import (
	"context"
	"time"

	"historias/internal/errs"
)

// Zone gives the time zone by which the days of the clinic in ctx are counted:
// that of its first office, and Mexico City's while it has none. It is
// remembered, so it costs no round trip of its own.
func (s *Service) Zone(ctx context.Context) (*time.Location, error) {
	zone, err := s.zones.of(ctx)
	return zone, errs.Internal("patient: zone", err)
}
