package factor

import (
	"context"
	"time"

	"historias/internal/jobs"
)

// Matching finds the step of a code.
func Matching(secret, code string, now time.Time, after int64) (int64, bool) {
	return matching(secret, code, now, after)
}

// Typed cleans what was typed.
func Typed(code string) string { return typed(code) }

// Remind runs the daily job.
func (s *Service) Remind(ctx context.Context) error { return s.remind(ctx, jobs.Job[remindArgs]{}) }
