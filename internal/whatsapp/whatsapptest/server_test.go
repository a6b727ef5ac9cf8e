package whatsapptest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

const (
	appSecret = "app-secret"
	patient   = "+525555550163"
)

// webhook stands for the program: it verifies and decodes what arrives, over real HTTP.
type webhook struct {
	t        *testing.T
	listener *httptest.Server

	mu      sync.Mutex
	bodies  [][]byte
	batches []whatsapp.Batch
	arrived chan struct{}
}

func newWebhook(t *testing.T) *webhook {
	hook := &webhook{t: t, arrived: make(chan struct{}, 100)}
	hook.listener = httptest.NewServer(hook)
	t.Cleanup(hook.listener.Close)
	return hook
}

func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil || !whatsapp.VerifySignature([]string{appSecret}, r.Header.Get(whatsapp.SignatureHeader), raw) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	batch, err := whatsapp.Decode(raw)
	if err != nil || len(batch.Broken) > 0 {
		h.t.Errorf("%s: %v", raw, err)
	}
	h.mu.Lock()
	h.bodies, h.batches = append(h.bodies, raw), append(h.batches, batch)
	h.mu.Unlock()
	h.arrived <- struct{}{}
}

func (h *webhook) last() whatsapp.Batch {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.batches) == 0 {
		h.t.Fatal("nothing was delivered")
	}
	return h.batches[len(h.batches)-1]
}

func start(t *testing.T, options whatsapptest.Options) (*whatsapptest.Server, *webhook) {
	t.Helper()
	hook := newWebhook(t)
	options.AppSecret = appSecret
	options.Sink = whatsapptest.PostTo(hook.listener.URL, http.DefaultClient)
	server, err := whatsapptest.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server, hook
}

// send asks for consent and returns the message's id.
func send(t *testing.T, server *whatsapptest.Server, to string) string {
	t.Helper()
	client, err := whatsapp.New(server.Config())
	if err != nil {
		t.Fatal(err)
	}
	result, err := client.SendTemplate(context.Background(), whatsapp.TemplateMessage{
		To: to, Template: whatsapp.ConsentTemplate, Language: whatsapp.SpanishMexico,
		Params:        []string{"Clínica Jacarandas", "https://historias.example/privacy-notice/clinica-jacarandas"},
		ButtonPayload: "consent:9yQ2", CallbackData: "outbox-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.MessageID
}

// post calls the Graph API by hand and returns the status and the code of its error.
func post(t *testing.T, server *whatsapptest.Server, path, body string, header http.Header) (status, code int) {
	t.Helper()
	call := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	call.Header = header
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, call)
	var answer struct {
		Error struct{ Code int }
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s: %v", recorder.Body, err)
	}
	return recorder.Code, answer.Error.Code
}

const path = "/v26.0/100000000000001/messages"

func headers() http.Header {
	return http.Header{"Authorization": {"Bearer simulador"}, "Content-Type": {"application/json"}}
}

// TestRequestsOfOtherClientsAreAccepted posts what three independent clients sent, so that the checks are not only those
// that our own client happens to pass.
func TestRequestsOfOtherClientsAreAccepted(t *testing.T) {
	server, _ := start(t, whatsapptest.Options{})
	names, err := filepath.Glob("../testdata/payloads/req_template_quick_reply.*.json")
	if err != nil || len(names) != 3 {
		t.Fatalf("%v, %v", names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if status, code := post(t, server, path, string(raw), headers()); status != http.StatusOK {
			t.Errorf("%s: %d, code %d", name, status, code)
		}
	}
	var wentTo []string
	for _, message := range server.Messages() {
		wentTo = append(wentTo, message.WAID)
	}
	slices.Sort(wentTo)
	// Two of them leave the + out, and Meta puts the country of the business in front.
	if want := []string{"1525512345678", "1525512345678", "5215512345678"}; !slices.Equal(wentTo, want) {
		t.Errorf("the messages went to %v, want %v", wentTo, want)
	}
}

func TestRequestsThatMetaRefuses(t *testing.T) {
	server, _ := start(t, whatsapptest.Options{})
	good := `{"messaging_product":"whatsapp","recipient_type":"individual","to":"+525512345678","type":"template","template":{"name":"privacy_consent_notice","language":{"code":"es_MX"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"https://example.mx"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"consent:1"}]}]}}`
	if status, code := post(t, server, path, good, headers()); status != http.StatusOK {
		t.Fatalf("%d, code %d", status, code)
	}
	for why, tt := range map[string]struct {
		old, new string
		code     int
	}{
		"product":           {`"whatsapp"`, `"messenger"`, 100},
		"group":             {`"individual"`, `"group"`, 100},
		"not a number":      {`+525512345678`, `Ana`, 131009},
		"bsuid in to":       {`+525512345678`, `MX.1`, 131009},
		"ourselves":         {`+525512345678`, `+15550001111`, 131021},
		"unknown bsuid":     {`"to":"+525512345678"`, `"recipient":"MX.1"`, 131026},
		"other template":    {`privacy_consent_notice`, `aviso`, 132001},
		"other language":    {`es_MX`, `es`, 132001},
		"too few values":    {`,{"type":"text","text":"https://example.mx"}`, ``, 132000},
		"value of a kind":   {`{"type":"text","text":"Ana"}`, `{"type":"currency"}`, 132012},
		"empty value":       {`"Ana"`, `""`, 131008},
		"line break":        {`"Ana"`, `"A\nB"`, 132018},
		"tab":               {`"Ana"`, `"A\tB"`, 132018},
		"five spaces":       {`"Ana"`, `"A     B"`, 132018},
		"endless":           {`"Ana"`, `"` + strings.Repeat("x", 1000) + `"`, 132005},
		"no such button":    {`"index":"0"`, `"index":"1"`, 132018},
		"kind of button":    {`quick_reply`, `url`, 132018},
		"empty payload":     {`consent:1`, ``, 132018},
		"endless payload":   {`consent:1`, strings.Repeat("x", 129), 132018},
		"unknown component": {`"type":"body"`, `"type":"heart"`, 132018},
		"unknown type":      {`"type":"template"`, `"type":"sticker"`, 131009},
		"not json":          {`{"messaging_product"`, `"messaging_product"`, 100},
	} {
		if status, code := post(t, server, path, strings.Replace(good, tt.old, tt.new, 1), headers()); code != tt.code || status == http.StatusOK {
			t.Errorf("%s: %d, code %d, want %d", why, status, code, tt.code)
		}
	}
	if n := len(server.Messages()); n != 1 {
		t.Errorf("%d messages were sent", n)
	}
}

func TestCallersThatMetaRefuses(t *testing.T) {
	server, _ := start(t, whatsapptest.Options{})
	for why, tt := range map[string]struct {
		path   string
		header http.Header
		code   int
		status int
	}{
		"no version":    {"/100000000000001/messages", headers(), 33, 400},
		"other version": {"/v21.0/100000000000001/messages", headers(), 33, 400},
		"other number":  {"/v26.0/7/messages", headers(), 33, 400},
		"no token":      {path, http.Header{"Content-Type": {"application/json"}}, 190, 401},
		"other token":   {path, http.Header{"Authorization": {"Bearer x"}}, 190, 401},
		"a form":        {path, http.Header{"Authorization": {"Bearer simulador"}, "Content-Type": {"text/plain"}}, 100, 400},
	} {
		if status, code := post(t, server, tt.path, "{}", tt.header); code != tt.code || status != tt.status {
			t.Errorf("%s: %d, code %d", why, status, code)
		}
	}
}

func TestStatusesAreSignedAndNameTheMessage(t *testing.T) {
	server, hook := start(t, whatsapptest.Options{UserIDs: true})
	id := send(t, server, patient)
	for _, status := range []string{"sent", "delivered", "read"} {
		entry, err := server.Status(context.Background(), id, status)
		if err != nil || entry.HTTPStatus != http.StatusOK {
			t.Fatalf("%s: %+v, %v", status, entry, err)
		}
		got := hook.last().Statuses[0]
		if got.MessageID != id || got.Status != status || got.WAID != "5215555550163" || got.CallbackData != "outbox-1" || !whatsapp.IsUserID(got.UserID) {
			t.Errorf("%+v", got)
		}
	}
	if state := server.Messages()[0].State; state != whatsapp.StateRead {
		t.Errorf("the phone shows %s", state)
	}
	if _, err := server.Status(context.Background(), "wamid.other", "sent"); err == nil {
		t.Error("a status of a message that does not exist")
	}
	if _, err := server.Fail(context.Background(), id, 131026); err != nil {
		t.Fatal(err)
	}
	failed := hook.last().Statuses[0]
	if failed.Status != "failed" || failed.Errors[0].Code != 131026 || failed.UserID != "" {
		t.Errorf("%+v", failed)
	}
}

func TestTapsInEveryForm(t *testing.T) {
	server, hook := start(t, whatsapptest.Options{UserIDs: true})
	server.SetName(patient, "Ximena")
	id := send(t, server, patient)
	seen := map[string]bool{}
	for why, tap := range map[string]whatsapptest.Tap{
		"usual": {}, "no context": {WithoutContext: true}, "foreign context": {ForeignContext: true}, "no number": {OnlyUserID: true},
		"forged": {Payload: "consent:other"}, "other phone": {FromNumber: "+525555550999"},
	} {
		if _, err := server.Tap(context.Background(), id, tap); err != nil {
			t.Fatal(err)
		}
		got := hook.last().Messages[0]
		wantPayload, wantWAID, wantContext := "consent:9yQ2", "5215555550163", id
		switch why {
		case "forged":
			wantPayload = "consent:other"
		case "other phone":
			wantWAID = "5215555550999"
		case "no number":
			wantWAID = ""
		case "no context":
			wantContext = ""
		case "foreign context":
			wantContext = got.ContextID
		}
		if got.Type != "button" || got.ButtonText != "Acepto" || got.ButtonPayload != wantPayload || got.WAID != wantWAID || got.ContextID != wantContext {
			t.Errorf("%s: %+v", why, got)
		}
		if why == "foreign context" && (got.ContextID == "" || got.ContextID == id) {
			t.Errorf("%s: context %q", why, got.ContextID)
		}
		if !whatsapp.IsUserID(got.UserID) || seen[got.ID] || got.Timestamp.IsZero() {
			t.Errorf("%s: %+v", why, got)
		}
		seen[got.ID] = true
	}
	if _, err := server.Tap(context.Background(), "wamid.other", whatsapptest.Tap{}); err == nil {
		t.Error("a tap on a message that does not exist")
	}
}

func TestADeliveryIsRepeatedToTheByte(t *testing.T) {
	server, hook := start(t, whatsapptest.Options{})
	id := send(t, server, patient)
	first, err := server.Tap(context.Background(), id, whatsapptest.Tap{})
	if err != nil {
		t.Fatal(err)
	}
	again, ok := server.Repeat(context.Background(), first.ID)
	if !ok || !again.Repeated || again.HTTPStatus != http.StatusOK {
		t.Errorf("%+v, %v", again, ok)
	}
	if len(hook.bodies) != 2 || !bytes.Equal(hook.bodies[0], hook.bodies[1]) {
		t.Error("the second delivery is another one")
	}
	if taps := len(server.Messages()) - 1; taps != 1 {
		t.Errorf("the phone shows %d taps", taps)
	}
	for _, id := range []int{-1, server.Entries()[0].ID} { // unknown, and a request of the program's own
		if _, ok := server.Repeat(context.Background(), id); ok {
			t.Errorf("entry %d was delivered", id)
		}
	}
}

func TestABatchOfAThousandInAnyOrder(t *testing.T) {
	server, hook := start(t, whatsapptest.Options{})
	var items []whatsapptest.Item
	for range 100 {
		id := send(t, server, patient)
		for _, status := range []string{"read", "sent", "delivered", "sent", "failed"} {
			item, err := server.StatusItem(id, status)
			if err != nil {
				t.Fatal(err)
			}
			items = append(items, item)
		}
		tap, err := server.TapItem(id, whatsapptest.Tap{})
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, tap, tap, server.TextItem(patient, "¿Puedo llegar 15 minutos tarde? ñ 😀 a/b@c"), tap, tap)
	}
	entry := server.Deliver(context.Background(), items...)
	batch := hook.last()
	if len(items) != 1000 || len(batch.Statuses) != 500 || len(batch.Messages) != 500 || entry.Path != "messages, statuses" {
		t.Errorf("%d items: %d statuses, %d messages, %s", len(items), len(batch.Statuses), len(batch.Messages), entry.Path)
	}
	if text := batch.Messages[2].Text; text != "¿Puedo llegar 15 minutos tarde? ñ 😀 a/b@c" {
		t.Errorf("%q", text)
	}
	for _, c := range []byte(entry.Body) {
		if c >= 0x80 {
			t.Fatal("the body is not in ASCII")
		}
	}
	for _, escaped := range []string{`\u00f1`, `\ud83d\ude00`, `a\/b\u0040c`} {
		if !strings.Contains(entry.Body, escaped) {
			t.Errorf("%s is not in the body", escaped)
		}
	}
	inbound := 0
	for _, message := range server.Messages() {
		if message.Inbound {
			inbound++
		} else if message.State != whatsapp.StateRead {
			t.Fatalf("the phone shows %s", message.State)
		}
	}
	if inbound != 200 {
		t.Errorf("the phone shows %d answers; one tap and one text for each message are 200", inbound)
	}
}
