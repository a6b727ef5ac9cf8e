package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/consent"
)

// consentsAPI speaks for what patients consent to.
type consentsAPI struct{ svc *consent.Service }

func (h consentsAPI) routes() []route {
	return []route{
		{http.MethodPost, "/api/patients/:id/consent-requests", actor.ConsentRequest, h.request, routeOptions{}},
		{http.MethodGet, "/api/patients/:id/consents", actor.ConsentRead, h.view, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/consents/revocations", actor.ConsentRequest, h.revoke, routeOptions{}},
	}
}

// request asks a patient for consent.
//
//	@Summary		Pedir el consentimiento
//	@Description	Pone en cola la plantilla privacy_consent_notice con el aviso vigente. De un menor de edad se pide a quien le representa. Sólo la persona puede aceptar.
//	@Tags			Consentimiento
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string					true	"Paciente"	Format(uuid)
//	@Param			Idempotency-Key	header		string					false	"Clave para repetir sin duplicar"
//	@Param			body			body		consentRequestRequest	true	"Qué se pide y por dónde"
//	@Success		202				{object}	consentRequestDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found"
//	@Failure		422				{object}	Problem	"clinic.incomplete, notice.none, patient.no_phone, patient.archived, consent.channel_unavailable, whatsapp.not_configured"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/consent-requests [post]
func (h consentsAPI) request(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[consentRequestRequest](c)
	if err != nil {
		return err
	}
	asked, err := h.svc.Request(c.Request().Context(), consent.Asking{
		PatientID: id, Channel: consent.Channel(body.Channel), Purposes: purposes(body.Purposes),
	})
	if err != nil {
		return err
	}
	return accepted(c, consentRequestDTOOf(asked))
}

// view gives the state by purpose and the chain of events.
//
//	@Summary		Los consentimientos de un paciente
//	@Description	El estado de cada finalidad y la cadena de eventos que lo prueba, en su orden. Cada evento guarda la huella (SHA-256) del anterior.
//	@Tags			Consentimiento
//	@Produce		json
//	@Param			id	path		string	true	"Paciente"	Format(uuid)
//	@Success		200	{object}	consentsDTO
//	@Failure		404	{object}	Problem	"patient.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/consents [get]
func (h consentsAPI) view(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	v, err := h.svc.View(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return ok(c, consentsDTOOf(v))
}

// revoke records a revocation that the patient asked for at the clinic.
//
//	@Summary		Registrar una revocación
//	@Description	Añade un evento a la cadena y detiene lo que se enviaría para esas finalidades. No afecta lo hecho antes (LFPDPPP, artículo 7).
//	@Tags			Consentimiento
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string				true	"Paciente"	Format(uuid)
//	@Param			Idempotency-Key	header		string				false	"Clave para repetir sin duplicar"
//	@Param			body			body		revocationRequest	true	"Qué se revoca, por qué y quién lo pidió"
//	@Success		201				{object}	consentEventDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found"
//	@Failure		422				{object}	Problem	"consent.already_revoked"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/consents/revocations [post]
func (h consentsAPI) revoke(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[revocationRequest](c)
	if err != nil {
		return err
	}
	e, err := h.svc.Revoke(c.Request().Context(), consent.Revoking{
		PatientID: id, Purposes: purposes(body.Purposes), Reason: body.Reason, RequestedBy: body.RequestedBy,
	})
	if err != nil {
		return err
	}
	return created(c, "/api/patients/"+id.String()+"/consents", 0, consentEventDTOOf(e))
}
