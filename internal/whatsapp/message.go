package whatsapp

import (
	"errors"
	"regexp"
)

// TemplateMessage is a template for one person. To or UserID says who; To wins when both are there.
type TemplateMessage struct {
	To       string   // E.164 with its +
	UserID   string   // BSUID, when no number is known
	Template string   // its name
	Language string   // such as es_MX
	Params   []string // values of the body's variables, in order; cleaned before they are sent
	// ButtonPayload comes back when the person taps the first button. It has to be unguessable: it is what ties a tap to
	// this request. Empty for templates without a quick reply.
	ButtonPayload string
	// CallbackData comes back in every status of this message. It ties them together when the answer to the send is lost.
	CallbackData string
}

// TextMessage is a free text, which Meta delivers only within 24 hours of the person's last message.
type TextMessage struct {
	To           string
	UserID       string
	Body         string
	ReplyTo      string // the id of a received message that this one quotes; optional
	CallbackData string
}

// SendResult is Meta's receipt: the message was accepted, not delivered.
type SendResult struct {
	MessageID string // wamid
	Input     string // the recipient as we wrote it
	WAID      string // the recipient as WhatsApp knows it, 521… for many Mexican numbers; empty when sent to a BSUID
	UserID    string // BSUID, when Meta gave it
	// Status is accepted, held_for_quality_assessment, paused or empty. Held and paused messages may still be sent.
	Status string
}

// The refusals of a message before anything is sent, besides those of CleanParam and CleanText.
var (
	ErrRecipient = errors.New("whatsapp: the recipient is neither +, country and number nor a BSUID")
	ErrPayload   = errors.New("whatsapp: a button's payload is plain ASCII without blanks, at most 128 characters")
	ErrTemplate  = errors.New("whatsapp: a template needs its name and language")
)

// The Graph API's request, as far as we use it.
type request struct {
	Product   string           `json:"messaging_product"`
	Kind      string           `json:"recipient_type"`
	To        string           `json:"to,omitempty"`
	Recipient string           `json:"recipient,omitempty"`
	Type      string           `json:"type"`
	Template  *templateRequest `json:"template,omitempty"`
	Text      *textRequest     `json:"text,omitempty"`
	Context   *contextRequest  `json:"context,omitempty"`
	Callback  string           `json:"biz_opaque_callback_data,omitempty"`
}

type templateRequest struct {
	Name       string             `json:"name"`
	Language   languageRequest    `json:"language"`
	Components []componentRequest `json:"components,omitempty"`
}

type languageRequest struct {
	Code string `json:"code"`
}

type componentRequest struct {
	Type       string         `json:"type"`
	SubType    string         `json:"sub_type,omitempty"`
	Index      string         `json:"index,omitempty"` // a text, as in Meta's OpenAPI document
	Parameters []paramRequest `json:"parameters"`
}

type paramRequest struct {
	Type    string `json:"type"`
	Text    string `json:"text,omitempty"`
	Payload string `json:"payload,omitempty"`
}

type textRequest struct {
	Body string `json:"body"`
}

type contextRequest struct {
	MessageID string `json:"message_id"`
}

func (m TemplateMessage) request() (request, error) {
	if m.Template == "" || m.Language == "" {
		return request{}, ErrTemplate
	}
	built, err := addressed(m.To, m.UserID, m.CallbackData)
	if err != nil {
		return request{}, err
	}
	template := &templateRequest{Name: m.Template, Language: languageRequest{m.Language}}
	if len(m.Params) > 0 {
		body, err := bodyComponent(m.Params)
		if err != nil {
			return request{}, err
		}
		template.Components = append(template.Components, body)
	}
	if m.ButtonPayload != "" {
		if !payloadShape.MatchString(m.ButtonPayload) {
			return request{}, ErrPayload
		}
		template.Components = append(template.Components, componentRequest{
			Type: "button", SubType: "quick_reply", Index: "0",
			Parameters: []paramRequest{{Type: "payload", Payload: m.ButtonPayload}},
		})
	}
	built.Type, built.Template = "template", template
	return built, nil
}

func bodyComponent(params []string) (componentRequest, error) {
	body := componentRequest{Type: "body"}
	for _, param := range params {
		clean, err := CleanParam(param)
		if err != nil {
			return componentRequest{}, err
		}
		body.Parameters = append(body.Parameters, paramRequest{Type: "text", Text: clean})
	}
	return body, nil
}

func (m TextMessage) request() (request, error) {
	built, err := addressed(m.To, m.UserID, m.CallbackData)
	if err != nil {
		return request{}, err
	}
	body, err := CleanText(m.Body)
	if err != nil {
		return request{}, err
	}
	built.Type, built.Text = "text", &textRequest{Body: body}
	if m.ReplyTo != "" {
		built.Context = &contextRequest{m.ReplyTo}
	}
	return built, nil
}

var (
	// Without the + Meta puts the business's own country in front and the message goes to a stranger.
	numberShape  = regexp.MustCompile(`^\+[1-9][0-9]{7,14}$`)
	payloadShape = regexp.MustCompile(`^[!-~]{1,128}$`)
)

func addressed(to, userID, callback string) (request, error) {
	built := request{Product: "whatsapp", Kind: "individual", Callback: callback}
	if len(callback) > MaxCallback {
		return request{}, ErrTooLong
	}
	switch {
	case numberShape.MatchString(to):
		built.To = to
	case to == "" && IsUserID(userID):
		built.Recipient = userID
	default:
		return request{}, ErrRecipient
	}
	return built, nil
}

// userIDShape is loose on purpose: Meta documents two capitals, a dot and up to 128 letters and digits, with ENT. for a
// company's parent id, and its own examples stray from that.
var userIDShape = regexp.MustCompile(`^[A-Za-z]{2,3}\.(ENT\.)?[A-Za-z0-9]{1,128}$`)

// IsUserID tells a business-scoped user id (MX.13491208655302741918) from a telephone number by its shape. Deliveries have
// been seen with one in the field of the other.
func IsUserID(s string) bool { return userIDShape.MatchString(s) }
