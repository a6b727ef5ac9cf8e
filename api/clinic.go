package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/clinic"
)

// clinicAPI is the clinic's own data and its offices.
type clinicAPI struct{ svc *clinic.Service }

func (h clinicAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/clinic", actor.ClinicRead, h.get, routeOptions{}},
		{http.MethodPut, "/api/clinic", actor.ClinicWrite, h.put, routeOptions{}},
		{http.MethodGet, "/api/offices", actor.ClinicRead, h.offices, routeOptions{}},
		{http.MethodPost, "/api/offices", actor.ClinicWrite, h.createOffice, routeOptions{}},
		{http.MethodGet, "/api/offices/:id", actor.ClinicRead, h.office, routeOptions{}},
		{http.MethodPut, "/api/offices/:id", actor.ClinicWrite, h.putOffice, routeOptions{}},
	}
}

// get reads the clinic.
//
//	@Summary	La clínica
//	@Tags		Clínica
//	@Produce	json
//	@Success	200	{object}	clinicDTO
//	@Failure	401	{object}	Problem	"auth.required"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/clinic [get]
func (h clinicAPI) get(c echo.Context) error {
	p, err := h.svc.Profile(c.Request().Context())
	if err != nil {
		return err
	}
	return versioned(c, p.Version, clinicDTOOf(p))
}

// put replaces the clinic's data.
//
//	@Summary	Guardar los datos de la clínica
//	@Tags		Clínica
//	@Accept		json
//	@Produce	json
//	@Param		If-Match	header		string			true	"Versión que se tiene a la vista"
//	@Param		body		body		clinicRequest	true	"Datos de la clínica"
//	@Success	200			{object}	clinicDTO
//	@Failure	400			{object}	Problem	"request.invalid"
//	@Failure	401			{object}	Problem	"auth.required"
//	@Failure	403			{object}	Problem	"auth.forbidden"
//	@Failure	412			{object}	Problem	"clinic.stale"
//	@Failure	422			{object}	Problem	"request.read_only"
//	@Failure	428			{object}	Problem	"request.if_match"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/clinic [put]
func (h clinicAPI) put(c echo.Context) error {
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	now, err := h.svc.Profile(ctx)
	if err != nil {
		return err
	}
	p, err := h.svc.Update(ctx, version, later(c, clinicDTOOf(now), clinicRequest.update))
	if err != nil {
		return err
	}
	return versioned(c, p.Version, clinicDTOOf(p))
}

// offices lists the offices.
//
//	@Summary	Los consultorios
//	@Tags		Clínica
//	@Produce	json
//	@Param		limit	query		int		false	"Cuántos por página (1 a 100)"
//	@Param		cursor	query		string	false	"Página siguiente"
//	@Success	200		{object}	listDTO[officeDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	401		{object}	Problem	"auth.required"
//	@Failure	403		{object}	Problem	"auth.forbidden"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/offices [get]
func (h clinicAPI) offices(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	list, err := h.svc.Offices(c.Request().Context(), p)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, officeDTOOf))
}

// createOffice adds an office.
//
//	@Summary	Añadir un consultorio
//	@Tags		Clínica
//	@Accept		json
//	@Produce	json
//	@Param		Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param		body			body		officeRequest	true	"Datos del consultorio"
//	@Success	201				{object}	officeDTO
//	@Failure	400				{object}	Problem	"request.invalid"
//	@Failure	401				{object}	Problem	"auth.required"
//	@Failure	403				{object}	Problem	"auth.forbidden"
//	@Failure	409				{object}	Problem	"idempotency.in_flight"
//	@Failure	422				{object}	Problem	"idempotency.mismatch"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/offices [post]
func (h clinicAPI) createOffice(c echo.Context) error {
	body, err := bind[officeRequest](c)
	if err != nil {
		return err
	}
	o, err := h.svc.CreateOffice(c.Request().Context(), body.data())
	if err != nil {
		return err
	}
	return created(c, "/api/offices/"+o.ID.String(), o.Version, officeDTOOf(o))
}

// office reads one office.
//
//	@Summary	Un consultorio
//	@Tags		Clínica
//	@Produce	json
//	@Param		id	path		string	true	"Consultorio"	format(uuid)
//	@Success	200	{object}	officeDTO
//	@Failure	401	{object}	Problem	"auth.required"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Failure	404	{object}	Problem	"office.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/offices/{id} [get]
func (h clinicAPI) office(c echo.Context) error {
	id, err := pathID(c, "id", "office")
	if err != nil {
		return err
	}
	o, err := h.svc.Office(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, o.Version, officeDTOOf(o))
}

// putOffice replaces an office's data.
//
//	@Summary	Guardar un consultorio
//	@Tags		Clínica
//	@Accept		json
//	@Produce	json
//	@Param		id			path		string			true	"Consultorio"	format(uuid)
//	@Param		If-Match	header		string			true	"Versión que se tiene a la vista"
//	@Param		body		body		officeUpdateRequest	true	"Datos del consultorio"
//	@Success	200			{object}	officeDTO
//	@Failure	400			{object}	Problem	"request.invalid"
//	@Failure	401			{object}	Problem	"auth.required"
//	@Failure	403			{object}	Problem	"auth.forbidden"
//	@Failure	404			{object}	Problem	"office.not_found"
//	@Failure	412			{object}	Problem	"office.stale"
//	@Failure	422			{object}	Problem	"request.read_only"
//	@Failure	428			{object}	Problem	"request.if_match"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/offices/{id} [put]
func (h clinicAPI) putOffice(c echo.Context) error {
	id, err := pathID(c, "id", "office")
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	now, err := h.svc.Office(ctx, id)
	if err != nil {
		return err
	}
	o, err := h.svc.UpdateOffice(ctx, id, version, later(c, officeDTOOf(now), officeUpdateRequest.data))
	if err != nil {
		return err
	}
	return versioned(c, o.Version, officeDTOOf(o))
}
