package mail

import (
	"fmt"
	"time"
	_ "time/tzdata" // the machine may have no time zones

	"historias/internal/actor"
)

// roles are the names of the roles as they follow «con el acceso de».
var roles = map[string]string{
	string(actor.RoleOwner):          "titular",
	string(actor.RoleDoctor):         "personal médico",
	string(actor.RoleNurse):          "enfermería",
	string(actor.RoleReceptionist):   "recepción",
	string(actor.RolePrivacyOfficer): "responsable de privacidad",
	string(actor.RoleAuditor):        "auditoría",
}

// FactorEvent is what happened to somebody's second factor; it is the fact
// «what» of FactorChanged.
type FactorEvent string

// The things that happen to a second factor.
const (
	TOTPEnabled      FactorEvent = "totp_enabled"
	TOTPDisabled     FactorEvent = "totp_disabled"
	PasskeyAdded     FactorEvent = "passkey_added"
	PasskeyRemoved   FactorEvent = "passkey_removed"
	PasskeyRefused   FactorEvent = "passkey_refused" // its counter went back: it may be a copy
	RecoveryRenewed  FactorEvent = "recovery_codes_renewed"
	RecoveryUsed     FactorEvent = "recovery_code_used"
	FactorsRemoved   FactorEvent = "factors_removed"
	FactorResetAsked FactorEvent = "reset_requested"
	FactorKept       FactorEvent = "reset_cancelled"
)

// factorEvents say them in a sentence.
var factorEvents = map[FactorEvent]string{ //nolint:gosec // texts, no secrets
	TOTPEnabled:      "Se activó la verificación en dos pasos con una aplicación de códigos.",
	TOTPDisabled:     "Se desactivó la verificación en dos pasos con una aplicación de códigos.",
	PasskeyAdded:     "Se agregó una llave de acceso.",
	PasskeyRemoved:   "Se quitó una llave de acceso.",
	PasskeyRefused:   "Se rechazó una llave de acceso porque podría ser una copia. Si es suya, quítela y agréguela de nuevo.",
	RecoveryRenewed:  "Se generaron nuevos códigos de recuperación; los anteriores dejaron de servir.",
	RecoveryUsed:     "Se usó uno de sus códigos de recuperación.",
	FactorsRemoved:   "Se quitó la verificación en dos pasos de su cuenta y se cerraron sus sesiones.",
	FactorResetAsked: "Una persona de su clínica pidió quitar la verificación en dos pasos de su cuenta. Otra persona debe aprobarlo.",
	FactorKept:       "Se canceló la solicitud de quitar la verificación en dos pasos de su cuenta.",
}

var months = [...]string{
	"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
}

// capital is the zone in which letters tell the hour: a letter has no office.
var capital = mustZone("America/Mexico_City")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return zone
}

// moment says «24 de noviembre de 2026, 08:05 horas (hora del centro de México)».
func moment(rfc3339 string) (string, error) {
	t, err := time.Parse(time.RFC3339, rfc3339)
	t = t.In(capital)
	return fmt.Sprintf("%d de %s de %d, %02d:%02d horas (hora del centro de México)",
		t.Day(), months[t.Month()-1], t.Year(), t.Hour(), t.Minute()), err
}

// day says «24 de noviembre de 2026».
func day(rfc3339 string) (string, error) {
	t, err := time.Parse(time.RFC3339, rfc3339)
	t = t.In(capital)
	return fmt.Sprintf("%d de %s de %d", t.Day(), months[t.Month()-1], t.Year()), err
}

// told turns the facts of a letter into what its text shows.
func told(data map[string]string) (map[string]string, error) {
	out := make(map[string]string, len(data))
	for name, value := range data {
		var err error
		switch name {
		case "at":
			value, err = moment(value)
		case "due":
			value, err = day(value)
		case "role":
			value = roles[value]
		case "what":
			value = factorEvents[FactorEvent(value)]
		}
		if err != nil {
			return nil, err
		}
		out[name] = value
	}
	return out, nil
}
