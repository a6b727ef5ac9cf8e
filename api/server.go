// Package api is everything that knows HTTP and nothing that knows SQL. It maps
// requests to the use cases of the features and their errors to answers.
//
// Audit and encryption act in the services, where the act and its transaction
// are; this package supplies their context (who, from where, request id) and
// the no-store headers.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/obs"
	"historias/internal/session"
)

// Options says how the server faces the outside.
type Options struct {
	Version    string
	Production bool
	// Origins are the exact origins of ALLOWED_ORIGINS.
	Origins []string
	// Proxies are the networks whose X-Forwarded-For is believed.
	Proxies []string
	Cookie  CookieOptions
	// Operator is who the public pages say runs the service.
	Operator Operator
	// APIBase is the address of the API as the SPA must use it, empty for the same origin.
	APIBase string
	// RatePerMinute bounds each address on public routes and, tenfold, each session; 0 is off.
	RatePerMinute int
	Ready         func(context.Context) error
	Log           *slog.Logger
	// Report hears of internal errors (Sentry); the error holds no personal data.
	Report func(ctx context.Context, err error)
	// Observe hears of every request that was answered; it may be nil.
	Observe func(obs.Request)
}

// CookieOptions are the attributes of the session cookie.
type CookieOptions struct {
	Secure   bool
	HTTPOnly bool
	SameSite http.SameSite
}

// Server is the HTTP face of the program.
type Server struct {
	opts     Options
	sessions Sessions
	keys     Idempotency
	trail    Recorder
	subjects []subject
	web      http.Handler
	limits   *limits
	address  echo.IPExtractor
	origins  map[string]bool
}

// Sessions is what the server needs of package session.
type Sessions interface {
	// Admit gives the actor of a token, from memory where it can.
	Admit(ctx context.Context, token string, v session.Visit) (*actor.Actor, error)
	// Refresh reads the session again.
	Refresh(ctx context.Context, token string, v session.Visit) (*actor.Actor, error)
	// Fresh is an error unless the person proved a moment ago that it is she.
	Fresh(ctx context.Context) error
}

// Handler assembles the routes and everything around them.
func (s *Server) Handler() http.Handler { return s.outer(s.router()) }

func (s *Server) router() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = s.address
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if s.webAnswers(c.Request(), err) {
			s.web.ServeHTTP(c.Response(), c.Request())
			return
		}
		s.fail(c, err)
	}
	s.register(e)
	return e
}

// webAnswers tells whether an address that no route has is for the SPA to
// answer. It is asked here, because a catch-all route would hide that an
// address of the API exists with other methods (405).
func (s *Server) webAnswers(r *http.Request, err error) bool {
	return s.web != nil && errors.Is(err, echo.ErrNotFound) && !strings.HasPrefix(r.URL.Path, "/api/")
}

// HTTP gives a server with its timeouts set.
func (s *Server) HTTP(addr string) *http.Server {
	return &http.Server{
		Addr: addr, Handler: s.Handler(),
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(s.opts.Log.Handler(), slog.LevelDebug),
	}
}

func noReport(context.Context, error) {}

// fail writes an error and reports what nobody expected.
func (s *Server) fail(c echo.Context, err error) {
	e := known(err)
	takenOf(c.Request().Context()).code = e.Code
	if e.Kind == errs.KindInternal {
		ctx := c.Request().Context()
		if !errors.Is(err, context.Canceled) {
			s.opts.Log.ErrorContext(ctx, "internal error", "request_id", actor.OriginOf(ctx).RequestID,
				"route", c.Path(), "cause", err.Error())
			s.opts.Report(ctx, err)
		}
	}
	writeProblem(c, err)
}
