package connection

import (
	"context"
	"errors"
	"fmt"

	"historias/internal/whatsapp"
)

const renewAdvice = "Genere otra para el usuario del sistema en el administrador comercial de Meta, póngala en META_WHATSAPP_TOKEN y reinicie."

// refusedToken tells whether Meta took the token for a bad one.
func refusedToken(err error) bool {
	var e *whatsapp.SendError
	return errors.As(err, &e) && (e.Code == codeToken || e.Code == 0 && e.HTTPStatus == statusUnauthorized)
}

// The codes of Meta's that say something of their own here.
const (
	codeToken          = 190
	codeNoField        = 100
	codeGone           = 33
	codePermission     = 10
	codeUnsupported    = 2635 // a version that Meta has switched off
	codeUnknownPath    = 2500 // one that it does not have
	statusUnauthorized = 401
	statusTooMany      = 429
)

// troubled says why Meta did not answer a question, and what to do. What Meta
// itself is to blame for is no fault of the installation.
func troubled(code, what string, err error) Finding {
	var e *whatsapp.SendError
	if !errors.As(err, &e) {
		return warn(code, "No se pudo revisar "+what+".", "Complete la configuración de WhatsApp y repita la revisión.")
	}
	switch {
	case refusedToken(err):
		return fail(code, "La clave de acceso a WhatsApp venció o no es válida.", renewAdvice)
	case e.Code == codeUnsupported || e.Code == codeUnknownPath:
		return fail(code, "Meta no conoce la versión de la API que se le pide.", "Ponga META_WHATSAPP_API_VERSION="+whatsapp.DefaultVersion+" y reinicie.")
	case e.Code == codePermission || e.Code >= 200 && e.Code <= 299:
		return fail(code, "La clave de acceso no tiene permiso para ver "+what+".",
			"Dé al usuario del sistema la aplicación y la cuenta de WhatsApp, con control total, y genere otra clave.")
	case e.Code == codeNoField || e.Code == codeGone:
		return fail(code, fmt.Sprintf("Meta no encuentra %s con el identificador configurado, o la clave no lo alcanza.", what),
			"Copie otra vez los identificadores y compruebe que el usuario del sistema tiene asignada la cuenta.")
	case e.Code == 4 || e.Code == 80007 || e.HTTPStatus == statusTooMany:
		return warn(code, "Meta pide esperar antes de más consultas.", "Repita la revisión en una hora.")
	case errors.Is(err, context.DeadlineExceeded):
		return warn(code, "Meta tardó demasiado: no se pudo revisar "+what+".", "Repita la revisión en unos minutos.")
	case e.HTTPStatus == 0:
		return fail(code, "No se alcanza a Meta: no se pudo revisar "+what+".", "Compruebe la salida a internet del servidor y META_GRAPH_BASE_URL.")
	}
	return warn(code, fmt.Sprintf("Meta falló (HTTP %d): no se pudo revisar %s.", e.HTTPStatus, what), "Repita la revisión en unos minutos.")
}

func ofClinics(n, all int) string {
	switch {
	case all == 1:
		return ""
	case n == 1:
		return " (una clínica)"
	}
	return fmt.Sprintf(" (%d clínicas)", n)
}

// Trouble says why Meta did not do what was asked of something, and what to do.
func Trouble(what string, err *whatsapp.SendError) Finding { return troubled("meta", what, err) }
