package api

import (
	"net/http"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/consultation"
	"historias/internal/errs"
)

// consultationsAPI speaks for visits and the writing of their notes.
type consultationsAPI struct{ svc *consultation.Service }

func (h consultationsAPI) routes() []route {
	read, write := actor.ConsultationRead, actor.ConsultationWrite
	return []route{
		{http.MethodGet, "/api/note-types", actor.CatalogRead, h.types, routeOptions{}},
		{http.MethodGet, "/api/patients/:id/consultations", read, h.ofPatient, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/consultations", write, h.open, routeOptions{}},
		{http.MethodGet, "/api/consultations", read, h.mine, routeOptions{}},
		{http.MethodGet, "/api/consultations/:id", read, h.get, routeOptions{}},
		{http.MethodPut, "/api/consultations/:id", write, h.put, routeOptions{}},
		{http.MethodGet, "/api/consultations/:id/completeness", read, h.completeness, routeOptions{}},
		{http.MethodPost, "/api/consultations/:id/discard", write, h.discard, routeOptions{}},
		{http.MethodPost, "/api/consultations/:id/copies", write, h.keepCopy, routeOptions{}},
		{http.MethodGet, "/api/consultations/:id/copies", write, h.copies, routeOptions{}},
	}
}

func consultationID(c echo.Context) (uuid.UUID, error) { return pathID(c, "id", "consultation") }

// types gives the kinds of note.
//
//	@Summary		Los tipos de nota
//	@Description	Datos con los que se arma el editor: las partes de cada tipo en el orden de la NOM-004-SSA3-2012, con su numeral, si son necesarias y qué respuestas admiten en lugar de un texto.
//	@Tags			Consultas
//	@Produce		json
//	@Success		200	{object}	noteTypesDTO
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/note-types [get]
func (h consultationsAPI) types(c echo.Context) error {
	out := noteTypesDTO{Items: []noteTypeDTO{}}
	for _, t := range consultation.Types() {
		out.Items = append(out.Items, noteTypeDTOOf(t))
	}
	return ok(c, out)
}

// ofPatient lists a patient's notes.
//
//	@Summary		Las notas de un paciente
//	@Description	Las más recientes primero. Sin status, todas menos los borradores descartados. De un borrador ajeno se ve que existe, no su texto. suggested_type es el tipo con el que conviene empezar la siguiente consulta.
//	@Tags			Consultas
//	@Produce		json
//	@Param			id		path		string	true	"Paciente"			Format(uuid)
//	@Param			status	query		string	false	"Estado de la nota"	Enums(draft, signed, discarded, all)
//	@Param			limit	query		int		false	"Cuántas por página (1 a 100)"
//	@Param			cursor	query		string	false	"Página siguiente"
//	@Success		200		{object}	patientConsultationsDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		404		{object}	Problem	"patient.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/consultations [get]
func (h consultationsAPI) ofPatient(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	list, err := h.svc.OfPatient(c.Request().Context(), id, c.QueryParam("status"), p)
	if err != nil {
		return err
	}
	return ok(c, patientConsultationsDTO{
		listDTO: pageDTO(list.List, consultationItemDTOOf), SuggestedType: list.Suggested,
	})
}

// open begins a visit.
//
//	@Summary		Abrir una consulta
//	@Description	Crea un borrador vacío de quien la abre. Los signos vitales que se tomaron en las últimas doce horas pasan a la nota. office_id puede faltar mientras la clínica tenga un solo consultorio.
//	@Tags			Consultas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string					true	"Paciente"	Format(uuid)
//	@Param			Idempotency-Key	header		string					false	"Clave para repetir sin duplicar"
//	@Param			body			body		newConsultationRequest	true	"Tipo de nota y consultorio"
//	@Success		201				{object}	consultationDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found, office.not_found"
//	@Failure		422				{object}	Problem	"patient.archived, office.required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/consultations [post]
func (h consultationsAPI) open(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[newConsultationRequest](c)
	if err != nil {
		return err
	}
	n, err := h.svc.Open(c.Request().Context(), body.opening(id))
	if err != nil {
		return err
	}
	return created(c, "/api/consultations/"+n.ID.String(), n.Version, consultationDTOOf(n))
}

// mine lists the caller's notes.
//
//	@Summary		Mis notas
//	@Description	Las de quien pregunta, las más recientes primero, con su paciente. Sin status, los borradores sin firmar.
//	@Tags			Consultas
//	@Produce		json
//	@Param			status	query		string	false	"Estado de la nota (draft si falta)"	Enums(draft, signed, discarded)
//	@Param			limit	query		int		false	"Cuántas por página (1 a 100)"
//	@Param			cursor	query		string	false	"Página siguiente"
//	@Success		200		{object}	listDTO[myConsultationDTO]
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations [get]
func (h consultationsAPI) mine(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	list, err := h.svc.OfAuthor(c.Request().Context(), c.QueryParam("status"), p)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, myConsultationDTOOf))
}

// get reads a note.
//
//	@Summary		Una consulta con su nota
//	@Description	Un borrador lo lee sólo quien lo escribe; una nota firmada, el personal clínico.
//	@Tags			Consultas
//	@Produce		json
//	@Param			id	path		string	true	"Consulta"	Format(uuid)
//	@Success		200	{object}	consultationDTO
//	@Failure		403	{object}	Problem	"consultation.not_author"
//	@Failure		404	{object}	Problem	"consultation.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id} [get]
func (h consultationsAPI) get(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	n, err := h.svc.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, n.Version, consultationDTOOf(n))
}

// put is the autosave.
//
//	@Summary		Guardar el borrador de una nota
//	@Description	Sustituye todo el texto: lo que falta se borra. Lo que no cambió no sube la versión. Lo incompleto se guarda; lo imposible (una temperatura de 98 °C, un código que no existe) se rechaza en su campo con 422 y nada de ese envío se guarda: quien envía puede repetirlo sin esos datos. Con otro type cambia el tipo de la nota, y el texto anterior queda entre las copias. La versión se juzga antes que el cuerpo.
//	@Tags			Consultas
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string						true	"Consulta"	Format(uuid)
//	@Param			If-Match	header		string						true	"Versión que se tiene a la vista"
//	@Param			body		body		consultationUpdateRequest	true	"Texto de la nota"
//	@Success		200			{object}	consultationDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		403			{object}	Problem	"consultation.not_author"
//	@Failure		404			{object}	Problem	"consultation.not_found"
//	@Failure		409			{object}	Problem	"consultation.already_signed, consultation.discarded"
//	@Failure		412			{object}	Problem	"consultation.stale"
//	@Failure		413			{object}	Problem	"consultation.too_large"
//	@Failure		422			{object}	Problem	"consultation.invalid, patient.archived, request.read_only"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id} [put]
func (h consultationsAPI) put(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	edit, err := h.svc.Edit(c.Request().Context(), id, version)
	if err != nil {
		return err
	}
	body, err := bind[consultationUpdateRequest](c)
	if err != nil {
		return err
	}
	if faults := changedKeys(body.consultationKeysRequest, factsOf(edit.Current)); len(faults) > 0 {
		return errs.Rule("request.read_only", readOnlyText, faults...)
	}
	n, err := edit.Save(c.Request().Context(), consultation.Update{Type: body.Type, Content: body.content()})
	if err != nil {
		return err
	}
	return versioned(c, n.Version, consultationDTOOf(n))
}

// completeness says what is missing.
//
//	@Summary		Lo que la NOM-004 pide todavía
//	@Description	Las partes de la nota que se piden a este paciente por su sexo y su edad, en su orden y con su numeral. También viene en cada respuesta de la consulta.
//	@Tags			Consultas
//	@Produce		json
//	@Param			id	path		string	true	"Consulta"	Format(uuid)
//	@Success		200	{object}	completenessDTO
//	@Failure		403	{object}	Problem	"consultation.not_author"
//	@Failure		404	{object}	Problem	"consultation.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id}/completeness [get]
func (h consultationsAPI) completeness(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	asked, err := h.svc.Completeness(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return ok(c, completenessDTOOf(asked))
}

// discard closes a draft that will not be signed.
//
//	@Summary		Descartar un borrador
//	@Description	Nada se borra: el borrador queda como descartado. Si tiene texto hace falta un motivo.
//	@Tags			Consultas
//	@Accept			json
//	@Produce		json
//	@Param			id				path	string			true	"Consulta"	Format(uuid)
//	@Param			Idempotency-Key	header	string			false	"Clave para repetir sin duplicar"
//	@Param			body			body	discardRequest	true	"Motivo"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		403	{object}	Problem	"consultation.not_author"
//	@Failure		404	{object}	Problem	"consultation.not_found"
//	@Failure		409	{object}	Problem	"consultation.already_signed, consultation.discarded, consultation.has_prescription"
//	@Failure		412	{object}	Problem	"consultation.stale"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id}/discard [post]
func (h consultationsAPI) discard(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	body, err := bind[discardRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.Discard(c.Request().Context(), id, body.Reason); err != nil {
		return err
	}
	return noContent(c)
}

// keepCopy keeps a version that lost against another one.
//
//	@Summary		Conservar otra versión de un borrador
//	@Description	Guarda junto a la nota un texto que no llegó a ser el suyo, por ejemplo el que perdió al guardarse desde dos pestañas. No se juzga su contenido.
//	@Tags			Consultas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string					true	"Consulta"	Format(uuid)
//	@Param			Idempotency-Key	header		string					false	"Clave para repetir sin duplicar"
//	@Param			body			body		consultationTextRequest	true	"El texto"
//	@Success		201				{object}	consultationCopyDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		403				{object}	Problem	"consultation.not_author"
//	@Failure		404				{object}	Problem	"consultation.not_found"
//	@Failure		413				{object}	Problem	"consultation.too_large"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id}/copies [post]
func (h consultationsAPI) keepCopy(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	body, err := bind[consultationTextRequest](c)
	if err != nil {
		return err
	}
	kept, err := h.svc.KeepCopy(c.Request().Context(), id, body.content())
	if err != nil {
		return err
	}
	return created(c, "/api/consultations/"+id.String()+"/copies", 0, consultationCopyDTOOf(kept))
}

// copies gives the kept versions.
//
//	@Summary	Las versiones conservadas de un borrador
//	@Tags		Consultas
//	@Produce	json
//	@Param		id	path		string	true	"Consulta"	Format(uuid)
//	@Success	200	{object}	consultationCopiesDTO
//	@Failure	403	{object}	Problem	"consultation.not_author"
//	@Failure	404	{object}	Problem	"consultation.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/consultations/{id}/copies [get]
func (h consultationsAPI) copies(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	kept, err := h.svc.Copies(c.Request().Context(), id)
	if err != nil {
		return err
	}
	out := consultationCopiesDTO{Items: []consultationCopyDTO{}}
	for _, k := range kept {
		out.Items = append(out.Items, consultationCopyDTOOf(k))
	}
	return ok(c, out)
}
