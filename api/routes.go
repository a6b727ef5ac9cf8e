package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
)

// public marks a route that needs no session. The list of public routes is
// short and stands in a test.
const public actor.Permission = ""

// The body limits in bytes.
const (
	defaultBody = 1 << 20
	webhookBody = 3 << 20 // Meta's own limit (Webhooks, payload size)
)

// route is one row of the table: what may be asked, with which permission.
type route struct {
	method     string
	path       string
	permission actor.Permission
	handle     echo.HandlerFunc
	options    routeOptions
}

type routeOptions struct {
	// body is the limit of the body; 0 takes defaultBody.
	body int64
	// raw leaves reading the body to the handler (webhooks).
	raw bool
	// stream lifts the write timeout (server-sent events).
	stream bool
	// slow says that the act takes long before it changes anything and can happen
	// only once by itself; its repetition is then kept without a transaction around.
	slow bool
	// unlimited leaves requests uncounted by address: Meta delivers in bursts
	// from few addresses, and each delivery proves itself by its signature.
	unlimited bool
	// crowded answers an address that asked too often, where people read a page
	// instead of a problem; nil leaves it to the writer of problems.
	crowded func(c echo.Context, refusal error) error
	// fresh asks for a proof of the last five minutes that it is the person of
	// the session who acts; 403 auth.proof_required otherwise.
	fresh bool
	// covered says that a locked session may ask it too.
	covered bool
	// secret says that the answer holds a token or a code: it is never kept, so an
	// Idempotency-Key says nothing here.
	secret bool
}

// subject is a handler type: it lists its own routes.
type subject interface{ routes() []route }

// table is every route of the API. Nothing is served that is not in it.
func (s *Server) table() []route {
	var all []route
	for _, sub := range s.subjects {
		all = append(all, sub.routes()...)
	}
	return append(all,
		route{http.MethodGet, "/health", public, s.health, routeOptions{}},
		route{http.MethodGet, "/ready", public, s.ready, routeOptions{}},
	)
}

func (s *Server) register(e *echo.Echo) {
	for _, r := range s.table() {
		e.Add(r.method, r.path, s.serve(r))
	}
}

// health says that the process lives.
//
//	@Summary	El proceso vive
//	@Tags		Servicio
//	@Produce	json
//	@Success	200	{object}	healthDTO
//	@Router		/health [get]
func (s *Server) health(c echo.Context) error {
	return ok(c, healthDTO{Status: "ok", Version: s.opts.Version})
}

// ready says that the program can work: the database answers.
//
//	@Summary	El servicio puede atender
//	@Tags		Servicio
//	@Produce	json
//	@Success	200	{object}	healthDTO
//	@Failure	503	{object}	Problem
//	@Router		/ready [get]
func (s *Server) ready(c echo.Context) error {
	if err := s.opts.Ready(c.Request().Context()); err != nil {
		return err
	}
	return ok(c, healthDTO{Status: "ok", Version: s.opts.Version})
}

type healthDTO struct {
	Status  string `json:"status" example:"ok"`
	Version string `json:"version" example:"1.0.0"`
} //@name Health

// Timeouts of the server: slow clients must not hold it.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeaderBytes    = 16 << 10
)
