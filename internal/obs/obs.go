// Package obs carries what the program says of itself to the outside: logs,
// error reports, traces and metrics. None of them may hold a name, a CURP, a
// phone, a token or clinical text; they hold ids of requests, routes as they
// stand in the table, codes and numbers. Nothing says which clinic it was.
package obs

import (
	"io"
	"log/slog"
	"strings"
	"time"
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

// Request is one request that was answered, as the outside may know it.
type Request struct {
	// ID is what the answer and the log call it.
	ID     string
	Method string
	// Route is the path with the names of its parts in place of their values;
	// empty for an address that no route has.
	Route  string
	Status int
	Start  time.Time
	Took   time.Duration
	// Stream says that it stayed open on purpose, so that its length tells nothing.
	Stream bool
	// Guess is the code of a proof that was wrong, such as
	// auth.invalid_credentials; empty for everything else.
	Guess string
}

// methods are those that a label or the name of a span may hold: what a client
// makes up must not become a series of its own.
var methods = map[string]bool{
	"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "OPTIONS": true,
}

// names are the method and the route of a request, out of a bounded set.
func (r Request) names() (method, route string) {
	method, route = r.Method, r.Route
	if !methods[method] {
		method = "other"
	}
	if route == "" {
		route = "none"
	}
	return method, route
}
