package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/prescription"
)

// prescriptionsAPI speaks for recetas.
type prescriptionsAPI struct{ svc *prescription.Service }

func (h prescriptionsAPI) routes() []route {
	read, write := actor.PrescriptionRead, actor.PrescriptionWrite
	return []route{
		{http.MethodGet, "/api/consultations/:id/prescriptions", read, h.ofConsultation, routeOptions{}},
		{http.MethodPost, "/api/consultations/:id/prescriptions", write, h.create, routeOptions{}},
		{http.MethodGet, "/api/patients/:id/prescriptions", read, h.ofPatient, routeOptions{}},
		{http.MethodGet, "/api/prescriptions", read, h.list, routeOptions{}},
		{http.MethodGet, "/api/prescriptions/:id", read, h.get, routeOptions{}},
		{http.MethodPut, "/api/prescriptions/:id", write, h.put, routeOptions{}},
		{http.MethodPost, "/api/prescriptions/:id/sign", write, h.sign, routeOptions{slow: true}},
		{http.MethodPost, "/api/prescriptions/:id/void", write, h.void, routeOptions{}},
		{http.MethodPost, "/api/prescriptions/:id/reissue", write, h.reissue, routeOptions{}},
		{http.MethodPost, "/api/prescriptions/:id/discard", write, h.discard, routeOptions{}},
		{http.MethodGet, "/api/prescriptions/:id/pdf", read, h.pdf, routeOptions{}},
		{http.MethodGet, "/api/prescriptions/:id/preview.pdf", write, h.preview, routeOptions{}},
		{http.MethodGet, "/api/prescriptions/:id/items/:item_id/alternatives", write, h.alternatives, routeOptions{}},
	}
}

// ofConsultation lists the recetas of one visit.
//
//	@Summary	Las recetas de una consulta
//	@Tags		Recetas
//	@Produce	json
//	@Param		id		path		string	true	"Consulta"	Format(uuid)
//	@Param		status	query		string	false	"Solo en este estado"	Enums(draft,discarded,signed,voided)
//	@Param		limit	query		int		false	"Cuántas por página (1 a 100)"
//	@Param		cursor	query		string	false	"Página siguiente"
//	@Success	200		{object}	listDTO[prescriptionListItemDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	404		{object}	Problem	"consultation.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/consultations/{id}/prescriptions [get]
func (h prescriptionsAPI) ofConsultation(c echo.Context) error {
	id, err := pathID(c, "id", "consultation")
	if err != nil {
		return err
	}
	return h.listed(c, prescription.Filter{ConsultationID: id})
}

// ofPatient lists the recetas of one patient.
//
//	@Summary	Las recetas de un paciente, la más reciente primero
//	@Tags		Recetas
//	@Produce	json
//	@Param		id		path		string	true	"Paciente"	Format(uuid)
//	@Param		status	query		string	false	"Solo en este estado"	Enums(draft,discarded,signed,voided)
//	@Param		limit	query		int		false	"Cuántas por página (1 a 100)"
//	@Param		cursor	query		string	false	"Página siguiente"
//	@Success	200		{object}	listDTO[prescriptionListItemDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	404		{object}	Problem	"patient.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/prescriptions [get]
func (h prescriptionsAPI) ofPatient(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	return h.listed(c, prescription.Filter{PatientID: id})
}

// list gives the recetas of the clinic.
//
//	@Summary	Las recetas de la clínica, la más reciente primero
//	@Tags		Recetas
//	@Produce	json
//	@Param		mine	query		bool	false	"Solo las propias"
//	@Param		status	query		string	false	"Solo en este estado"	Enums(draft,discarded,signed,voided)
//	@Param		limit	query		int		false	"Cuántas por página (1 a 100)"
//	@Param		cursor	query		string	false	"Página siguiente"
//	@Success	200		{object}	listDTO[prescriptionListItemDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/prescriptions [get]
func (h prescriptionsAPI) list(c echo.Context) error {
	mine := c.QueryParam("mine")
	if !slices.Contains([]string{"", "true", "false"}, mine) {
		return field("mine", "enum", "Elija true o false.")
	}
	return h.listed(c, prescription.Filter{Mine: mine == "true"})
}

func (h prescriptionsAPI) listed(c echo.Context, f prescription.Filter) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	f.Status = prescription.Status(c.QueryParam("status"))
	if f.Status != "" && !slices.Contains(prescription.Statuses(), f.Status) {
		return field("status", "enum", "Elija una de las opciones.")
	}
	list, err := h.svc.List(c.Request().Context(), f, p)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, prescriptionListItemDTOOf))
}

// create begins a receta.
//
//	@Summary		Comenzar una receta en una consulta
//	@Description	En un borrador propio o en una nota firmada. copy_of repite los medicamentos de una receta firmada del mismo paciente. Las alertas vuelven en alerts.
//	@Tags			Recetas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string					true	"Consulta"	Format(uuid)
//	@Param			Idempotency-Key	header		string					false	"Clave para repetir sin duplicar"
//	@Param			body			body		newPrescriptionRequest	true	"Medicamentos; puede ir vacío"
//	@Success		201				{object}	prescriptionDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		403				{object}	Problem	"prescription.profession, consultation.not_author"
//	@Failure		404				{object}	Problem	"consultation.not_found, prescription.not_found"
//	@Failure		409				{object}	Problem	"consultation.discarded, prescription.not_signed"
//	@Failure		422				{object}	Problem	"patient.archived, prescription.medication, prescription.other_patient"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id}/prescriptions [post]
func (h prescriptionsAPI) create(c echo.Context) error {
	id, err := pathID(c, "id", "consultation")
	if err != nil {
		return err
	}
	body, err := bind[newPrescriptionRequest](c)
	if err != nil {
		return err
	}
	p, err := h.svc.Open(c.Request().Context(), id, body.opening())
	if err != nil {
		return err
	}
	return begun(c, p)
}

func begun(c echo.Context, p prescription.Prescription) error {
	return created(c, "/api/prescriptions/"+p.ID.String(), p.Version, prescriptionDTOOf(p))
}

// get reads one receta.
//
//	@Summary		Una receta
//	@Description	Un borrador lo lee solo quien lo escribe; sus alertas se juzgan de nuevo.
//	@Tags			Recetas
//	@Produce		json
//	@Param			id	path		string	true	"Receta"	Format(uuid)
//	@Success		200	{object}	prescriptionDTO
//	@Failure		403	{object}	Problem	"prescription.not_author"
//	@Failure		404	{object}	Problem	"prescription.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/prescriptions/{id} [get]
func (h prescriptionsAPI) get(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	p, err := h.svc.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, prescriptionDTOOf(p))
}

func prescriptionID(c echo.Context) (uuid.UUID, error) { return pathID(c, "id", "prescription") }

// put replaces the content of a draft.
//
//	@Summary		Guardar el borrador de una receta
//	@Description	Sustituye los medicamentos y los motivos; lo que falta se borra. Guardar sin cambios no sube la versión. La versión se juzga antes que el cuerpo.
//	@Tags			Recetas
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string						true	"Receta"	Format(uuid)
//	@Param			If-Match	header		string						true	"Versión que se tiene a la vista"
//	@Param			body		body		prescriptionUpdateRequest	true	"Medicamentos y motivos"
//	@Success		200			{object}	prescriptionDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		403			{object}	Problem	"prescription.not_author, prescription.profession"
//	@Failure		404			{object}	Problem	"prescription.not_found"
//	@Failure		409			{object}	Problem	"prescription.already_signed, prescription.discarded"
//	@Failure		412			{object}	Problem	"prescription.stale"
//	@Failure		422			{object}	Problem	"patient.archived, prescription.medication, request.read_only"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/prescriptions/{id} [put]
func (h prescriptionsAPI) put(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	body := func(now prescription.Prescription) (prescription.Edit, error) {
		return later(c, prescriptionDTOOf(now), prescriptionUpdateRequest.edit)()
	}
	p, err := h.svc.Save(c.Request().Context(), id, version, body)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, prescriptionDTOOf(p))
}

// sign freezes a draft.
//
//	@Summary		Firmar una receta
//	@Description	Con la contraseña, o con un código si hay verificación en dos pasos. Las alertas se juzgan de nuevo.
//	@Tags			Recetas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string		true	"Receta"	Format(uuid)
//	@Param			If-Match		header		string		false	"Versión que se tiene a la vista"
//	@Param			Idempotency-Key	header		string		false	"Clave para repetir sin duplicar"
//	@Param			body			body		signRequest	true	"Prueba de quién firma"
//	@Success		200				{object}	prescriptionDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		403				{object}	Problem	"prescription.not_author, prescription.profession"
//	@Failure		404				{object}	Problem	"prescription.not_found"
//	@Failure		409				{object}	Problem	"prescription.already_signed, prescription.discarded, consultation.discarded"
//	@Failure		412				{object}	Problem	"prescription.stale"
//	@Failure		422				{object}	Problem	"prescription.incomplete, prescription.alerts_open, auth.wrong_password, auth.invalid_code, auth.totp_not_enrolled, auth.passkey_refused, auth.challenge_expired, clinic.incomplete, user.no_license, patient.archived, office.required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/prescriptions/{id}/sign [post]
func (h prescriptionsAPI) sign(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	proof := prescription.Proof{}
	if c.Request().Header.Get("If-Match") != "" {
		if proof.Version, err = ifMatch(c); err != nil {
			return err
		}
	}
	body, err := bind[signRequest](c)
	if err != nil {
		return err
	}
	proof.Password, proof.TOTPCode = body.Password, body.TOTPCode
	if body.Passkey != nil {
		proof.Passkey = &prescription.Passkey{ChallengeID: parsedID(body.Passkey.ChallengeID), Credential: body.Passkey.Credential}
	}
	p, err := h.svc.Sign(c.Request().Context(), id, proof)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, prescriptionDTOOf(p))
}

// void annuls a signed receta.
//
//	@Summary		Anular una receta
//	@Description	Con su motivo. Sus medicamentos dejan de estar en uso y quien la verifique lo sabrá.
//	@Tags			Recetas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string		true	"Receta"	Format(uuid)
//	@Param			Idempotency-Key	header		string		false	"Clave para repetir sin duplicar"
//	@Param			body			body		voidRequest	true	"Motivo, con tres letras o más"
//	@Success		200				{object}	prescriptionDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		403				{object}	Problem	"prescription.not_author, prescription.profession"
//	@Failure		404				{object}	Problem	"prescription.not_found"
//	@Failure		409				{object}	Problem	"prescription.already_voided, prescription.not_signed"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/prescriptions/{id}/void [post]
func (h prescriptionsAPI) void(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	body, err := bind[voidRequest](c)
	if err != nil {
		return err
	}
	p, err := h.svc.Void(c.Request().Context(), id, body.Reason)
	if err != nil {
		return err
	}
	return versioned(c, p.Version, prescriptionDTOOf(p))
}

// reissue begins the receta that replaces a voided one.
//
//	@Summary	Expedir de nuevo una receta anulada
//	@Tags		Recetas
//	@Produce	json
//	@Param		id				path		string	true	"Receta anulada"	Format(uuid)
//	@Param		Idempotency-Key	header		string	false	"Clave para repetir sin duplicar"
//	@Success	201				{object}	prescriptionDTO
//	@Failure	403				{object}	Problem	"prescription.profession"
//	@Failure	404				{object}	Problem	"prescription.not_found"
//	@Failure	409				{object}	Problem	"prescription.not_voided, prescription.already_reissued"
//	@Failure	422				{object}	Problem	"patient.archived"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/prescriptions/{id}/reissue [post]
func (h prescriptionsAPI) reissue(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	p, err := h.svc.Reissue(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return begun(c, p)
}

// discard puts a draft away.
//
//	@Summary	Descartar el borrador de una receta
//	@Tags		Recetas
//	@Param		id				path	string	true	"Receta"	Format(uuid)
//	@Param		Idempotency-Key	header	string	false	"Clave para repetir sin duplicar"
//	@Success	204
//	@Failure	403	{object}	Problem	"prescription.not_author"
//	@Failure	404	{object}	Problem	"prescription.not_found"
//	@Failure	409	{object}	Problem	"prescription.already_signed, prescription.discarded"
//	@Failure	412	{object}	Problem	"prescription.stale"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/prescriptions/{id}/discard [post]
func (h prescriptionsAPI) discard(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	if err := h.svc.Discard(c.Request().Context(), id); err != nil {
		return err
	}
	return noContent(c)
}
