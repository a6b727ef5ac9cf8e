package whatsapp

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// consentMessage is what the captured requests of other clients say.
func consentMessage() TemplateMessage {
	return TemplateMessage{
		To: "+525512345678", Template: ConsentTemplate, Language: SpanishMexico,
		Params: []string{"Dra. Sofía Núñez", "https://example.mx/aviso/abc"}, ButtonPayload: "consent:01J9Z:accept",
	}
}

// TestOurTemplateRequestIsThatOfOthers compares with the requests captured from three independent clients. They differ
// among themselves in the + of the number, the type of the button's index and the optional language policy, no more.
func TestOurTemplateRequestIsThatOfOthers(t *testing.T) {
	built, err := consentMessage().request()
	if err != nil {
		t.Fatal(err)
	}
	ours := reduced(t, []byte(asJSON(t, built)))
	for _, client := range []string{"kapso", "great-detail", "whatsapp-api-js"} {
		theirs := reduced(t, readPayload(t, "req_template_quick_reply."+client+".json"))
		if !reflect.DeepEqual(ours, theirs) {
			t.Errorf("%s sends\n%v\nwe send\n%v", client, theirs, ours)
		}
	}
}

func reduced(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	text := strings.NewReplacer(`"index": 0`, `"index":"0"`, `"index":0`, `"index":"0"`).Replace(string(raw))
	var body map[string]any
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		t.Fatal(err)
	}
	body["to"] = strings.TrimPrefix(body["to"].(string), "+")
	delete(body["template"].(map[string]any)["language"].(map[string]any), "policy")
	return body
}

func TestOurTextRequestsAreThoseOfOthers(t *testing.T) {
	for name, message := range map[string]TextMessage{
		"req_text.kapso.json":       {To: "+525512345678", Body: "Gracias ✅"},
		"req_text_bsuid.kapso.json": {UserID: "MX.13491208655302741918", Body: "Gracias"},
	} {
		built, err := message.request()
		if err != nil {
			t.Fatal(err)
		}
		var theirs request
		if err := json.Unmarshal(readPayload(t, name), &theirs); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(built, theirs) {
			t.Errorf("%s: %+v, we send %+v", name, theirs, built)
		}
	}
}

func TestWholeTemplateRequest(t *testing.T) {
	message := consentMessage()
	message.CallbackData = "msg-0198"
	built, err := message.request()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"messaging_product":"whatsapp","recipient_type":"individual","to":"+525512345678","type":"template",` +
		`"template":{"name":"privacy_consent_notice","language":{"code":"es_MX"},"components":[` +
		`{"type":"body","parameters":[{"type":"text","text":"Dra. Sofía Núñez"},{"type":"text","text":"https://example.mx/aviso/abc"}]},` +
		`{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"consent:01J9Z:accept"}]}]},` +
		`"biz_opaque_callback_data":"msg-0198"}`
	if got := asJSON(t, built); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestMessagesThatCannotBeSent(t *testing.T) {
	for why, tt := range map[string]struct {
		change func(*TemplateMessage)
		want   error
	}{
		"no plus":          {func(m *TemplateMessage) { m.To = "525512345678" }, ErrRecipient},
		"nobody":           {func(m *TemplateMessage) { m.To = "" }, ErrRecipient},
		"letters":          {func(m *TemplateMessage) { m.To = "+52551234567x" }, ErrRecipient},
		"bsuid in to":      {func(m *TemplateMessage) { m.To = "MX.13491208655302741918" }, ErrRecipient},
		"no bsuid":         {func(m *TemplateMessage) { m.To, m.UserID = "", "13491208655302741918" }, ErrRecipient},
		"no template":      {func(m *TemplateMessage) { m.Template = "" }, ErrTemplate},
		"no language":      {func(m *TemplateMessage) { m.Language = "" }, ErrTemplate},
		"empty value":      {func(m *TemplateMessage) { m.Params[0] = " \n\u200b" }, ErrEmpty},
		"endless value":    {func(m *TemplateMessage) { m.Params[1] = strings.Repeat("x", 1025) }, ErrTooLong},
		"payload blank":    {func(m *TemplateMessage) { m.ButtonPayload = "a b" }, ErrPayload},
		"payload ñ":        {func(m *TemplateMessage) { m.ButtonPayload = "ñ" }, ErrPayload},
		"payload 129":      {func(m *TemplateMessage) { m.ButtonPayload = strings.Repeat("x", 129) }, ErrPayload},
		"callback 513":     {func(m *TemplateMessage) { m.CallbackData = strings.Repeat("x", 513) }, ErrTooLong},
		"line break in to": {func(m *TemplateMessage) { m.To = "+525512345678\n" }, ErrRecipient},
	} {
		message := consentMessage()
		tt.change(&message)
		if _, err := message.request(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", why, err, tt.want)
		}
	}
	for why, tt := range map[string]struct {
		message TextMessage
		want    error
	}{
		"empty":   {TextMessage{To: "+525512345678", Body: " \n "}, ErrEmpty},
		"endless": {TextMessage{To: "+525512345678", Body: strings.Repeat("x", 4097)}, ErrTooLong},
		"nobody":  {TextMessage{Body: "Hola"}, ErrRecipient},
	} {
		if _, err := tt.message.request(); !errors.Is(err, tt.want) {
			t.Errorf("text, %s: %v, want %v", why, err, tt.want)
		}
	}
}

func TestCleaning(t *testing.T) {
	for value, want := range map[string]string{
		"Dra. Sofía Núñez":               "Dra. Sofía Núñez",
		"  Clínica\n\tJacarandas     A ": "Clínica Jacarandas A",
		"Ana\u202e\u200bLuisa\x00\x07":   "AnaLuisa",
		"a\u00a0b\u2003c":                "a b c",
		"médico 👩\u200d⚕\ufe0f":          "médico 👩\u200d⚕\ufe0f",
		"a\xffb":                         "ab",
	} {
		if got, err := CleanParam(value); err != nil || got != want {
			t.Errorf("CleanParam(%q) = %q, %v", value, got, err)
		}
	}
	if got, err := CleanText(" Gracias.\nHasta\tpronto.\r\n\x00 "); err != nil || got != "Gracias.\nHasta pronto." {
		t.Errorf("CleanText: %q, %v", got, err)
	}
}
