package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
)

// profileAPI is what a person says of herself.
type profileAPI struct{ svc *account.Service }

func (h profileAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/auth/profile", actor.Signed, h.get, routeOptions{}},
		{http.MethodPut, "/api/auth/profile", actor.Signed, h.put, routeOptions{}},
	}
}

// get reads one's own data.
//
//	@Summary	Mis datos
//	@Tags		Cuentas y sesiones
//	@Produce	json
//	@Success	200	{object}	profileDTO
//	@Failure	401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure	503	{object}	Problem	"database.away"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/profile [get]
func (h profileAPI) get(c echo.Context) error {
	p, err := h.svc.Profile(c.Request().Context())
	if err != nil {
		return err
	}
	return versioned(c, p.Version, profileDTOOf(p))
}

// put replaces one's own data.
//
//	@Summary		Guardar mis datos
//	@Description	Lo que la persona ya firmó conserva los datos que tenía al firmarlo. Una cédula puede corregirse, pero no quitarse. Registrar la cédula por primera vez pide una prueba reciente de identidad (5 minutos).
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			If-Match	header		string			true	"Versión que se tiene a la vista"
//	@Param			body		body		profileRequest	true	"Datos de la persona"
//	@Success		200			{object}	profileDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		401			{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403			{object}	Problem	"auth.cross_site, auth.proof_required"
//	@Failure		412			{object}	Problem	"user.stale"
//	@Failure		415			{object}	Problem	"request.content_type"
//	@Failure		422			{object}	Problem	"request.read_only"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Failure		503			{object}	Problem	"database.away"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/profile [put]
func (h profileAPI) put(c echo.Context) error {
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	now, err := h.svc.Profile(ctx)
	if err != nil {
		return err
	}
	p, err := h.svc.UpdateProfile(ctx, version, later(c, profileDTOOf(now), profileRequest.person))
	if err != nil {
		return err
	}
	return versioned(c, p.Version, profileDTOOf(p))
}
