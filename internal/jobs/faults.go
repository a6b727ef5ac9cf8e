package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// faults tells of the jobs that nobody will see fail otherwise.
type faults struct {
	report func(ctx context.Context, err error)
}

// HandleError reports the last failure of a job. The ones before it are the
// queue's ordinary business.
func (f *faults) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	if f.report != nil && job.Attempt >= job.MaxAttempts {
		f.report(ctx, fmt.Errorf("job %s: %w", job.Kind, err))
	}
	return nil
}

// HandlePanic reports a panic by its type: its text may hold anything.
func (f *faults) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, _ string) *river.ErrorHandlerResult {
	if f.report != nil {
		f.report(ctx, fmt.Errorf("job %s: panic of %T", job.Kind, value))
	}
	return nil
}
