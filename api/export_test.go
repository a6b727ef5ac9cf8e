package api

import (
	"strings"

	"historias/internal/actor"
)

// RouteRow is a row of the route table as tests see it.
type RouteRow struct {
	Method, Path string
	Permission   actor.Permission
}

// Routes is the route table.
func (s *Server) Routes() []RouteRow {
	var rows []RouteRow
	for _, r := range s.table() {
		rows = append(rows, RouteRow{Method: r.method, Path: r.path, Permission: r.permission})
	}
	return rows
}

// Routed is what the router answers to, whoever put it there.
func (s *Server) Routed() []RouteRow {
	var rows []RouteRow
	for _, r := range s.router().Routes() {
		if !strings.HasPrefix(r.Method, "echo_") {
			rows = append(rows, RouteRow{Method: r.Method, Path: r.Path})
		}
	}
	return rows
}

// Example makes the example body of an operation, as the reference page shows it.
var Example = exampleOf

// Slow tells whether the repetition of a route is kept without a transaction around.
func (s *Server) Slow(method, path string) bool {
	for _, r := range s.table() {
		if r.method == method && r.path == path {
			return r.options.slow
		}
	}
	return false
}

// Covered tells whether a locked session may ask a route, Fresh whether it asks
// for a proof of a moment ago.
func (s *Server) Covered(method, path string) bool { return s.optionsOf(method, path).covered }

// Fresh is told with Covered.
func (s *Server) Fresh(method, path string) bool { return s.optionsOf(method, path).fresh }

func (s *Server) optionsOf(method, path string) routeOptions {
	for _, r := range s.table() {
		if r.method == method && r.path == strings.NewReplacer("{", ":", "}", "").Replace(path) {
			return r.options
		}
	}
	return routeOptions{}
}
