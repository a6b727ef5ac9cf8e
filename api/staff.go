package api

import (
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/page"
	"historias/internal/staff"
)

// staffAPI speaks for who works in the clinic.
type staffAPI struct {
	svc *staff.Service
	// entry ends the session of somebody who leaves.
	entry accountsAPI
}

func (h staffAPI) routes() []route {
	fresh, link := routeOptions{fresh: true}, routeOptions{secret: true}
	return []route{
		{http.MethodGet, "/api/staff", actor.StaffRead, h.list, routeOptions{}},
		{http.MethodPost, "/api/staff", actor.StaffWrite, h.invite, link},
		{http.MethodGet, "/api/staff/:id", actor.StaffRead, h.get, routeOptions{}},
		{http.MethodPut, "/api/staff/:id", actor.StaffWrite, h.put, routeOptions{}},
		{http.MethodDelete, "/api/staff/:id", actor.StaffWrite, h.end, routeOptions{}},
		{http.MethodPost, "/api/staff/:id/invitation", actor.StaffWrite, h.renew, link},
		{http.MethodPost, "/api/staff/leave", actor.Signed, h.leave, fresh},
		{http.MethodPost, "/api/staff/transfer-ownership", actor.StaffWrite, h.transfer, fresh},
		{http.MethodGet, "/api/staff/ownership-offer", actor.Signed, h.offer, routeOptions{}},
		{http.MethodDelete, "/api/staff/ownership-offer", actor.Signed, h.withdraw, routeOptions{}},
		{http.MethodPost, "/api/staff/accept-ownership", actor.Signed, h.acceptOwnership, fresh},
		{http.MethodGet, "/api/confidentiality-letter", actor.Signed, h.letter, routeOptions{}},
		{http.MethodPost, "/api/confidentiality-letter/accept", actor.Signed, h.acceptLetter, routeOptions{}},
	}
}

// list gives who works in the clinic.
//
//	@Summary		Quién trabaja en la clínica
//	@Description	Quienes tienen acceso y las invitaciones que esperan, por antigüedad; con status=all, también quienes ya no lo tienen. El correo lo ve sólo quien es titular.
//	@Tags			Personal y permisos
//	@Produce		json
//	@Param			status	query		string	false	"Con all, también los accesos terminados"	Enums(current, all)
//	@Param			limit	query		int		false	"Cuántos por página (1 a 100)"
//	@Param			cursor	query		string	false	"Página siguiente"
//	@Success		200		{object}	listDTO[memberDTO]
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required"
//	@Failure		403		{object}	Problem	"auth.forbidden"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff [get]
func (h staffAPI) list(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	all := c.QueryParam("status") == "all"
	if s := c.QueryParam("status"); s != "" && s != "current" && !all {
		return field("status", "enum", "Elija una de las opciones.")
	}
	list, err := h.svc.List(c.Request().Context(), all, p)
	if err != nil {
		return err
	}
	return ok(c, h.seen(c, list))
}

// seen leaves out of a list what the caller's role does not see.
func (h staffAPI) seen(c echo.Context, list page.List[staff.Member]) listDTO[memberDTO] {
	return pageDTO(list, func(m staff.Member) memberDTO { return visible(c, actor.StaffRead, memberDTOOf(m)) })
}

// invite asks somebody to work in the clinic.
//
//	@Summary		Invitar a una persona
//	@Description	Envía la invitación por correo y devuelve su enlace, que sirve una vez y durante 72 horas; se muestra sólo esta vez. La respuesta no se guarda: repetir la solicitud, con o sin Idempotency-Key, responde 409 staff.already_invited con el id de la invitación, cuyo enlace puede renovarse. Invitar a una persona titular pide haber confirmado la identidad en los últimos cinco minutos (403 auth.proof_required).
//	@Tags			Personal y permisos
//	@Accept			json
//	@Produce		json
//	@Param			body	body		invitationRequest	true	"A quién se invita y con qué función"
//	@Success		201				{object}	invitedDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		401				{object}	Problem	"auth.required"
//	@Failure		403				{object}	Problem	"auth.forbidden, auth.proof_required"
//	@Failure		409				{object}	Problem	"staff.already_member, staff.already_invited"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff [post]
func (h staffAPI) invite(c echo.Context) error {
	body, err := bind[invitationRequest](c)
	if err != nil {
		return err
	}
	link, err := h.svc.Invite(c.Request().Context(), staff.Invitation{
		Email: body.Email, FullName: body.FullName, Role: actor.Role(body.Role),
	})
	if err != nil {
		return err
	}
	return created(c, "/api/staff/"+link.ID.String(), link.Version, invitedDTOOf(link))
}

// get gives one place.
//
//	@Summary	Una persona del personal
//	@Tags		Personal y permisos
//	@Produce	json
//	@Param		id	path		string	true	"Membresía"	format(uuid)
//	@Success	200	{object}	memberDTO
//	@Failure	401	{object}	Problem	"auth.required"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Failure	404	{object}	Problem	"staff.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/staff/{id} [get]
func (h staffAPI) get(c echo.Context) error {
	id, err := pathID(c, "id", "staff")
	if err != nil {
		return err
	}
	m, err := h.svc.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, m.Version, visible(c, actor.StaffRead, memberDTOOf(m)))
}

// put changes a role.
//
//	@Summary		Cambiar la función de una persona
//	@Description	Vale desde la siguiente solicitud de esa persona. Nadie cambia su propia función. Hacer titular a alguien, o quitarle la titularidad, pide haber confirmado la identidad en los últimos cinco minutos (403 auth.proof_required). Si la nueva función no escribe notas y hay borradores, handover_to dice quién los continúa.
//	@Tags			Personal y permisos
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string			true	"Membresía"	format(uuid)
//	@Param			If-Match	header		string			true	"Versión que se tiene a la vista"
//	@Param			body		body		staffRequest	true	"La función"
//	@Success		200			{object}	memberDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		401			{object}	Problem	"auth.required"
//	@Failure		403			{object}	Problem	"auth.forbidden, auth.proof_required"
//	@Failure		404			{object}	Problem	"staff.not_found"
//	@Failure		412			{object}	Problem	"staff.stale"
//	@Failure		422			{object}	Problem	"staff.own_role, staff.last_owner, staff.not_active, staff.license_required, staff.handover_required, staff.handover_refused"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/{id} [put]
func (h staffAPI) put(c echo.Context) error {
	id, version, err := versionedID(c, "staff")
	if err != nil {
		return err
	}
	m, err := h.svc.Change(c.Request().Context(), id, version, func() (staff.Change, error) {
		body, err := bind[staffRequest](c)
		return body.change(), err
	})
	if err != nil {
		return err
	}
	return versioned(c, m.Version, visible(c, actor.StaffRead, memberDTOOf(m)))
}

// versionedID reads the id of the path and the version of If-Match.
func versionedID(c echo.Context, subject string) (uuid.UUID, int64, error) {
	id, err := pathID(c, "id", subject)
	if err != nil {
		return id, 0, err
	}
	version, err := ifMatch(c)
	return id, version, err
}

// end ends somebody's access.
//
//	@Summary		Terminar el acceso de una persona, o cancelar su invitación
//	@Description	Vale desde la siguiente solicitud: sus sesiones en esta clínica terminan. Lo que firmó queda a su nombre; sus borradores pasan a quien diga handover_to. Terminar el acceso de una persona titular pide haber confirmado la identidad en los últimos cinco minutos.
//	@Tags			Personal y permisos
//	@Param			id			path	string	true	"Membresía"	format(uuid)
//	@Param			If-Match	header	string	true	"Versión que se tiene a la vista"
//	@Param			handover_to	query	string	false	"Membresía de quien continúa los borradores"	format(uuid)
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		401	{object}	Problem	"auth.required"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.proof_required"
//	@Failure		404	{object}	Problem	"staff.not_found"
//	@Failure		412	{object}	Problem	"staff.stale"
//	@Failure		422	{object}	Problem	"staff.own_access, staff.last_owner, staff.not_active, staff.handover_required, staff.handover_refused"
//	@Failure		428	{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/{id} [delete]
func (h staffAPI) end(c echo.Context) error {
	id, version, err := versionedID(c, "staff")
	if err != nil {
		return err
	}
	var to uuid.UUID
	if text := c.QueryParam("handover_to"); text != "" {
		if to, err = uuid.Parse(text); err != nil || len(text) != 36 || to == uuid.Nil {
			return field("handover_to", "format", "No tiene el formato que se espera.")
		}
	}
	if err := h.svc.End(c.Request().Context(), id, version, to); err != nil {
		return err
	}
	return noContent(c)
}

// renew makes a new link.
//
//	@Summary		Enviar de nuevo una invitación
//	@Description	El enlace anterior deja de servir; el nuevo va por correo y se muestra sólo esta vez. La respuesta no se guarda: cada repetición, con o sin Idempotency-Key, hace otro enlace y deja sin efecto el anterior.
//	@Tags			Personal y permisos
//	@Produce		json
//	@Param			id	path		string	true	"Membresía"	format(uuid)
//	@Success		200				{object}	invitedDTO
//	@Failure		401				{object}	Problem	"auth.required"
//	@Failure		403				{object}	Problem	"auth.forbidden, auth.proof_required"
//	@Failure		404				{object}	Problem	"staff.not_found"
//	@Failure		409				{object}	Problem	"staff.already_member"
//	@Failure		412				{object}	Problem	"staff.stale"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/{id}/invitation [post]
func (h staffAPI) renew(c echo.Context) error {
	id, err := pathID(c, "id", "staff")
	if err != nil {
		return err
	}
	link, err := h.svc.Renew(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, link.Version, invitedDTOOf(link))
}

// leave ends the caller's own access.
//
//	@Summary		Dejar la clínica
//	@Description	Termina el propio acceso a esta clínica y la sesión. La clínica conserva siempre una persona titular. Pide haber confirmado la identidad en los últimos cinco minutos.
//	@Tags			Personal y permisos
//	@Accept			json
//	@Param			body	body	leaveRequest	true	"Quién continúa los borradores, si los hay"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		401	{object}	Problem	"auth.required"
//	@Failure		403	{object}	Problem	"auth.proof_required"
//	@Failure		404	{object}	Problem	"staff.not_found"
//	@Failure		412	{object}	Problem	"staff.stale"
//	@Failure		422	{object}	Problem	"staff.last_owner, staff.not_active, staff.handover_required, staff.handover_refused"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/leave [post]
func (h staffAPI) leave(c echo.Context) error {
	body, err := bind[leaveRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.Leave(c.Request().Context(), idIn(body.HandoverTo)); err != nil {
		return err
	}
	c.SetCookie(h.entry.sessionCookie("", time.Unix(1, 0)))
	return noContent(c)
}
