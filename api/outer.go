package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
)

// outer is the one layer around the router: request id, origin of the request,
// security headers, CORS, recovery and the access log. One layer costs what
// seven small ones would cost each.
func (s *Server) outer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now() //nolint:forbidigo // a duration for the log, not a time of the record
		id := uuid.Must(uuid.NewV7()).String()
		rec := &recorder{ResponseWriter: w}
		header := w.Header()
		header.Set("X-Request-Id", id)
		s.secure(header, r)
		took := new(taken)
		ctx := actor.WithOrigin(r.Context(), actor.Origin{
			RequestID: id, Address: s.address(r), Device: deviceOf(r), Trust: cookieOf(r, trustCookie),
		})
		r = r.WithContext(context.WithValue(ctx, takenKey{}, took))
		defer func() {
			if p := recover(); p != nil {
				s.panicked(rec, r, p)
			}
			s.tell(r, rec, took, id, start, time.Since(start))
		}()
		if s.cors(rec, r) {
			return
		}
		next.ServeHTTP(rec, r)
	})
}

// takenKey is where the router and the writer of problems tell the layer around
// them what came of a request.
type takenKey struct{}

// taken is the route that a request took and the code of the problem it ended
// with; both are empty where there was none.
type taken struct {
	route, code string
	stream      bool
}

func takenOf(ctx context.Context) *taken {
	if t, ok := ctx.Value(takenKey{}).(*taken); ok {
		return t
	}
	return new(taken)
}

// recorder remembers the status for the access log.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Flush passes a flush on, for server-sent events.
func (r *recorder) Flush() { _ = http.NewResponseController(r.ResponseWriter).Flush() }

// fixedHeader is a header whose value never changes. Its slice is shared by all
// answers, which saves an allocation for each; Add copies it, as it is full.
type fixedHeader struct {
	name  string
	value []string
}

// The names are in the canonical form of package http.
var (
	everywhere = []fixedHeader{
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"X-Frame-Options", []string{"DENY"}},
		{"Referrer-Policy", []string{"no-referrer"}},
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Permissions-Policy", []string{"camera=(self), microphone=(), geolocation=()"}},
	}
	overTLS  = []fixedHeader{{"Strict-Transport-Security", []string{"max-age=63072000; includeSubDomains"}}}
	ofTheAPI = []fixedHeader{
		{"Cache-Control", []string{"no-store"}},
		{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'"}},
	}
)

func setAll(h http.Header, fixed []fixedHeader) {
	for _, f := range fixed {
		h[f.name] = f.value
	}
}

func (s *Server) secure(h http.Header, r *http.Request) {
	setAll(h, everywhere)
	if s.opts.Production {
		setAll(h, overTLS)
	}
	if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/fhir/") {
		setAll(h, ofTheAPI)
	}
}

const (
	corsMethods = "GET, POST, PUT, PATCH, DELETE"
	corsAllow   = "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key"
	corsExpose  = "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id"
)

// cors answers exact origins only, with credentials. It reports whether the
// request was a preflight and is done.
func (s *Server) cors(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	h := w.Header()
	h.Add("Vary", "Origin")
	allowed := origin != "" && s.origins[origin]
	if allowed {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", corsExpose)
	}
	if r.Method != http.MethodOptions {
		return false
	}
	if allowed {
		h.Set("Access-Control-Allow-Methods", corsMethods)
		h.Set("Access-Control-Allow-Headers", corsAllow)
		h.Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}

func (s *Server) panicked(w *recorder, r *http.Request, p any) {
	err := fmt.Errorf("panic: %v", p)
	s.opts.Log.ErrorContext(r.Context(), "panic", "request_id", w.Header().Get("X-Request-Id"),
		"cause", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
	s.opts.Report(r.Context(), err)
	if w.status == 0 {
		w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = fmt.Fprintf(w, `{"type":"/api/docs#internal.error","title":%q,"status":500,"detail":%q,"code":"internal.error","request_id":%q}`,
			statuses[errInternal.Kind].title, errInternal.Message, w.Header().Get("X-Request-Id"))
	}
}
