package whatsapptest

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"historias/internal/whatsapp"
)

// wireSend is a request to send, written down apart from the client's own types: what one gets wrong the other finds.
type wireSend struct {
	Product   string          `json:"messaging_product"`
	Kind      string          `json:"recipient_type"`
	To        string          `json:"to"`
	Recipient string          `json:"recipient"`
	Type      string          `json:"type"`
	Text      *wireText       `json:"text"`
	Template  *wireTemplate   `json:"template"`
	Callback  string          `json:"biz_opaque_callback_data"`
	Context   json.RawMessage `json:"context"`
}

type wireText struct {
	Body string `json:"body"`
}

type wireTemplate struct {
	Name     string `json:"name"`
	Language struct {
		Code string `json:"code"`
	} `json:"language"`
	Components []wireComponent `json:"components"`
}

type wireComponent struct {
	Type       string      `json:"type"`
	SubType    string      `json:"sub_type"`
	Index      json.Number `json:"index"` // "0" and 0 are both in use
	Parameters []struct {
		Type    string  `json:"type"`
		Text    *string `json:"text"`
		Payload string  `json:"payload"`
	} `json:"parameters"`
}

// sending is a request that passed.
type sending struct {
	input    string
	waID     string
	userID   string
	toNumber bool
	kind     string
	template string
	text     string
	buttons  []whatsapp.Button
	payload  string
	callback string
}

const longestButtonPayload = 128

var manySpaces = regexp.MustCompile(`\n|\t| {5,}`)

func (s *Server) checkMessage(wire wireSend) (sending, *refusal) {
	if wire.Product != "whatsapp" {
		return sending{}, &refusal{100, "Invalid parameter", "messaging_product must be whatsapp"}
	}
	if wire.Kind != "" && wire.Kind != "individual" {
		return sending{}, &refusal{100, "Invalid parameter", "recipient_type must be individual"}
	}
	if len(wire.Callback) > whatsapp.MaxCallback {
		return sending{}, &refusal{100, "Invalid parameter", "biz_opaque_callback_data is too long"}
	}
	send, refused := s.checkRecipient(wire)
	if refused != nil {
		return sending{}, refused
	}
	send.kind, send.callback = wire.Type, wire.Callback
	switch {
	case wire.Type == "text" && wire.Text != nil:
		return s.checkText(send, *wire.Text)
	case wire.Type == "template" && wire.Template != nil:
		return s.checkTemplate(send, *wire.Template)
	}
	return sending{}, &refusal{131009, "Parameter value is not valid", "type and the object of its name are needed"}
}

// checkRecipient reads who a message is for. A number without its + gets the business's own country in front, and so goes
// to somebody else, as at Meta.
func (s *Server) checkRecipient(wire wireSend) (sending, *refusal) {
	if wire.To == "" && whatsapp.IsUserID(wire.Recipient) {
		if waID, known := s.numberOf(wire.Recipient); known {
			return sending{input: wire.Recipient, waID: waID, userID: wire.Recipient}, nil
		}
		return sending{}, &refusal{131026, "Message undeliverable", "The user is not known to this account"}
	}
	number, international := strings.CutPrefix(strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(wire.To), "+")
	if _, err := strconv.ParseUint(number, 10, 64); err != nil || len(number) < 8 || len(number) > 15 {
		return sending{}, &refusal{131009, "Parameter value is not valid", "to is not a phone number"}
	}
	if !international {
		number = s.ownCountry() + number
	}
	if number == s.options.DisplayPhone {
		return sending{}, &refusal{131021, "Recipient cannot be sender", ""}
	}
	waID := s.waID("+" + number)
	return sending{input: wire.To, waID: waID, userID: s.userID(waID), toNumber: true}, nil
}

func (s *Server) ownCountry() string {
	if strings.HasPrefix(s.options.DisplayPhone, "52") {
		return "52"
	}
	return s.options.DisplayPhone[:1]
}

func (s *Server) checkText(send sending, text wireText) (sending, *refusal) {
	if n := utf8.RuneCountInString(text.Body); n == 0 || n > whatsapp.MaxText {
		return sending{}, &refusal{131009, "Parameter value is not valid", "text.body has 1 to 4096 characters"}
	}
	if !s.windowOpen(send.waID) {
		return sending{}, &refusal{131047, "Re-engagement message", "More than 24 hours have passed since the customer last replied to this number"}
	}
	send.text = text.Body
	return send, nil
}

const window = 24 * time.Hour

// windowOpen tells whether the person wrote within 24 hours.
func (s *Server) windowOpen(waID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.phones[waID]
	return ok && s.now().Sub(known.lastInbound) < window
}

func (s *Server) checkTemplate(send sending, wire wireTemplate) (sending, *refusal) {
	template, refused := s.template(wire.Name, wire.Language.Code)
	if refused != nil {
		return sending{}, refused
	}
	var params []string
	for _, component := range wire.Components {
		switch component.Type {
		case "body":
			values, refused := bodyValues(component)
			if refused != nil {
				return sending{}, refused
			}
			params = values
		case "button":
			payload, refused := buttonPayload(component, template.Buttons())
			if refused != nil {
				return sending{}, refused
			}
			send.payload = payload
		default:
			return sending{}, &refusal{132018, "There is an issue with the parameters in your template", "unknown component"}
		}
	}
	if len(params) != template.Variables() {
		return sending{}, &refusal{132000, "Number of parameters does not match the expected number of params", ""}
	}
	text, err := template.Render(params...)
	if err != nil {
		return sending{}, &refusal{132005, "Translated text too long", ""}
	}
	send.template, send.text, send.buttons = template.Name, text, template.Buttons()
	return send, nil
}

func bodyValues(component wireComponent) ([]string, *refusal) {
	var values []string
	for _, param := range component.Parameters {
		switch {
		case param.Type != "text" || param.Text == nil:
			return nil, &refusal{132012, "Parameter format does not match format in the created template", ""}
		case *param.Text == "":
			return nil, &refusal{131008, "Required parameter is missing", "a text parameter is empty"}
		case manySpaces.MatchString(*param.Text):
			return nil, &refusal{132018, "There is an issue with the parameters in your template", "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"}
		}
		values = append(values, *param.Text)
	}
	return values, nil
}

func buttonPayload(component wireComponent, buttons []whatsapp.Button) (string, *refusal) {
	index, err := component.Index.Int64()
	if component.SubType != "quick_reply" || err != nil || index != 0 || len(buttons) == 0 || len(component.Parameters) != 1 {
		return "", &refusal{132018, "There is an issue with the parameters in your template", "button component"}
	}
	param := component.Parameters[0]
	if param.Type != "payload" || param.Payload == "" || len(param.Payload) > longestButtonPayload {
		return "", &refusal{132018, "There is an issue with the parameters in your template", "button payload"}
	}
	return param.Payload, nil
}
