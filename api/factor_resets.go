package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/factor"
)

// factorResetsAPI is taking away the factors of a colleague who lost hers, by two
// persons of the clinic.
type factorResetsAPI struct{ svc *factor.Service }

func (h factorResetsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/factor-resets", actor.FactorResetApprove, h.list, routeOptions{}},
		{http.MethodPost, "/api/factor-resets", actor.StaffWrite, h.request, routeOptions{fresh: true}},
		{http.MethodPost, "/api/factor-resets/:id/approve", actor.FactorResetApprove, h.approve, routeOptions{fresh: true}},
		{http.MethodDelete, "/api/factor-resets/:id", actor.FactorResetApprove, h.cancel, routeOptions{}},
	}
}

// list gives the requests of the clinic.
//
//	@Summary		Solicitudes de quitar un segundo paso
//	@Description	Las pendientes y las de los últimos 30 días, la más nueva primero.
//	@Tags			Verificación en dos pasos
//	@Produce		json
//	@Success		200	{object}	listDTO[factorResetDTO]
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/factor-resets [get]
func (h factorResetsAPI) list(c echo.Context) error {
	all, err := h.svc.Resets(c.Request().Context())
	if err != nil {
		return err
	}
	out := listDTO[factorResetDTO]{Items: make([]factorResetDTO, 0, len(all))}
	for _, r := range all {
		out.Items = append(out.Items, factorResetDTOOf(r))
	}
	return ok(c, out)
}

// request asks for one.
//
//	@Summary		Pedir que se quite el segundo paso de una persona
//	@Description	Para quien perdió su teléfono o su llave. Otra persona debe aprobarlo en 72 horas; la persona recibe un correo. Nadie lo pide para sí: para eso está «Perdí mi segundo paso» al entrar. Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Verificación en dos pasos
//	@Accept			json
//	@Produce		json
//	@Param			body	body		resetFactorRequest	true	"De quién"
//	@Success		201		{object}	factorResetDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.locked"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		404		{object}	Problem	"membership.not_found"
//	@Failure		409		{object}	Problem	"factor_reset.pending"
//	@Failure		422		{object}	Problem	"factor_reset.own, factor_reset.no_factor"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/factor-resets [post]
func (h factorResetsAPI) request(c echo.Context) error {
	body, err := bind[resetFactorRequest](c)
	if err != nil {
		return err
	}
	r, err := h.svc.RequestReset(c.Request().Context(), parsedID(body.MembershipID))
	if err != nil {
		return err
	}
	return created(c, "/api/factor-resets/"+r.ID.String(), 0, factorResetDTOOf(r))
}

// approve is the second person's word.
//
//	@Summary		Aprobar que se quite un segundo paso
//	@Description	La da otra persona que quien lo pidió y que quien lo perdió. Con la última aprobación se quitan todos sus segundos pasos, se cierran sus sesiones y recibe un correo; si también trabaja en otra clínica, se quita 24 horas después de avisarle (scheduled). Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Verificación en dos pasos
//	@Produce		json
//	@Param			id	path		string	true	"Solicitud"	Format(uuid)
//	@Success		200	{object}	factorResetDTO
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		404	{object}	Problem	"factor_reset.not_found"
//	@Failure		409	{object}	Problem	"factor_reset.closed, factor_reset.approved_by_you"
//	@Failure		422	{object}	Problem	"factor_reset.own"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/factor-resets/{id}/approve [post]
func (h factorResetsAPI) approve(c echo.Context) error {
	id, err := pathID(c, "id", "factor_reset")
	if err != nil {
		return err
	}
	r, err := h.svc.Approve(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return ok(c, factorResetDTOOf(r))
}

// cancel takes one back.
//
//	@Summary	Cancelar la solicitud de quitar un segundo paso
//	@Tags		Verificación en dos pasos
//	@Param		id	path	string	true	"Solicitud"	Format(uuid)
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure	404	{object}	Problem	"factor_reset.not_found"
//	@Failure	409	{object}	Problem	"factor_reset.closed"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/factor-resets/{id} [delete]
func (h factorResetsAPI) cancel(c echo.Context) error {
	id, err := pathID(c, "id", "factor_reset")
	if err == nil {
		err = h.svc.CancelReset(c.Request().Context(), id)
	}
	if err != nil {
		return err
	}
	return noContent(c)
}
