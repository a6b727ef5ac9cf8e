package api

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/errs"
	"historias/internal/messaging"
)

// webhooksAPI takes what Meta delivers. What is signed is never too much; what
// is not is counted by address, so that nobody fills the audit trail from
// outside.
type webhooksAPI struct {
	svc     *messaging.Service
	refused *limits
}

// refusedPerMinute is how many unsigned deliveries of one address are written
// down.
const refusedPerMinute = 30

func newWebhooksAPI(svc *messaging.Service) webhooksAPI {
	return webhooksAPI{svc: svc, refused: newLimits(refusedPerMinute)}
}

func (h webhooksAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/webhooks/whatsapp", public, h.verify, routeOptions{}},
		{http.MethodPost, "/api/webhooks/whatsapp", public, h.receive, routeOptions{body: webhookBody, raw: true, unlimited: true}},
	}
}

// signatureHeader carries the HMAC of a delivery.
const signatureHeader = "X-Hub-Signature-256"

var errVerifyToken = errs.New(errs.KindForbidden, "webhook.verify_token", "La clave de verificación no es la que se configuró.")

// verify answers Meta's check of the address.
//
//	@Summary		Verificación del webhook de WhatsApp
//	@Description	Meta la hace al guardar la dirección. Responde hub.challenge tal como llegó.
//	@Tags			WhatsApp
//	@Produce		plain
//	@Param			hub.mode			query		string	true	"subscribe"
//	@Param			hub.verify_token	query		string	true	"META_WHATSAPP_VERIFY_TOKEN"
//	@Param			hub.challenge		query		string	true	"Texto que se devuelve"
//	@Success		200					{string}	string
//	@Failure		403					{object}	Problem	"webhook.verify_token"
//	@Router			/api/webhooks/whatsapp [get]
func (h webhooksAPI) verify(c echo.Context) error {
	answer, ok := h.svc.Verify(c.QueryParam("hub.mode"), c.QueryParam("hub.verify_token"), c.QueryParam("hub.challenge"))
	if !ok {
		return errVerifyToken
	}
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(answer))
}

// receive takes a delivery: signature, store, 200. What it says is worked later.
//
//	@Summary		Entregas del webhook de WhatsApp
//	@Description	La firma (X-Hub-Signature-256) se comprueba sobre los bytes recibidos. El cuerpo se guarda una vez y se atiende después; los repetidos no cambian nada.
//	@Tags			WhatsApp
//	@Accept			json
//	@Produce		json
//	@Param			X-Hub-Signature-256	header		string			true	"sha256= y 64 cifras hexadecimales"
//	@Param			body				body		webhookRequest	true	"Lo que Meta entrega"
//	@Success		200					{object}	webhookDTO
//	@Failure		401					{object}	Problem	"webhook.signature"
//	@Failure		413					{object}	Problem	"request.too_large"
//	@Failure		429					{object}	Problem	"rate.exceeded"
//	@Failure		503					{object}	Problem	"webhook.not_configured"
//	@Router			/api/webhooks/whatsapp [post]
func (h webhooksAPI) receive(c echo.Context) error {
	req := c.Request()
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return h.unread(c, err)
	}
	signature := req.Header.Get(signatureHeader)
	if !h.svc.Signed(raw, signature) {
		if err := h.refused.address(c, c.RealIP()); err != nil {
			return err
		}
	}
	if err := h.svc.Receive(req.Context(), raw, signature); err != nil {
		return err
	}
	return ok(c, webhookDTO{Received: true})
}

// unread counts a body that could not be read: too large, or broken off.
func (h webhooksAPI) unread(c echo.Context, cause error) error {
	if err := h.refused.address(c, c.RealIP()); err != nil {
		return err
	}
	why := "incomplete"
	var tooLarge *http.MaxBytesError
	if errors.As(cause, &tooLarge) {
		why = "too_large"
	}
	if err := h.svc.Refuse(c.Request().Context(), why); err != nil {
		return err
	}
	return bodyFault(cause)
}

type webhookRequest struct { //nolint:unused // the API document describes a delivery with it
	Object string           `json:"object" example:"whatsapp_business_account"`
	Entry  []map[string]any `json:"entry"`
} //@name WhatsAppDelivery

type webhookDTO struct {
	Received bool `json:"received" example:"true"`
} //@name WhatsAppReceived
