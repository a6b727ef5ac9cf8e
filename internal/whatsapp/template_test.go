package whatsapp

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestTheConsentNoticeKeepsMetasRules(t *testing.T) {
	notice := ConsentNotice()
	if err := notice.Validate(); err != nil {
		t.Fatal(err)
	}
	body := notice.Body()
	if notice.Variables() != 2 || strings.HasPrefix(body, "{{") || strings.HasSuffix(body, "}}") {
		t.Errorf("the variables of %q", body)
	}
	if after := body[strings.Index(body, "{{2}}")+len("{{2}}")]; after != '\n' && after != ' ' {
		t.Errorf("%q is glued to the address", after)
	}
	if !strings.HasPrefix(body, "AVISO DE PRIVACIDAD - {{1}}") || !strings.Contains(body, `presione el botón "Acepto"`) || strings.Contains(body, "INAI") {
		t.Errorf("not the approved text: %q", body)
	}
	if buttons := notice.Buttons(); len(buttons) != 1 || buttons[0] != (Button{"QUICK_REPLY", "Acepto"}) {
		t.Errorf("buttons %v", buttons)
	}
}

// TestTheDefinitionCreatesATemplate compares its JSON with a request to create one that another client sent.
func TestTheDefinitionCreatesATemplate(t *testing.T) {
	var theirs, ours map[string]any
	if err := json.Unmarshal(readPayload(t, "req_create_template.kapso.json"), &theirs); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(asJSON(t, ConsentNotice())), &ours); err != nil {
		t.Fatal(err)
	}
	delete(ours, "parameter_format") // optional, and left out by that client
	if a, b := shape(ours), shape(theirs); !reflect.DeepEqual(a, b) {
		t.Errorf("ours %v\ntheirs %v", a, b)
	}
	for _, key := range []string{"name", "language", "category"} {
		if ours[key] != theirs[key] {
			t.Errorf("%s: %v, theirs %v", key, ours[key], theirs[key])
		}
	}
}

// shape keeps the keys of a document and forgets its texts.
func shape(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, inner := range v {
			out[key] = shape(inner)
		}
		return out
	case []any:
		var out []any
		for _, inner := range v {
			out = append(out, shape(inner))
		}
		return out
	}
	return nil
}

func TestRender(t *testing.T) {
	text, err := ConsentNotice().Render("Dra. Sofía\nNúñez {{2}}", "https://historias.example/privacy-notice/clinica-jacarandas")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, "AVISO DE PRIVACIDAD - Dra. Sofía Núñez {{2}}\n\nLe informamos") {
		t.Errorf("%q", text)
	}
	if !strings.Contains(text, "completo en: https://historias.example/privacy-notice/clinica-jacarandas\n") {
		t.Errorf("%q", text)
	}
	for want, params := range map[error][]string{
		ErrParamCount: {"uno"}, ErrEmpty: {"uno", " "}, ErrTooLong: {"uno", strings.Repeat("x", 900)},
	} {
		if _, err := ConsentNotice().Render(params...); !errors.Is(err, want) {
			t.Errorf("%v: %v", want, err)
		}
	}
}

func TestTemplatesThatMetaWouldRefuse(t *testing.T) {
	for why, change := range map[string]func(*Template){
		"name":              func(t *Template) { t.Name = "Aviso-1" },
		"begins":            func(t *Template) { t.Components[0].Text = "{{1}} y {{2}} fin" },
		"ends":              func(t *Template) { t.Components[0].Text = "lea {{1}} en {{2}}" },
		"counts from two":   func(t *Template) { t.Components[0].Text = "lea {{2}} en {{3}} fin" },
		"side by side":      func(t *Template) { t.Components[0].Text = "lea {{1}} {{2}} fin" },
		"empty":             func(t *Template) { t.Components[0].Text = "" },
		"endless":           func(t *Template) { t.Components[0].Text = strings.Repeat("x", 1025) },
		"no example":        func(t *Template) { t.Components[0].Example = nil },
		"too few examples":  func(t *Template) { t.Components[0].Text = "lea {{1}}, {{2}}, {{3}} fin" },
		"endless button":    func(t *Template) { t.Components[1].Buttons[0].Text = strings.Repeat("x", 26) },
		"button without it": func(t *Template) { t.Components[1].Buttons[0].Text = "" },
	} {
		template := ConsentNotice()
		change(&template)
		if template.Validate() == nil {
			t.Errorf("%s: accepted", why)
		}
	}
	if (Template{Name: "sin_cuerpo"}).Body() != "" || (Template{}).Buttons() != nil {
		t.Error("an empty template has parts")
	}
}
