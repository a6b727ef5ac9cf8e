package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/session"
)

// securityAPI is what a clinic asks of the sessions of its people.
type securityAPI struct{ svc *session.Service }

func (h securityAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/clinic/security", actor.ClinicRead, h.get, routeOptions{}},
		{http.MethodPut, "/api/clinic/security", actor.SecurityWrite, h.put, routeOptions{fresh: true}},
	}
}

// get reads it.
//
//	@Summary	La seguridad de la clínica
//	@Tags		Clínica
//	@Produce	json
//	@Success	200	{object}	securityDTO
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/clinic/security [get]
func (h securityAPI) get(c echo.Context) error {
	s, err := h.svc.Security(c.Request().Context())
	if err != nil {
		return err
	}
	return versioned(c, s.Version, securityDTOOf(s))
}

// put changes it.
//
//	@Summary		Guardar la seguridad de la clínica
//	@Description	lock_minutes: después de cuántos minutos sin uso se bloquea una sesión (1 a 120). factor_required: si todo el personal debe tener verificación en dos pasos; quien no la tiene dispone de 14 días. Vale desde la siguiente solicitud de cada quien. Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Clínica
//	@Accept			json
//	@Produce		json
//	@Param			If-Match	header		string			true	"Versión que se tiene a la vista"
//	@Param			body		body		securityRequest	true	"Lo que pide la clínica"
//	@Success		200			{object}	securityDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		401			{object}	Problem	"auth.required, auth.locked"
//	@Failure		403			{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		412			{object}	Problem	"clinic_security.stale"
//	@Failure		422			{object}	Problem	"request.read_only"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/clinic/security [put]
func (h securityAPI) put(c echo.Context) error {
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	now, err := h.svc.Security(ctx)
	if err != nil {
		return err
	}
	s, err := h.svc.UpdateSecurity(ctx, version, later(c, securityDTOOf(now), securityRequest.update))
	if err != nil {
		return err
	}
	return versioned(c, s.Version, securityDTOOf(s))
}

type securityKeys struct {
	Version   *int64     `json:"version,omitempty" swaggerignore:"true"`
	UpdatedAt *time.Time `json:"updated_at,omitempty" swaggerignore:"true"`
}

type securityRequest struct {
	LockMinutes    int  `json:"lock_minutes" example:"15" minimum:"1" maximum:"120"`
	FactorRequired bool `json:"factor_required" example:"false"`
	securityKeys
} //@name ClinicSecurityRequest

func (r securityRequest) serverKeys() any { return r.securityKeys }

func (r securityRequest) update() session.SecurityUpdate {
	return session.SecurityUpdate{LockMinutes: r.LockMinutes, FactorRequired: r.FactorRequired}
}

type securityDTO struct {
	LockMinutes    int        `json:"lock_minutes" example:"15"`
	FactorRequired bool       `json:"factor_required" example:"false"`
	Version        int64      `json:"version" example:"1"`
	UpdatedAt      *time.Time `json:"updated_at,omitempty" format:"date-time" example:"2026-11-23T18:00:00Z"`
} //@name ClinicSecurity

func securityDTOOf(s session.Security) securityDTO {
	out := securityDTO{LockMinutes: s.LockMinutes, FactorRequired: s.FactorRequired, Version: s.Version}
	if !s.UpdatedAt.IsZero() {
		out.UpdatedAt = &s.UpdatedAt
	}
	return out
}
