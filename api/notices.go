package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/notice"
)

// noticesAPI speaks for a clinic's privacy notices.
type noticesAPI struct{ svc *notice.Service }

func (h noticesAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/privacy-notices", actor.NoticeRead, h.list, routeOptions{}},
		{http.MethodPost, "/api/privacy-notices", actor.NoticePublish, h.create, routeOptions{}},
		{http.MethodGet, "/api/privacy-notices/:id", actor.NoticeRead, h.get, routeOptions{}},
		{http.MethodPut, "/api/privacy-notices/:id", actor.NoticePublish, h.put, routeOptions{}},
		{http.MethodPost, "/api/privacy-notices/:id/publish", actor.NoticePublish, h.publish, routeOptions{}},
	}
}

// list gives the clinic's notices, newest first.
//
//	@Summary	Los avisos de privacidad de la clínica
//	@Tags		Aviso de privacidad
//	@Produce	json
//	@Param		limit	query		int		false	"Cuántos por página (1 a 100)"
//	@Param		cursor	query		string	false	"Página siguiente"
//	@Success	200		{object}	listDTO[noticeDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/privacy-notices [get]
func (h noticesAPI) list(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	list, err := h.svc.List(c.Request().Context(), p)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, noticeDTOOf))
}

// create prepares a draft.
//
//	@Summary		Preparar una versión nueva del aviso
//	@Description	Sin summary ni elements empieza con el texto vigente o, si no lo hay, con el aviso base.
//	@Tags			Aviso de privacidad
//	@Accept			json
//	@Produce		json
//	@Param			Idempotency-Key	header		string				false	"Clave para repetir sin duplicar"
//	@Param			body			body		newNoticeRequest	true	"El borrador"
//	@Success		201				{object}	noticeDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/privacy-notices [post]
func (h noticesAPI) create(c echo.Context) error {
	body, err := bind[newNoticeRequest](c)
	if err != nil {
		return err
	}
	n, err := h.svc.Create(c.Request().Context(), body.drafting())
	if err != nil {
		return err
	}
	return created(c, "/api/privacy-notices/"+n.ID.String(), n.Revision, noticeDTOOf(n))
}

// get reads one notice.
//
//	@Summary	Un aviso de privacidad
//	@Tags		Aviso de privacidad
//	@Produce	json
//	@Param		id	path		string	true	"Aviso"	Format(uuid)
//	@Success	200	{object}	noticeDTO
//	@Failure	404	{object}	Problem	"notice.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/privacy-notices/{id} [get]
func (h noticesAPI) get(c echo.Context) error {
	id, err := pathID(c, "id", "notice")
	if err != nil {
		return err
	}
	n, err := h.svc.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, n.Revision, noticeDTOOf(n))
}

// put replaces the words of a draft.
//
//	@Summary	Guardar un borrador del aviso
//	@Tags		Aviso de privacidad
//	@Accept		json
//	@Produce	json
//	@Param		id			path		string			true	"Aviso"	Format(uuid)
//	@Param		If-Match	header		string			true	"Versión que se tiene a la vista"
//	@Param		body		body		noticeRequest	true	"El texto"
//	@Success	200			{object}	noticeDTO
//	@Failure	400			{object}	Problem	"request.invalid"
//	@Failure	404			{object}	Problem	"notice.not_found"
//	@Failure	412			{object}	Problem	"notice.stale"
//	@Failure	422			{object}	Problem	"notice.published, request.read_only"
//	@Failure	428			{object}	Problem	"request.if_match"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/privacy-notices/{id} [put]
func (h noticesAPI) put(c echo.Context) error {
	id, err := pathID(c, "id", "notice")
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	now, err := h.svc.Get(ctx, id)
	if err != nil {
		return err
	}
	n, err := h.svc.Update(ctx, id, version, later(c, noticeDTOOf(now), noticeRequest.edit))
	if err != nil {
		return err
	}
	return versioned(c, n.Revision, noticeDTOOf(n))
}

// publish puts a draft into force.
//
//	@Summary		Publicar un borrador del aviso
//	@Description	Queda como la versión siguiente y ya no cambia; la anterior se conserva.
//	@Tags			Aviso de privacidad
//	@Produce		json
//	@Param			id				path		string	true	"Aviso"	Format(uuid)
//	@Param			Idempotency-Key	header		string	false	"Clave para repetir sin duplicar"
//	@Success		200				{object}	noticeDTO
//	@Failure		404				{object}	Problem	"notice.not_found"
//	@Failure		422				{object}	Problem	"notice.incomplete, notice.published, clinic.incomplete"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/privacy-notices/{id}/publish [post]
func (h noticesAPI) publish(c echo.Context) error {
	id, err := pathID(c, "id", "notice")
	if err != nil {
		return err
	}
	n, err := h.svc.Publish(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, n.Revision, noticeDTOOf(n))
}
