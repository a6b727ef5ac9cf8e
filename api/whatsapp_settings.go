package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/connection"
)

// whatsappSettingsAPI shows how the installation stands with WhatsApp.
type whatsappSettingsAPI struct{ svc *connection.Service }

func (h whatsappSettingsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/whatsapp", actor.WhatsAppRead, h.get, routeOptions{}},
		{http.MethodPost, "/api/whatsapp/diagnosis", actor.WhatsAppCheck, h.diagnose, routeOptions{slow: true}},
	}
}

// get tells what is known without asking Meta.
//
//	@Summary		La conexión con WhatsApp
//	@Description	Lo que se sabe sin consultar a Meta: la última revisión, el estado de la plantilla y la última notificación recibida. De los identificadores se muestran las últimas cuatro cifras; ninguna clave.
//	@Tags			WhatsApp
//	@Produce		json
//	@Success		200	{object}	whatsappDTO
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/whatsapp [get]
func (h whatsappSettingsAPI) get(c echo.Context) error {
	state, err := h.svc.State(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, whatsappDTOOf(state))
}

// diagnose asks Meta now.
//
//	@Summary		Revisar la conexión con WhatsApp
//	@Description	Consulta a Meta la cuenta, el número, la clave de acceso, la plantilla y el webhook, y guarda lo que responde. Una vez por minuto en toda la instalación.
//	@Tags			WhatsApp
//	@Produce		json
//	@Param			Idempotency-Key	header		string	false	"Clave para repetir sin duplicar"
//	@Success		200				{object}	whatsappDTO
//	@Failure		401				{object}	Problem	"auth.required, auth.locked"
//	@Failure		403				{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure		409				{object}	Problem	"idempotency.in_flight"
//	@Failure		422				{object}	Problem	"whatsapp.not_configured, idempotency.mismatch"
//	@Failure		429				{object}	Problem	"whatsapp.too_soon, rate.exceeded"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/whatsapp/diagnosis [post]
func (h whatsappSettingsAPI) diagnose(c echo.Context) error {
	state, err := h.svc.Look(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, whatsappDTOOf(state))
}
