package whatsapp

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Template is the definition of a message that Meta approves beforehand. Its JSON is the body of
// `POST /{WABA_ID}/message_templates`.
type Template struct {
	Name            string      `json:"name"`
	Language        string      `json:"language"`
	Category        string      `json:"category"`
	ParameterFormat string      `json:"parameter_format"`
	Components      []Component `json:"components"`
}

// Component is one part of a template: its BODY or its BUTTONS.
type Component struct {
	Type    string   `json:"type"`
	Text    string   `json:"text,omitempty"`
	Example *Example `json:"example,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
}

// Example shows Meta's reviewers a value for each variable.
type Example struct {
	BodyText [][]string `json:"body_text"`
}

// Button is one button of a template.
type Button struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// The template by which a person is asked for consent.
const (
	ConsentTemplate = "privacy_consent_notice"
	SpanishMexico   = "es_MX"
	// AcceptButton is the text of its only button.
	AcceptButton = "Acepto"
)

// ConsentNotice is the template privacy_consent_notice. {{1}} is the doctor or clinic, {{2}} the public address of the
// privacy notice. The text names the purposes of care and no others: a tap on its button says nothing about voluntary ones.
func ConsentNotice() Template {
	return Template{
		Name: ConsentTemplate, Language: SpanishMexico, Category: "UTILITY", ParameterFormat: "POSITIONAL",
		Components: []Component{
			{Type: "BODY", Text: consentBody, Example: &Example{
				BodyText: [][]string{{"Dra. Sofía Núñez Alcaraz", "https://historias.example/privacy-notice/clinica-jacarandas"}},
			}},
			{Type: "BUTTONS", Buttons: []Button{{Type: "QUICK_REPLY", Text: AcceptButton}}},
		},
	}
}

// consentBody must equal, to the letter, the text that was approved at Meta: it is shown as what the person saw.
const consentBody = `AVISO DE PRIVACIDAD - {{1}}

Le informamos sobre nuestro aviso de privacidad conforme a la LFPDPPP.

Sus datos serán utilizados para:
• Atención médica
• Historia clínica
• Seguimiento de tratamiento

Puede consultar el aviso completo en: {{2}}

Si está de acuerdo con el tratamiento de sus datos, presione el botón "Acepto".
Si no está de acuerdo, puede no responder este mensaje.

Puede revocar su consentimiento en cualquier momento contactando a su médico.`

// Body returns the text with its variables unfilled.
func (t Template) Body() string {
	for _, component := range t.Components {
		if component.Type == "BODY" {
			return component.Text
		}
	}
	return ""
}

// Buttons returns the buttons in their order.
func (t Template) Buttons() []Button {
	for _, component := range t.Components {
		if component.Type == "BUTTONS" {
			return component.Buttons
		}
	}
	return nil
}

// Variables returns how many values the text needs.
func (t Template) Variables() int { return len(variable.FindAllString(t.Body(), -1)) }

var variable = regexp.MustCompile(`\{\{(\d+)\}\}`)

// ErrParamCount means that a template got more or fewer values than its text has variables.
var ErrParamCount = errors.New("whatsapp: the values do not match the template's variables")

// Render returns the text as the person sees it. The values are cleaned as they are when sent. Errors: ErrParamCount,
// ErrEmpty, ErrTooLong (the whole text).
func (t Template) Render(params ...string) (string, error) {
	if len(params) != t.Variables() {
		return "", ErrParamCount
	}
	clean := make([]string, len(params))
	for i, param := range params {
		var err error
		if clean[i], err = CleanParam(param); err != nil {
			return "", err
		}
	}
	text := variable.ReplaceAllStringFunc(t.Body(), func(mark string) string {
		n, _ := strconv.Atoi(strings.Trim(mark, "{}")) // the expression lets only digits in
		return clean[n-1]
	})
	return bounded(text, MaxBody)
}

var templateName = regexp.MustCompile(`^[a-z0-9_]{1,512}$`)

// Validate checks a definition against the rules by which Meta refuses templates at their creation.
func (t Template) Validate() error {
	if !templateName.MatchString(t.Name) {
		return errors.New("whatsapp: a template's name is made of a-z, 0-9 and _")
	}
	if err := t.validateBody(); err != nil {
		return err
	}
	for _, button := range t.Buttons() {
		if n := utf8.RuneCountInString(button.Text); n == 0 || n > maxButton {
			return fmt.Errorf("whatsapp: a button's text has 1 to %d characters", maxButton)
		}
	}
	return nil
}

func (t Template) validateBody() error {
	body := t.Body()
	if n := utf8.RuneCountInString(body); n == 0 || n > MaxBody {
		return fmt.Errorf("whatsapp: a template's text has 1 to %d characters", MaxBody)
	}
	marks := variable.FindAllStringIndex(body, -1)
	for i, mark := range marks {
		if mark[0] == 0 || mark[1] == len(body) {
			return errors.New("whatsapp: a template's text neither begins nor ends with a variable") // Meta's error 2388299
		}
		if body[mark[0]:mark[1]] != fmt.Sprintf("{{%d}}", i+1) {
			return errors.New("whatsapp: the variables of a template count from 1")
		}
		if i > 0 && strings.TrimSpace(body[marks[i-1][1]:mark[0]]) == "" {
			return errors.New("whatsapp: text stands between two variables")
		}
	}
	return t.validateExample(len(marks))
}

func (t Template) validateExample(variables int) error {
	for _, component := range t.Components {
		if component.Type != "BODY" || variables == 0 {
			continue
		}
		if component.Example == nil || len(component.Example.BodyText) != 1 || len(component.Example.BodyText[0]) != variables {
			return errors.New("whatsapp: each variable has an example")
		}
	}
	return nil
}
