package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/errs"
	"historias/internal/messaging"
)

// messagesAPI speaks for what was sent, where it stands and who should be
// called instead.
type messagesAPI struct{ svc *messaging.Service }

func (h messagesAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/messages", actor.MessageRead, h.list, routeOptions{}},
		{http.MethodGet, "/api/messages/calls", actor.MessageRead, h.calls, routeOptions{}},
		{http.MethodGet, "/api/messages/:id", actor.MessageRead, h.get, routeOptions{}},
		{http.MethodPost, "/api/messages/:id/retry", actor.MessageWrite, h.retry, routeOptions{}},
		{http.MethodPost, "/api/messages/:id/resolve", actor.MessageWrite, h.resolve, routeOptions{}},
	}
}

// list gives messages, newest first.
//
//	@Summary	Los mensajes de WhatsApp, del más nuevo al más antiguo
//	@Tags		Mensajes
//	@Produce	json
//	@Param		patient_id	query		string	false	"Sólo los de este paciente"	Format(uuid)
//	@Param		status		query		string	false	"Sólo los que están así"	Enums(queued, submitted, sent, delivered, read, failed, received)
//	@Param		needs_call	query		boolean	false	"Sólo los que piden una llamada"
//	@Param		limit		query		int		false	"Cuántos por página (1 a 100)"
//	@Param		cursor		query		string	false	"Página siguiente"
//	@Success	200			{object}	listDTO[messageDTO]
//	@Failure	400			{object}	Problem	"request.invalid"
//	@Failure	404			{object}	Problem	"patient.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/messages [get]
func (h messagesAPI) list(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	f, err := messageFilter(c)
	if err != nil {
		return err
	}
	list, err := h.svc.List(c.Request().Context(), f, p)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, messageDTOOf))
}

func messageFilter(c echo.Context) (messaging.Filter, error) {
	f := messaging.Filter{State: messaging.State(c.QueryParam("status"))}
	var faults []errs.Field
	if f.State != "" && !slices.Contains(messaging.States(), f.State) {
		faults = append(faults, errs.Field{Field: "status", Code: "enum", Message: "Elija una de las opciones."})
	}
	switch c.QueryParam("needs_call") {
	case "", "false":
	case "true":
		f.NeedsCall = true
	default:
		faults = append(faults, errs.Field{Field: "needs_call", Code: "type", Message: "Debe ser true o false."})
	}
	if text := c.QueryParam("patient_id"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil || len(text) != 36 || id == uuid.Nil {
			faults = append(faults, errs.Field{Field: "patient_id", Code: "format", Message: "No es un identificador."})
		}
		f.PatientID = id
	}
	return f, errs.Invalid(faults...)
}

// calls counts who waits for a call.
//
//	@Summary		Cuántos mensajes piden una llamada
//	@Description	El número que acompaña a Mensajes en el menú. No dice de quiénes son.
//	@Tags			Mensajes
//	@Produce		json
//	@Success		200	{object}	callsDTO
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/messages/calls [get]
func (h messagesAPI) calls(c echo.Context) error {
	waiting, err := h.svc.CallsWaiting(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, callsDTO{Count: waiting})
}

// get reads one message.
//
//	@Summary	Un mensaje
//	@Tags		Mensajes
//	@Produce	json
//	@Param		id	path		string	true	"Mensaje"	Format(uuid)
//	@Success	200	{object}	messageDTO
//	@Failure	404	{object}	Problem	"message.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/messages/{id} [get]
func (h messagesAPI) get(c echo.Context) error {
	id, err := pathID(c, "id", "message")
	if err != nil {
		return err
	}
	m, err := h.svc.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, m.Version, messageDTOOf(m))
}

// retry sends what did not arrive once more.
//
//	@Summary		Reenviar un mensaje que no llegó
//	@Description	Responde el mensaje nuevo; el anterior queda resuelto.
//	@Tags			Mensajes
//	@Produce		json
//	@Param			id				path		string	true	"Mensaje"	Format(uuid)
//	@Param			Idempotency-Key	header		string	false	"Clave para repetir sin duplicar"
//	@Success		200				{object}	messageDTO
//	@Failure		404				{object}	Problem	"message.not_found"
//	@Failure		422				{object}	Problem	"message.not_retryable, consent.answered, patient.no_phone, patient.archived, clinic.incomplete"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/messages/{id}/retry [post]
func (h messagesAPI) retry(c echo.Context) error {
	id, err := pathID(c, "id", "message")
	if err != nil {
		return err
	}
	m, err := h.svc.Retry(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return versioned(c, m.Version, messageDTOOf(m))
}

// resolve settles what did not arrive.
//
//	@Summary	Dar por atendido un mensaje que no llegó
//	@Tags		Mensajes
//	@Accept		json
//	@Produce	json
//	@Param		id				path		string			true	"Mensaje"	Format(uuid)
//	@Param		Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param		body			body		resolveRequest	false	"Una nota"
//	@Success	200				{object}	messageDTO
//	@Failure	400				{object}	Problem	"request.invalid"
//	@Failure	404				{object}	Problem	"message.not_found"
//	@Failure	422				{object}	Problem	"message.nothing_to_resolve"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/messages/{id}/resolve [post]
func (h messagesAPI) resolve(c echo.Context) error {
	id, err := pathID(c, "id", "message")
	if err != nil {
		return err
	}
	var body resolveRequest
	if c.Request().ContentLength != 0 {
		if body, err = bind[resolveRequest](c); err != nil {
			return err
		}
	}
	m, err := h.svc.Resolve(c.Request().Context(), id, body.Note)
	if err != nil {
		return err
	}
	return versioned(c, m.Version, messageDTOOf(m))
}
