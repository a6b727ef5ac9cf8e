package connection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"historias/internal/whatsapp"
)

// judge says what the facts mean. Where the token itself is refused nothing else
// can be known, and one sentence is worth more than eight that repeat it.
func judge(n *Number, f facts) []Finding {
	findings := []Finding{judgeVersion(n, f), judgeToken(f)}
	if refusedToken(f.number.err) {
		return append(append(findings, judgeSecret(n, f), judgeCallback(n, f)), judgeLast(f)...)
	}
	findings = append(findings, judgeScopes(f)...)
	findings = append(findings, judgeNumber(n, f)...)
	findings = append(findings, judgeAccount(n, f)...)
	findings = append(findings, judgeTemplate(n, f)...)
	findings = append(findings, judgeSecret(n, f))
	findings = append(findings, judgeWebhook(n, f)...)
	findings = append(findings, judgeLast(f)...)
	if n.Played {
		return findings // it has neither an address nor a clock of its own
	}
	return append(findings, judgeCallback(n, f), judgeClock(f))
}

func okay(code, text string) Finding { return Finding{Code: code, Level: OK, Text: text} }

func warn(code, text, advice string) Finding { return Finding{code, Warn, text, advice} }

func fail(code, text, advice string) Finding { return Finding{code, Fail, text, advice} }

// soon is how long before its end something is announced.
const soon = 60 * 24 * time.Hour

func judgeVersion(n *Number, f facts) Finding {
	const code, advice = "version", "Ponga META_WHATSAPP_API_VERSION=" + whatsapp.DefaultVersion + " y reinicie."
	end, known := whatsapp.RetiredOn(n.Version)
	answered := f.number.value.Version
	switch {
	case known && !f.now.Before(end):
		return fail(code, "La versión "+n.Version+" de la API de Meta terminó el "+date(end)+".", advice)
	case answered != "" && answered != n.Version:
		return warn(code, "Se pidió la versión "+n.Version+" de la API y Meta respondió con la "+answered+".", advice)
	case known && f.now.Add(soon).After(end):
		return warn(code, "La versión "+n.Version+" de la API de Meta termina el "+date(end)+".", advice)
	}
	return okay(code, "Versión "+n.Version+" de la API de Meta.")
}

// tokenWarning is how long before its end a token is announced.
const tokenWarning = 14 * 24 * time.Hour

func judgeToken(f facts) Finding {
	const code = "token"
	if f.token.err != nil {
		return troubled(code, "la clave de acceso", f.token.err)
	}
	t := f.token.value
	age := ""
	if !t.IssuedAt.IsZero() {
		age = ", emitida el " + date(t.IssuedAt)
	}
	switch {
	case !t.Valid || !t.ExpiresAt.IsZero() && !f.now.Before(t.ExpiresAt):
		return fail(code, "La clave de acceso a WhatsApp venció o fue retirada.", renewAdvice)
	case t.ExpiresAt.IsZero() && t.Kind == "USER":
		return warn(code, "La clave de acceso es de una persona"+age+". Deja de servir cuando ella cambia su contraseña o sale del negocio.", renewAdvice)
	case t.ExpiresAt.IsZero():
		return okay(code, "Clave de acceso válida, sin fecha de término"+age+".")
	case f.now.Add(tokenWarning).After(t.ExpiresAt):
		return warn(code, "La clave de acceso termina el "+date(t.ExpiresAt)+age+".", renewAdvice)
	}
	return okay(code, "Clave de acceso válida hasta el "+date(t.ExpiresAt)+age+".")
}

func judgeScopes(f facts) []Finding {
	if f.token.err != nil {
		return nil
	}
	var missing []string
	for _, scope := range []string{whatsapp.ScopeMessaging, whatsapp.ScopeManagement} {
		if !slices.Contains(f.token.value.Scopes, scope) {
			missing = append(missing, scope)
		}
	}
	if len(missing) > 0 {
		return []Finding{fail("token_rights", "A la clave de acceso le falta permiso: "+strings.Join(missing, " y ")+".",
			"Genere otra para el usuario del sistema con los dos permisos de WhatsApp, póngala en META_WHATSAPP_TOKEN y reinicie.")}
	}
	return []Finding{okay("token_rights", "La clave permite enviar mensajes y leer la cuenta.")}
}

func judgeNumber(n *Number, f facts) []Finding {
	if f.number.err != nil {
		unseen := troubled("number", "el número", f.number.err)
		unseen.Level = Fail // without it nothing is known at all
		return []Finding{unseen}
	}
	v := f.number.value
	found := []Finding{judgeConnected(n, v)}
	switch v.NameStatus {
	case "", "APPROVED", "AVAILABLE_WITHOUT_REVIEW":
	case "PENDING_REVIEW":
		found = append(found, warn("name", "Meta revisa todavía el nombre del número.", "Mientras tanto las personas ven el teléfono en vez del nombre."))
	default:
		found = append(found, warn("name", "Meta no ha aprobado el nombre del número ("+v.NameStatus+").",
			"Corríjalo en el administrador de WhatsApp: debe parecerse al nombre público del consultorio."))
	}
	switch v.Quality {
	case "YELLOW":
		found = append(found, warn("quality", "La calidad del número es media.", "Varias personas bloquearon o reportaron mensajes. Envíe sólo a quien espera recibirlos."))
	case "RED":
		found = append(found, warn("quality", "La calidad del número es baja: Meta puede limitar los envíos.", "Muchas personas bloquearon o reportaron mensajes. Pida el consentimiento en el mostrador por unos días."))
	case "GREEN":
		found = append(found, okay("quality", "La calidad del número es alta."))
	}
	if limit := LimitWords(v.Limit); limit != "" {
		found = append(found, okay("limit", limit))
	}
	return found
}

func judgeConnected(n *Number, v whatsapp.NumberInfo) Finding {
	name := fmt.Sprintf("Número %s, «%s» (identificador …%s)", v.DisplayPhone, v.Name, ending(n.PhoneNumberID))
	switch v.Status {
	case "", "CONNECTED":
		return okay("number", name+".")
	case "PENDING", "UNVERIFIED", "DISCONNECTED":
		return fail("number", name+": no está registrado para enviar ("+v.Status+").", "Termine su registro en el administrador de WhatsApp.")
	case "FLAGGED", "RATE_LIMITED":
		return warn("number", name+": Meta lo tiene en observación ("+v.Status+").", "Revise su calidad en el administrador de WhatsApp.")
	}
	return fail("number", name+": Meta no le permite enviar ("+v.Status+").", "Vea el motivo en el administrador de WhatsApp; ahí puede pedir una revisión.")
}

// LimitWords says in Spanish how many people may be written to in a day; empty
// for a word of Meta's that is not known.
func LimitWords(tier string) string {
	people, known := map[string]string{"TIER_50": "50", "TIER_250": "250", "TIER_1K": "1,000", "TIER_2K": "2,000", "TIER_10K": "10,000", "TIER_100K": "100,000"}[tier]
	switch {
	case tier == "TIER_UNLIMITED":
		return "Sin tope de personas por día."
	case known:
		return "Hasta " + people + " personas distintas cada 24 horas, entre todos los números del negocio."
	}
	return ""
}

func judgeAccount(n *Number, f facts) []Finding {
	if n.AccountID == "" {
		return []Finding{warn("account", "Falta META_WHATSAPP_BUSINESS_ID: no se puede revisar la cuenta ni la plantilla.",
			"Copie el identificador de la cuenta de WhatsApp, que sólo tiene cifras, y reinicie.")}
	}
	if f.account.err != nil {
		return []Finding{troubled("account", "la cuenta", f.account.err)}
	}
	v := f.account.value
	if !slices.Contains(v.Numbers, n.PhoneNumberID) {
		return []Finding{fail("account", "El número (…"+ending(n.PhoneNumberID)+") no pertenece a la cuenta «"+v.Name+"» (…"+ending(n.AccountID)+").",
			"META_WHATSAPP_PHONE_ID y META_WHATSAPP_BUSINESS_ID deben ser de la misma cuenta. Cópielos otra vez, juntos.")}
	}
	found := []Finding{okay("account", "Cuenta «"+v.Name+"» (…"+ending(n.AccountID)+").")}
	if v.Review != "" && v.Review != "APPROVED" {
		found = append(found, warn("review", "Meta no ha aprobado la cuenta ("+v.Review+").", "Vea el motivo en el administrador de WhatsApp."))
	}
	if v.Verification != "" && !strings.EqualFold(v.Verification, "verified") {
		found = append(found, warn("verification", "El negocio no está verificado en Meta.", "Puede enviar, hasta 250 personas por día. Verifíquelo en el administrador comercial para ampliar el tope."))
	}
	return found
}

const (
	clockWarn = 2 * time.Minute
	clockFail = 10 * time.Minute
)

func judgeClock(f facts) Finding {
	const code, advice = "clock", "Active la sincronización del reloj del servidor (timedatectl set-ntp true)."
	meta := f.number.value.At
	if meta.IsZero() {
		return warn(code, "No se pudo comparar el reloj con el de Meta.", "Repita la revisión cuando Meta responda.")
	}
	off := f.now.Sub(meta).Abs()
	switch {
	case off >= clockFail:
		return fail(code, fmt.Sprintf("El reloj del servidor difiere %d minutos del de Meta.", int(off.Minutes())), advice)
	case off >= clockWarn:
		return warn(code, fmt.Sprintf("El reloj del servidor difiere %d minutos del de Meta.", int(off.Minutes())), advice)
	}
	return okay(code, "El reloj coincide con el de Meta.")
}

var months = [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}

// date writes a day as people say it, in UTC: what ends at Meta ends there.
func date(at time.Time) string {
	at = at.UTC()
	return fmt.Sprintf("%d de %s de %d", at.Day(), months[at.Month()-1], at.Year())
}
