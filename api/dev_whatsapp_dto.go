package api

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"historias/internal/messaging"
	"historias/internal/whatsapp/whatsapptest"
)

type simMessageRequest struct {
	MessageID string `json:"message_id" validate:"required"`
}

type simTextRequest struct {
	Number string `json:"number" validate:"required,e164"`
	Text   string `json:"text" validate:"required,max=4096"`
}

type simNumberRequest struct {
	Number string `json:"number" validate:"required,e164"`
}

type simRepeatRequest struct {
	EntryID int `json:"entry_id,omitempty"`
}

type simSwitchRequest struct {
	On bool `json:"on"`
}

type simRefuseRequest struct {
	Number string `json:"number" validate:"required,e164"`
	On     bool   `json:"on"`
}

type simulatorDTO struct {
	Phones  []simPhoneDTO `json:"phones"`
	Entries []simEntryDTO `json:"entries"`
	Delayed bool          `json:"delayed"`
}

type simPhoneDTO struct {
	Number   string          `json:"number"`
	Name     string          `json:"name"`
	Refused  bool            `json:"refused"`
	Messages []simMessageDTO `json:"messages"`
}

type simMessageDTO struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Inbound   bool      `json:"inbound"`
	Kind      string    `json:"kind"`
	Template  string    `json:"template,omitempty"`
	Text      string    `json:"text"`
	Buttons   []string  `json:"buttons"`
	State     string    `json:"state,omitempty"`
	InReplyTo string    `json:"in_reply_to,omitempty"`
}

func simPhoneDTOOf(p whatsapptest.Phone, refused bool) simPhoneDTO {
	dto := simPhoneDTO{Number: p.Number, Name: p.Name, Refused: refused, Messages: []simMessageDTO{}}
	for _, m := range p.Messages {
		one := simMessageDTO{
			ID: m.ID, At: m.At.UTC(), Inbound: m.Inbound, Kind: m.Kind, Template: m.Template, Text: m.Text,
			Buttons: []string{}, State: string(m.State), InReplyTo: m.InReplyTo,
		}
		for _, b := range m.Buttons {
			one.Buttons = append(one.Buttons, b.Text)
		}
		dto.Messages = append(dto.Messages, one)
	}
	return dto
}

// simEntryDTO is one line of the log. result says in Spanish what the program
// made of a webhook; it is absent until the program has worked it.
type simEntryDTO struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Direction string    `json:"direction"` // send, webhook
	Path      string    `json:"path"`
	Summary   string    `json:"summary"`
	Status    int       `json:"http_status"`
	Error     string    `json:"error,omitempty"`
	Repeated  bool      `json:"repeated"`
	Result    string    `json:"result,omitempty"`
	Body      string    `json:"body,omitempty"`
	Signed    bool      `json:"signed,omitempty"`
}

func simEntryDTOOf(e whatsapptest.Entry, results []messaging.Result) simEntryDTO {
	dto := simEntryDTO{
		ID: simID(e.ID), At: e.At.UTC(), Direction: string(e.Direction), Path: e.Path, Summary: e.Summary,
		Status: e.HTTPStatus, Error: e.Error, Repeated: e.Repeated,
	}
	if e.Direction == whatsapptest.Webhook && e.HTTPStatus == 200 {
		dto.Result = explainResults(results, e.Repeated)
	}
	return dto
}

func simID(id int) string { return strconv.Itoa(id) }

// explainResults says in a sentence what became of a delivery.
func explainResults(results []messaging.Result, repeated bool) string {
	switch {
	case repeated:
		return "Ya se había recibido: no cambió nada."
	case len(results) == 0:
		return ""
	case len(results) == 1:
		return resultText(results[0])
	}
	counts := map[string]int{}
	var order []string
	for _, r := range results {
		text := resultText(r)
		if counts[text] == 0 {
			order = append(order, text)
		}
		counts[text]++
	}
	var parts []string
	for _, text := range order {
		parts = append(parts, fmt.Sprintf("%d × %s", counts[text], text))
	}
	return strings.Join(parts, " ")
}

var resultTexts = map[messaging.Result]string{ //nolint:gosec // texts, no secrets
	messaging.ResultApplied:   "El mensaje avanzó a ese estado.",
	messaging.ResultLate:      "Llegó tarde: se anotó con su hora y el mensaje no retrocedió.",
	messaging.ResultDuplicate: "Ya se conocía: no cambió nada.",
	messaging.ResultParked:    "Aún no se conoce su mensaje: se intentará de nuevo.",
	messaging.ResultUnknown:   "No corresponde a ningún mensaje nuestro.",
	messaging.ResultForeign:   "Es de un número que no es nuestro.",
	messaging.ResultIgnored:   "No dice nada que deba atenderse.",
	messaging.ResultKept:      "Se guardó en los mensajes de la persona. Un texto no es un consentimiento.",
	messaging.ResultUnrouted:  "No se sabe de qué consultorio es: se le indicó cómo comunicarse.",
	messaging.ResultAccount:   "Es sobre la cuenta o las plantillas.",
	messaging.ResultBroken:    "No se pudo leer.",
	messaging.ResultError:     "Falló al atenderse: se intentará de nuevo.",
	"tap_accepted":            "Se añadió el evento «Aceptado» a la cadena de la persona.",
	"tap_repeated":            "La persona ya había aceptado: no cambió nada.",
	"tap_revoked":             "La persona retiró después esa aceptación y se le explicó cómo comunicarse: no cambió nada.",
	"tap_unknown_token":       "El botón no es de ninguna solicitud: no cambió nada.",
	"tap_phone_mismatch":      "El teléfono no es el de la persona: no cambió nada.",
	"tap_superseded":          "La solicitud fue sustituida por otra: no cambió nada.",
	"tap_withdrawn":           "La persona revocó después de esa solicitud y se le explicó cómo comunicarse: no cambió nada.",
	"tap_expired":             "La solicitud había vencido: no cambió nada.",
}

func resultText(r messaging.Result) string {
	if text, ok := resultTexts[r]; ok {
		return text
	}
	return string(r)
}
