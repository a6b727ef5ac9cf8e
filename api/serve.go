package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/errs"
	"historias/internal/session"
)

// Recorder is what the server needs of package audit.
type Recorder interface {
	Record(ctx context.Context, e audit.Event) error
}

// cookieName is the session cookie.
const cookieName = "historias_session"

// serve wraps one route: body limit, who calls, may she, how often, and the
// stored answer of a repeated request.
func (s *Server) serve(r route) echo.HandlerFunc {
	limit := r.options.body
	if limit == 0 {
		limit = defaultBody
	}
	return func(c echo.Context) error {
		req := c.Request()
		took := takenOf(req.Context())
		took.route, took.stream = r.path, r.options.stream
		if req.Body != nil && req.Body != http.NoBody {
			req.Body = http.MaxBytesReader(c.Response(), req.Body, limit)
		}
		if r.permission == public {
			if !r.options.unlimited {
				if err := s.limits.address(c, s.address(req)); err != nil {
					return r.options.tooMany(c, err)
				}
			}
			return r.handle(c)
		}
		return s.signedIn(c, r)
	}
}

// visitOf says how a request comes. A stream is opened by the page and not by a
// person, so it is no sign that somebody is there.
func visitOf(r route, fromCookie bool) session.Visit {
	return session.Visit{Cookie: fromCookie, Unattended: r.options.stream, Covered: r.options.covered}
}

// signedIn runs a route for a session. When the session changed since it was
// remembered, the wall stays closed; it is then read again and the route is
// tried once more with what the session is now.
func (s *Server) signedIn(c echo.Context, r route) error {
	token, fromCookie := credentials(c.Request())
	if token == "" {
		return errs.Unauthorized("auth.required")
	}
	if fromCookie && !s.sameSite(c.Request()) {
		return errs.New(errs.KindForbidden, "auth.cross_site", "La solicitud viene de otro sitio y no se aceptó.")
	}
	visit := visitOf(r, fromCookie)
	who, err := s.sessions.Admit(c.Request().Context(), token, visit)
	if err == nil && !who.Permissions.Has(r.permission) {
		// What looks forbidden is read again before it is refused.
		who, err = s.sessions.Refresh(c.Request().Context(), token, visit)
	}
	if err != nil {
		return err
	}
	if err := s.limits.session(c, who.SessionID); err != nil {
		return err
	}
	replay, err := rewindable(c, r)
	if err != nil {
		return err
	}
	err = s.as(c, r, who)
	if !errs.Is(err, "auth.session_changed") || c.Response().Committed {
		return err
	}
	if who, err = s.sessions.Refresh(c.Request().Context(), token, visit); err != nil {
		return err
	}
	replay()
	return s.as(c, r, who)
}

func (s *Server) as(c echo.Context, r route, who *actor.Actor) error {
	req := c.Request()
	ctx := actor.With(req.Context(), who)
	c.SetRequest(req.WithContext(ctx))
	if !who.Permissions.Has(r.permission) {
		return s.deny(ctx, r)
	}
	if r.options.fresh {
		if err := s.proved(ctx, r); err != nil {
			return err
		}
	}
	if r.options.stream {
		_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Time{})
	}
	if key := req.Header.Get("Idempotency-Key"); key != "" && req.Method == http.MethodPost && !r.options.raw && !r.options.secret {
		return s.once(c, r, key)
	}
	return r.handle(c)
}

// proved asks for the fresh proof of a route that wants one; the refusal names
// the route's permission, as every 403 does.
func (s *Server) proved(ctx context.Context, r route) error {
	err := s.sessions.Fresh(ctx)
	if e, ok := errs.As(err); ok && e.Kind == errs.KindForbidden {
		refused := *e
		refused.Permission = string(r.permission)
		return &refused
	}
	return err
}

// deny leaves an event before it refuses: who tried what without permission.
func (s *Server) deny(ctx context.Context, r route) error {
	err := s.trail.Record(ctx, audit.Event{
		Action: audit.AccessDenied, Outcome: audit.Denied, Reason: string(r.permission),
	})
	if err != nil {
		return err
	}
	refused := errs.Forbidden(string(r.permission))
	if actor.Must(ctx).FactorOverdue {
		refused.Code = "auth.factor_required"
		refused.Message = "Para continuar active su verificación en dos pasos en «Mi cuenta». Su plazo terminó."
	}
	return refused
}

// rewindable reads the body into memory, so that the route can run again and
// an idempotency key can be compared with it.
func rewindable(c echo.Context, r route) (replay func(), err error) {
	req := c.Request()
	if req.Body == nil || req.Body == http.NoBody || r.options.raw {
		return func() {}, nil
	}
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, bodyFault(err)
	}
	// Running the route gives the context another request, so it is asked for anew.
	set := func() { c.Request().Body = io.NopCloser(bytes.NewReader(raw)) }
	set()
	return set, nil
}

// credentials finds the token of a request: bearer first, else the cookie.
func credentials(r *http.Request) (token string, fromCookie bool) {
	if scheme, rest, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(rest), false
	}
	if ck, err := r.Cookie(cookieName); err == nil {
		return ck.Value, true
	}
	return "", false
}

// sameSite is the guard against cross-site requests: with the cookie, an unsafe
// method needs an Origin that is ours or allowed.
func (s *Server) sameSite(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return true
	}
	origin := r.Header.Get("Origin")
	if s.origins[origin] {
		return true
	}
	if origin != "" {
		_, host, ok := strings.Cut(origin, "://")
		return ok && host == r.Host
	}
	return r.Header.Get("Sec-Fetch-Site") == "same-origin"
}
