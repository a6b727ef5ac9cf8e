package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/page"
)

// Problem is the body of every error (RFC 9457, application/problem+json).
type Problem struct {
	Type       string         `json:"type" example:"/api/docs#patient.not_found"`
	Title      string         `json:"title" example:"No encontrado"`
	Status     int            `json:"status" example:"404"`
	Detail     string         `json:"detail" example:"No encontramos lo que busca. Puede que se haya movido o que no pertenezca a su clínica."`
	Instance   string         `json:"instance,omitempty" example:"/api/patients/01999999-0000-7000-8000-000000000000"`
	Code       string         `json:"code" example:"patient.not_found"`
	RequestID  string         `json:"request_id" example:"01999999-1111-7000-8000-000000000000"`
	Errors     []ProblemField `json:"errors,omitempty"`
	Permission string         `json:"permission,omitempty" example:"patient:write"`
	ExistingID string         `json:"existing_id,omitempty" format:"uuid"` // lo que ya existe, en un 409
	// Methods dice con qué se puede dar el segundo paso, en un 401 auth.totp_required.
	Methods []string `json:"methods,omitempty" enums:"totp,passkey,recovery_code" example:"totp"`
} //@name Problem

// ProblemField is one fault of one field.
type ProblemField struct {
	Field   string `json:"field" example:"address.postal_code"`
	Code    string `json:"code" example:"format"`
	Message string `json:"message" example:"Debe tener cinco dígitos."`
} //@name ProblemField

type statusText struct {
	status int
	title  string
}

// statuses is the one map from the kind of an error to its status.
var statuses = map[errs.Kind]statusText{
	errs.KindInternal:      {http.StatusInternalServerError, "Algo falló de nuestro lado"},
	errs.KindMalformed:     {http.StatusBadRequest, "La solicitud no se entiende"},
	errs.KindUnauthorized:  {http.StatusUnauthorized, "Hace falta entrar"},
	errs.KindForbidden:     {http.StatusForbidden, "No tiene permiso"},
	errs.KindNotFound:      {http.StatusNotFound, "No encontrado"},
	errs.KindMethodMissing: {http.StatusMethodNotAllowed, "Método no admitido"},
	errs.KindConflict:      {http.StatusConflict, "Hay un conflicto"},
	errs.KindStale:         {http.StatusPreconditionFailed, "Hay una versión más nueva"},
	errs.KindTooLarge:      {http.StatusRequestEntityTooLarge, "Es demasiado grande"},
	errs.KindUnsupported:   {http.StatusUnsupportedMediaType, "Formato no admitido"},
	errs.KindRule:          {http.StatusUnprocessableEntity, "No se puede hacer así"},
	errs.KindPrecondition:  {http.StatusPreconditionRequired, "Falta la versión"},
	errs.KindTooMany:       {http.StatusTooManyRequests, "Demasiados intentos"},
	errs.KindUnavailable:   {http.StatusServiceUnavailable, "No disponible por ahora"},
}

var errInternal = errs.New(errs.KindInternal, "internal.error",
	"Algo falló de nuestro lado y ya quedó registrado. Lo que escribió no se ha perdido; intente de nuevo.")

// known turns whatever a handler returned into an errs.Error. What is not ours
// becomes an internal error with fixed text; its cause goes to the log only.
func known(err error) *errs.Error {
	if e, ok := errs.As(err); ok {
		return e
	}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		return fromEcho(he)
	}
	if errors.Is(err, page.ErrCursor) {
		e, _ := errs.As(errs.Invalid(errs.Field{
			Field: "cursor", Code: "format", Message: "Esa página no existe. Vuelva a la primera.",
		}))
		return e
	}
	return errInternal.Because(err)
}

func fromEcho(he *echo.HTTPError) *errs.Error {
	switch he.Code {
	case http.StatusNotFound:
		return errs.New(errs.KindNotFound, "route.not_found", "Esta dirección no existe.")
	case http.StatusMethodNotAllowed:
		return errs.New(errs.KindMethodMissing, "route.method_not_allowed", "Esta dirección no admite ese método.")
	}
	return errInternal.Because(he)
}

// problemOf gives the body and the status of an error.
func problemOf(c echo.Context, e *errs.Error) Problem {
	st := statuses[e.Kind]
	p := Problem{
		Type: "/api/docs#" + e.Code, Title: st.title, Status: st.status, Detail: e.Message,
		Code: e.Code, Permission: e.Permission, ExistingID: e.Existing, Methods: e.Methods,
		RequestID: actor.OriginOf(c.Request().Context()).RequestID,
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, ProblemField(f))
	}
	return p
}

// writeProblem is the only writer of errors.
func writeProblem(c echo.Context, err error) {
	if c.Response().Committed {
		return
	}
	e := known(err)
	p := problemOf(c, e)
	if e.RetryAfter > 0 {
		c.Response().Header().Set("Retry-After", fmt.Sprint(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
	if e.Kind == errs.KindUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", `Bearer realm="historias"`)
	}
	raw, _ := json.Marshal(p)
	_ = c.Blob(p.Status, "application/problem+json; charset=utf-8", raw)
}
