package api

import (
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"historias/internal/errs"
)

// limits bound how often one address (public routes) or one session may ask. A
// clinic shares one address, so signed-in people are counted by session.
type limits struct {
	perMinute int
	mu        sync.Mutex
	buckets   map[string]*bucket
	swept     time.Time
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

// A session may ask this many times what an address may: its pages make
// several requests each.
const sessionFactor = 10

func newLimits(perMinute int) *limits {
	return &limits{perMinute: perMinute, buckets: map[string]*bucket{}}
}

func (l *limits) address(c echo.Context, address string) error {
	return l.take(c, "a:"+address, l.perMinute)
}

func (l *limits) session(c echo.Context, id uuid.UUID) error {
	return l.take(c, string(id[:]), l.perMinute*sessionFactor)
}

func (l *limits) take(c echo.Context, key string, perMinute int) error {
	if l.perMinute <= 0 {
		return nil
	}
	now := time.Now() //nolint:forbidigo // a bucket refills by the machine's clock
	b := l.bucket(key, perMinute, now)
	h := c.Response().Header()
	h.Set("RateLimit-Policy", fmt.Sprintf("%d;w=60", perMinute))
	if b.AllowN(now, 1) {
		h.Set("RateLimit", fmt.Sprintf("limit=%d, remaining=%d, reset=60", perMinute, max(0, int(b.TokensAt(now)))))
		return nil
	}
	h.Set("RateLimit", fmt.Sprintf("limit=%d, remaining=0, reset=60", perMinute))
	return errs.TooMany("rate.exceeded", time.Minute/time.Duration(perMinute)+time.Second)
}

func (l *limits) bucket(key string, perMinute int, now time.Time) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > time.Minute {
		for k, b := range l.buckets {
			if now.Sub(b.used) > 2*time.Minute {
				delete(l.buckets, k)
			}
		}
		l.swept = now
	}
	b := l.buckets[key]
	if b == nil {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(float64(perMinute)/60), perMinute)}
		l.buckets[key] = b
	}
	b.used = now
	return b
}
