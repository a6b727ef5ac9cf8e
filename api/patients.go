package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/patient"
)

// patientsAPI speaks for the register of patients.
type patientsAPI struct{ svc *patient.Service }

func (h patientsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/patients", actor.PatientRead, h.list, routeOptions{}},
		{http.MethodPost, "/api/patients", actor.PatientWrite, h.create, routeOptions{}},
		{http.MethodPost, "/api/patients/duplicates", actor.PatientWrite, h.duplicates, routeOptions{}},
		{http.MethodGet, "/api/patients/:id", actor.PatientRead, h.get, routeOptions{}},
		{http.MethodPut, "/api/patients/:id", actor.PatientWrite, h.put, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/archive", actor.PatientWrite, h.archive, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/unarchive", actor.PatientWrite, h.unarchive, routeOptions{}},
	}
}

// list searches patients.
//
//	@Summary		Buscar pacientes
//	@Description	Con q busca por el comienzo de los nombres (2 letras o más) en cualquier orden y sin acentos, o por CURP, teléfono, correo o expediente. Sin q, los vistos más recientemente primero.
//	@Tags			Pacientes
//	@Produce		json
//	@Param			q		query		string	false	"Lo que se busca"
//	@Param			status	query		string	false	"Estado del expediente (active si falta)"	Enums(active, archived, all)
//	@Param			consent	query		string	false	"Estado del consentimiento; missing son todos los que no lo han aceptado, waiting los que ya recibieron la solicitud"	Enums(missing, waiting, none, requested, queued, sent, delivered, read, failed, accepted, refused, revoked, expired)
//	@Param			limit	query		int		false	"Cuántos por página (1 a 100)"
//	@Param			cursor	query		string	false	"Página siguiente"
//	@Success		200		{object}	listDTO[patientItemDTO]
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients [get]
func (h patientsAPI) list(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	list, err := h.svc.Search(c.Request().Context(), patient.Filter{
		Query: c.QueryParam("q"), Status: c.QueryParam("status"), Consent: c.QueryParam("consent"), Page: p,
	})
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, func(l patient.Listed) patientItemDTO {
		return visible(c, actor.PatientRead, patientItemDTOOf(l))
	}))
}

// create registers a patient.
//
//	@Summary		Registrar un paciente
//	@Description	Nombre, primer apellido, fecha de nacimiento, sexo y domicilio son necesarios; un menor de 18 años necesita representante. Con identity_status provisional basta el sexo. Una CURP que no concuerda y los posibles duplicados vuelven en warnings y no impiden guardar.
//	@Tags			Pacientes
//	@Accept			json
//	@Produce		json
//	@Param			Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param			body			body		patientRequest	true	"Datos del paciente"
//	@Success		201				{object}	patientDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients [post]
func (h patientsAPI) create(c echo.Context) error {
	body, err := bind[patientRequest](c)
	if err != nil {
		return err
	}
	p, warnings, err := h.svc.Create(c.Request().Context(), body.form())
	if err != nil {
		return err
	}
	return created(c, "/api/patients/"+p.ID.String(), p.Version, visible(c, actor.PatientRead, patientSavedDTOOf(p, warnings)))
}

// duplicates tells who may be the same person.
//
//	@Summary		Posibles duplicados de lo que se está escribiendo
//	@Description	Toma el mismo cuerpo que el registro, incluso a medio escribir, y no guarda nada.
//	@Tags			Pacientes
//	@Accept			json
//	@Produce		json
//	@Param			body	body		patientRequest	true	"Datos del paciente"
//	@Success		200		{object}	duplicatesDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/duplicates [post]
func (h patientsAPI) duplicates(c echo.Context) error {
	body, err := bind[patientRequest](c)
	if err != nil {
		return err
	}
	found, err := h.svc.Duplicates(c.Request().Context(), body.form())
	if err != nil {
		return err
	}
	return ok(c, duplicatesDTOOf(found))
}

// get reads a patient.
//
//	@Summary	Un paciente
//	@Description	Los datos que la función de quien pregunta no ve faltan en la respuesta (GET /api/permissions dice cuáles ve cada una).
//	@Tags		Pacientes
//	@Produce	json
//	@Param		id	path		string	true	"Paciente"	format(uuid)
//	@Success	200	{object}	patientDTO
//	@Failure	404	{object}	Problem	"patient.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id} [get]
func (h patientsAPI) get(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	p, err := h.svc.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, visible(c, actor.PatientRead, patientDTOOf(p)))
}

// put replaces a patient's data.
//
//	@Summary		Guardar los datos de un paciente
//	@Description	Sustituye toda la parte editable: lo que falta se borra. Los datos que pone el sistema pueden volver como se leyeron; los que la función no ve se conservan y no se aceptan. La versión se juzga antes que el cuerpo.
//	@Tags			Pacientes
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string					true	"Paciente"	format(uuid)
//	@Param			If-Match	header		string					true	"Versión que se tiene a la vista"
//	@Param			body		body		patientUpdateRequest	true	"Datos del paciente"
//	@Success		200			{object}	patientDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		404			{object}	Problem	"patient.not_found"
//	@Failure		412			{object}	Problem	"patient.stale"
//	@Failure		422			{object}	Problem	"patient.archived, patient.read_only, patient.field_not_allowed"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id} [put]
func (h patientsAPI) put(c echo.Context) error {
	edit, err := h.edit(c)
	if err != nil {
		return err
	}
	body, err := bind[patientUpdateRequest](c)
	if err != nil {
		return err
	}
	if err := body.unchanged(patientFactsOf(edit.Current)); err != nil {
		return err
	}
	if faults := keepUnseen(c, actor.PatientWrite, &body.patientRequest, patientDataOf(edit.Current.Identity)); len(faults) > 0 {
		return errs.Rule("patient.field_not_allowed", "Su función no permite cambiar los datos señalados.", faults...)
	}
	p, warnings, err := edit.Save(c.Request().Context(), body.form())
	if err != nil {
		return err
	}
	return versioned(c, p.Version, visible(c, actor.PatientRead, patientSavedDTOOf(p, warnings)))
}

// edit opens the patient of the path at the version of If-Match.
func (h patientsAPI) edit(c echo.Context) (*patient.Edit, error) {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return nil, err
	}
	version, err := ifMatch(c)
	if err != nil {
		return nil, err
	}
	return h.svc.Edit(c.Request().Context(), id, version)
}

// archive puts a record away.
//
//	@Summary	Archivar un expediente
//	@Tags		Pacientes
//	@Accept		json
//	@Produce	json
//	@Param		id				path		string			true	"Paciente"	format(uuid)
//	@Param		Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param		body			body		archiveRequest	true	"Motivo"
//	@Success	200				{object}	patientDTO
//	@Failure	400				{object}	Problem	"request.invalid"
//	@Failure	404				{object}	Problem	"patient.not_found"
//	@Failure	409				{object}	Problem	"patient.archived, patient.changed"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/archive [post]
func (h patientsAPI) archive(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[archiveRequest](c)
	if err != nil {
		return err
	}
	p, err := h.svc.Archive(c.Request().Context(), id, body.Reason)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, visible(c, actor.PatientRead, patientDTOOf(p)))
}

// unarchive takes a record out of the archive.
//
//	@Summary	Desarchivar un expediente
//	@Tags		Pacientes
//	@Produce	json
//	@Param		id				path		string	true	"Paciente"	format(uuid)
//	@Param		Idempotency-Key	header		string	false	"Clave para repetir sin duplicar"
//	@Success	200				{object}	patientDTO
//	@Failure	404				{object}	Problem	"patient.not_found"
//	@Failure	409				{object}	Problem	"patient.not_archived, patient.changed"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/unarchive [post]
func (h patientsAPI) unarchive(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	p, err := h.svc.Unarchive(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, visible(c, actor.PatientRead, patientDTOOf(p)))
}
