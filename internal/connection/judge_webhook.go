package connection

import (
	"errors"
	"slices"
	"strings"
	"time"

	"historias/internal/whatsapp"
)

// heardFields are the webhook fields that the program acts upon; the first is
// the one without which nothing works. Deliveries and readings come inside it:
// there are no fields of their own for them.
var heardFields = []string{
	"messages", "message_template_status_update", "template_category_update", "phone_number_quality_update",
	"account_update", "account_alerts",
}

// invented are names of fields that guides repeat and that Meta's WhatsApp
// webhooks do not have.
var invented = []string{"message_deliveries", "message_reads", "message_status"}

func judgeSecret(n *Number, f facts) Finding {
	const code = "app_secret"
	const advice = "Copie «Clave secreta de la app» de la misma aplicación de Meta en META_WHATSAPP_APP_SECRET y reinicie."
	var refusal *whatsapp.SendError
	switch {
	case !n.Signed:
		return fail(code, "Falta META_WHATSAPP_APP_SECRET: no se aceptan respuestas de las personas.", advice)
	case f.subscription.err == nil:
		return okay(code, "La clave secreta es de la aplicación de Meta.")
	case errors.As(f.subscription.err, &refusal) && refusal.Code != 0 && refusal.Class == whatsapp.ClassAccountStop,
		errors.As(f.subscription.err, &refusal) && refusal.Code == codeBadApp:
		return fail(code, "La clave secreta no es la de la aplicación de Meta: sus notificaciones se rechazarían.", advice)
	}
	return warn(code, "No se pudo comprobar la clave secreta de la aplicación.", "Repita la revisión cuando Meta responda.")
}

// codeBadApp is Meta's answer to a wrong app id or secret.
const codeBadApp = 101

func judgeWebhook(n *Number, f facts) []Finding {
	var found []Finding
	override := ""
	if n.AccountID != "" {
		var one Finding
		one, override = judgeApp(f)
		found = append(found, one)
	}
	if f.subscription.err != nil {
		return found
	}
	s := f.subscription.value
	found = append(found, judgeFields(s))
	address := s.Callback
	if override != "" {
		address = override
	}
	if n.Callback == "" {
		return found
	}
	if !strings.EqualFold(strings.TrimRight(address, "/"), strings.TrimRight(n.Callback, "/")) {
		return append(found, fail("webhook_address", "Meta entrega en otra dirección: "+shownAddress(address)+".",
			"En la aplicación de Meta, WhatsApp, Configuración, escriba "+n.Callback+" y su clave de verificación."))
	}
	return append(found, okay("webhook_address", "Meta entrega en "+n.Callback+"."))
}

// shownAddress leaves out what may be secret in an address.
func shownAddress(address string) string {
	address, _, _ = strings.Cut(address, "?")
	if address == "" {
		return "ninguna"
	}
	return address
}

// judgeApp says whether the app hears of the account, and at which address
// besides its own.
func judgeApp(f facts) (Finding, string) {
	const code = "webhook_app"
	if f.apps.err != nil {
		return troubled(code, "las aplicaciones suscritas", f.apps.err), ""
	}
	i := slices.IndexFunc(f.apps.value, func(a whatsapp.SubscribedApp) bool { return a.ID == f.token.value.AppID })
	if i < 0 {
		return fail(code, "La aplicación no está suscrita a la cuenta: Meta no entrega nada.",
			"En la aplicación de Meta, WhatsApp, Configuración, suscríbala a la cuenta de WhatsApp."), ""
	}
	return okay(code, "La aplicación está suscrita a la cuenta."), f.apps.value[i].Callback
}

func judgeFields(s whatsapp.Subscription) Finding {
	const code = "webhook_fields"
	var missing []string
	for _, name := range heardFields {
		if !slices.Contains(s.Fields, name) {
			missing = append(missing, name)
		}
	}
	note := "Los campos " + strings.Join(invented, ", ") + " no existen en WhatsApp: entregas y lecturas llegan en messages."
	where := "En la aplicación de Meta, WhatsApp, Configuración, Campos de webhook, suscriba: " + strings.Join(missing, ", ") + ". " + note
	switch {
	case !s.Active && len(s.Fields) > 0:
		return fail(code, "La suscripción a los webhooks está apagada.", "Guárdela de nuevo en la aplicación de Meta.")
	case slices.Contains(missing, heardFields[0]):
		return fail(code, "No está suscrito el campo messages: no llegan respuestas ni entregas.", where)
	case len(missing) > 0:
		return warn(code, "Faltan campos de webhook: "+strings.Join(missing, ", ")+".", where)
	}
	return okay(code, "Campos de webhook suscritos.")
}

func judgeCallback(n *Number, f facts) Finding {
	const code = "webhook_reachable"
	switch {
	case f.callback == nil:
		return okay(code, "El webhook responde desde su dirección pública.")
	case errors.Is(f.callback, errNotAsked) && n.Callback == "":
		return warn(code, "El sistema no conoce su dirección pública.", "Ponga BACKEND_URL, la dirección por la que Meta lo alcanza.")
	case errors.Is(f.callback, errNotAsked):
		return fail(code, "Falta META_WHATSAPP_VERIFY_TOKEN: Meta no puede verificar el webhook.", "Genere uno con «historias keys generate» y póngalo también en la aplicación de Meta.")
	case errors.Is(f.callback, whatsapp.ErrCallbackToken):
		return fail(code, "Su dirección pública responde con otra clave de verificación.", "¿Hay otra instalación en "+n.Callback+"? Todos los procesos deben tener la misma META_WHATSAPP_VERIFY_TOKEN.")
	}
	return fail(code, "El webhook no responde en "+n.Callback+".", "Revise DNS, certificado y proxy: Meta sólo entrega por https con un certificado reconocido.")
}

// quiet is how long without a delivery is worth a word.
const quiet = 7 * 24 * time.Hour

func judgeLast(f facts) []Finding {
	if f.lastWebhook == nil {
		return nil
	}
	return []Finding{judgeAge(f.now, *f.lastWebhook)}
}

func judgeAge(now, last time.Time) Finding {
	const code = "webhook_last"
	switch {
	case last.IsZero():
		return warn(code, "Meta no ha entregado ninguna notificación.", "Envíe una solicitud a un teléfono suyo y toque «Acepto».")
	case now.Sub(last) > quiet:
		return warn(code, "La última notificación de Meta llegó el "+date(last)+".", "Si desde entonces envió mensajes, sus respuestas no están llegando.")
	}
	return okay(code, "La última notificación de Meta llegó el "+date(last)+".")
}
