// Package obs carries what the program says of itself to the outside: logs and
// error reports. Neither may hold a name, a CURP, a phone, a token or clinical
// text; they hold ids and codes.
package obs

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/getsentry/sentry-go"

	"historias/internal/actor"
)

// NewLog makes the program's log: JSON in production, text elsewhere.
func NewLog(w io.Writer, level string, production bool) *slog.Logger {
	opts := &slog.HandlerOptions{Level: levelOf(level)}
	if production {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

func levelOf(name string) slog.Level {
	var l slog.Level
	if err := l.UnmarshalText([]byte(strings.ToUpper(name))); err != nil {
		return slog.LevelInfo
	}
	return l
}

// Reporter sends unexpected errors to Sentry; without a DSN it does nothing.
type Reporter struct{ hub *sentry.Hub }

// NewReporter connects to Sentry. Requests, users, breadcrumbs and the texts of
// errors stay here: what leaves is the type of the error and the request id.
func NewReporter(dsn, environment, release string) (*Reporter, error) {
	if dsn == "" {
		return &Reporter{}, nil
	}
	client, err := sentry.NewClient(sentry.ClientOptions{
		Dsn: dsn, Environment: environment, Release: release,
		BeforeSend: scrub,
	})
	if err != nil {
		return nil, fmt.Errorf("obs: SENTRY_DSN cannot be used: %w", err)
	}
	return &Reporter{hub: sentry.NewHub(client, sentry.NewScope())}, nil
}

func scrub(e *sentry.Event, _ *sentry.EventHint) *sentry.Event {
	e.Request, e.Breadcrumbs, e.Contexts, e.ServerName = nil, nil, nil, ""
	e.User = sentry.User{}
	e.Message = ""
	for i := range e.Exception {
		e.Exception[i].Value = ""
	}
	return e
}

// Report sends one error.
func (r *Reporter) Report(ctx context.Context, err error) {
	if r.hub == nil || err == nil {
		return
	}
	hub := r.hub.Clone()
	hub.Scope().SetTag("request_id", actor.OriginOf(ctx).RequestID)
	hub.CaptureException(err)
}

const flushTime = 2 * time.Second

// Close sends what waits.
func (r *Reporter) Close() {
	if r.hub != nil {
		r.hub.Flush(flushTime)
	}
}
