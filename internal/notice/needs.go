package notice

import "context"

// Clinics tells who publishes. The clinic feature provides it.
type Clinics interface {
	// Responsible gives the clinic of the actor in ctx, with what it still lacks.
	Responsible(ctx context.Context) (Responsible, error)
}
