package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// office is a clinic whose WhatsApp is a Graph API of the test's own: sends and
// webhooks both cross real HTTP.
type office struct {
	desk
	meta *whatsapptest.Server
}

type lateClock struct{ clock.Clock }

func newOffice(t testing.TB) office {
	t.Helper()
	return newLoggedOffice(t, slog.New(slog.DiscardHandler))
}

func newLoggedOffice(t testing.TB, log *slog.Logger) office {
	t.Helper()
	var o office
	now := &lateClock{clock.System()}
	meta, err := whatsapptest.New(whatsapptest.Options{
		AppSecret: "test-app-secret", UserIDs: true, Clock: now, PhoneNumberID: "555000111222333", Token: "test-token",
		Sink: func(ctx context.Context, d whatsapptest.Delivery) (int, error) {
			return whatsapptest.PostTo(o.URL+"/api/webhooks/whatsapp", http.DefaultClient)(ctx, d)
		},
	})
	require.NoError(t, err)
	graph := httptest.NewServer(meta)
	t.Cleanup(graph.Close)
	t.Cleanup(meta.Close)
	a := apitest.NewLogged(t, log, func(c *config.Config) {
		c.NoticeURL = "https://historias.example/privacy-notice"
		c.Meta.PhoneID, c.Meta.Token, c.Meta.GraphURL = "555000111222333", "test-token", graph.URL
	})
	now.Clock = a.Fake
	o.meta, o.desk = meta, desk{API: a, Person: a.ReadyDoctor(t), t: t}
	return o
}

func (o office) work() {
	o.t.Helper()
	_, err := o.Queue.Drain(o.t.Context(), o.Fake.Now())
	require.NoError(o.t, err)
}

func (o office) lastSent() string {
	o.t.Helper()
	all := o.meta.Messages()
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].Inbound {
			return all[i].ID
		}
	}
	require.Fail(o.t, "nothing was sent")
	return ""
}

func (o office) purposes(patient map[string]any) map[string]string {
	o.t.Helper()
	out := map[string]string{}
	for _, p := range list(o.send(http.MethodGet, pathOf(patient)+"/consents", nil).Want(http.StatusOK).JSON()["purposes"]) {
		out[p["purpose"].(string)] = p["status"].(string)
	}
	return out
}

func (o office) events(patient map[string]any) (types []string) {
	o.t.Helper()
	for _, e := range list(o.send(http.MethodGet, pathOf(patient)+"/consents", nil).Want(http.StatusOK).JSON()["events"]) {
		types = append(types, e["type"].(string))
	}
	return types
}

func list(v any) (out []map[string]any) {
	items, _ := v.([]any)
	for _, item := range items {
		out = append(out, item.(map[string]any))
	}
	return out
}

// A doctor asks, the patient accepts on her telephone, and revokes at the desk;
// what was asked, answered and taken back can be read with its proof.
func TestConsentOverHTTP(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.register(fernanda())
	body := map[string]any{"channel": "whatsapp", "purposes": []string{"care", "reminders"}}
	asked := o.send(http.MethodPost, pathOf(p)+"/consent-requests", body, "Idempotency-Key", "one").Want(http.StatusAccepted).JSON()
	require.Equal(t, "requested", asked["status"])
	again := o.send(http.MethodPost, pathOf(p)+"/consent-requests", body, "Idempotency-Key", "one").Want(http.StatusAccepted)
	require.Equal(t, asked["id"], again.JSON()["id"])
	o.work()
	wamid := o.lastSent()
	for _, status := range []string{"sent", "delivered", "read"} {
		e, err := o.meta.Status(t.Context(), wamid, status)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, e.HTTPStatus)
	}
	e, err := o.meta.Tap(t.Context(), wamid, whatsapptest.Tap{})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, e.HTTPStatus)
	o.work()
	require.Equal(t, []string{"requested", "queued", "sent", "delivered", "read", "accepted"}, o.events(p))
	require.Equal(t, "accepted", o.send(http.MethodGet, pathOf(p), nil).JSON()["consent"].(map[string]any)["status"])

	o.send(http.MethodPost, pathOf(p)+"/consents/revocations", map[string]any{
		"purposes": []string{"reminders"}, "reason": "Lo pidió en el mostrador.", "requested_by": "patient",
	}).Want(http.StatusCreated)
	o.meta.Repeat(t.Context(), e.ID)
	_, err = o.meta.Tap(t.Context(), wamid, whatsapptest.Tap{})
	require.NoError(t, err)
	o.work()
	states := o.purposes(p)
	require.Equal(t, "accepted", states["care"])
	require.Equal(t, "revoked", states["reminders"])
	require.Equal(t, "none", states["ai"])

	items := list(o.send(http.MethodGet, "/api/messages?patient_id="+p["id"].(string), nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, items, 5) // question, tap, thanks, second tap, what became of it
	require.Contains(t, items[len(items)-1]["text"], "/privacy-notice/"+o.Slug+"/v/1")
	first := o.send(http.MethodGet, pathOf(p)+"/consents", nil)
	o.Fake.Advance(time.Hour)
	require.Equal(t, string(first.Body), string(o.send(http.MethodGet, pathOf(p)+"/consents", nil).Body), "the clock changes nothing")
}

// What did not arrive is called for, sent again and settled.
func TestWorklistOverHTTP(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.register(fernanda())
	o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	o.work()
	_, err := o.meta.Fail(t.Context(), o.lastSent(), 131026)
	require.NoError(t, err)
	o.work()
	calls := list(o.send(http.MethodGet, "/api/messages?needs_call=true&status=failed", nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, calls, 1)
	require.Equal(t, "María Fernanda Orozco Villaseñor", calls[0]["patient"].(map[string]any)["name"])
	require.EqualValues(t, 131026, calls[0]["error"].(map[string]any)["code"])
	id := calls[0]["id"].(string)
	o.Fake.Advance(time.Second)
	next := o.send(http.MethodPost, "/api/messages/"+id+"/retry", nil).Want(http.StatusOK).JSON()
	require.Equal(t, "queued", next["status"])
	require.Equal(t, id, next["retry_of"])
	require.Equal(t, "message.not_retryable", o.send(http.MethodPost, "/api/messages/"+id+"/retry", nil).Want(http.StatusUnprocessableEntity).Code())
	o.work()
	_, err = o.meta.Fail(t.Context(), o.lastSent(), 131026)
	require.NoError(t, err)
	o.work()
	done := o.send(http.MethodPost, "/api/messages/"+next["id"].(string)+"/resolve", map[string]any{"note": "Se le llamó."}).Want(http.StatusOK).JSON()
	require.Equal(t, false, done["needs_call"])
	require.Equal(t, "handled", done["resolution"].(map[string]any)["kind"])
	require.Empty(t, list(o.send(http.MethodGet, "/api/messages?needs_call=true", nil).Want(http.StatusOK).JSON()["items"]))
	for _, query := range []string{"status=lost", "needs_call=maybe", "patient_id=7", "cursor=%21", "limit=0"} {
		o.wrong(http.MethodGet, "/api/messages?"+query, nil).Want(http.StatusBadRequest)
	}
}

// Every wrong body says what is wrong, all at once.
func TestConsentBodies(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.register(fernanda())
	require.Equal(t, map[string]string{"channel": "enum", "purposes[1]": "enum"},
		o.wrong(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "fax", "purposes": []string{"care", "fun"}}).Want(http.StatusBadRequest).Fields())
	require.Equal(t, map[string]string{"channel": "required", "purposes": "required"},
		o.wrong(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{}).Want(http.StatusBadRequest).Fields())
	require.Equal(t, "consent.channel_unavailable",
		o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "link", "purposes": []string{"care"}}).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, map[string]string{"purposes": "required", "reason": "required", "requested_by": "required"},
		o.wrong(http.MethodPost, pathOf(p)+"/consents/revocations", map[string]any{}).Want(http.StatusBadRequest).Fields())
	require.Equal(t, http.StatusNotFound, o.send(http.MethodGet, "/api/patients/"+uuid.NewString()+"/consents", nil).Status)
	bare := o.Doctor(t)
	q := desk{API: o.API, Person: bare, t: t}
	r := q.send(http.MethodPost, pathOf(q.register(fernanda()))+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).
		Want(http.StatusUnprocessableEntity)
	require.Equal(t, "clinic.incomplete", r.Code())
	require.Contains(t, r.Fields(), "address")
}

// Guests, the auditor and another clinic see and do nothing.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.register(fernanda())
	o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	message := list(o.send(http.MethodGet, "/api/messages", nil).JSON()["items"])[0]["id"].(string)
	ask := map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}
	revoke := map[string]any{"purposes": []string{"care"}, "reason": "x", "requested_by": "patient"}
	notice := list(o.send(http.MethodGet, "/api/privacy-notices", nil).JSON()["items"])[0]["id"].(string)
	calls := []struct {
		method, path string
		body         any
		foreign      int
	}{
		{http.MethodPost, pathOf(p) + "/consent-requests", ask, http.StatusNotFound},
		{http.MethodGet, pathOf(p) + "/consents", nil, http.StatusNotFound},
		{http.MethodPost, pathOf(p) + "/consents/revocations", revoke, http.StatusNotFound},
		{http.MethodGet, "/api/messages", nil, http.StatusOK},
		{http.MethodGet, "/api/messages?patient_id=" + p["id"].(string), nil, http.StatusNotFound},
		{http.MethodGet, "/api/messages/" + message, nil, http.StatusNotFound},
		{http.MethodPost, "/api/messages/" + message + "/retry", nil, http.StatusNotFound},
		{http.MethodPost, "/api/messages/" + message + "/resolve", nil, http.StatusNotFound},
		{http.MethodGet, "/api/privacy-notices/" + notice, nil, http.StatusNotFound},
		{http.MethodPost, "/api/privacy-notices/" + notice + "/publish", nil, http.StatusNotFound},
	}
	auditor, other := o.Colleague(t, o.Person, actor.RoleAuditor), o.ReadyDoctor(t)
	for _, c := range calls {
		for token, want := range map[string]int{"": http.StatusUnauthorized, auditor.Token: http.StatusForbidden, other.Token: c.foreign} {
			r := o.Do(t, apitest.Call{Method: c.method, Path: c.path, Token: token, Body: c.body, Undocumented: true})
			require.Equal(t, want, r.Status, "%s %s: %s", c.method, c.path, r.Body)
			require.NotContains(t, string(r.Body), "Fernanda")
		}
	}
	reception := o.Colleague(t, o.Person, actor.RoleReceptionist)
	r := o.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/privacy-notices", Token: reception.Token, Body: map[string]any{"kind": "integral"}})
	require.Equal(t, http.StatusForbidden, r.Status)
	require.Equal(t, "notice:publish", r.JSON()["permission"])
}

// The webhook takes what Meta signs and nothing else, up to 3 MB, and answers
// the check of its address.
func TestWebhookOverHTTP(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	post := func(body []byte, signature string) apitest.Reply {
		return o.Do(t, apitest.Call{
			Method: http.MethodPost, Path: "/api/webhooks/whatsapp", Body: body, Undocumented: true,
			Headers: map[string]string{"X-Hub-Signature-256": signature},
		})
	}
	body := []byte(`{"object":"whatsapp_business_account","entry":[],"unknown":{"ñ":"\u00f1\/"}}`)
	good := whatsapp.Sign("test-app-secret", body)
	require.Equal(t, http.StatusOK, post(body, good).Status)
	require.Equal(t, http.StatusOK, post(body, good).Status)
	require.Equal(t, "webhook.signature", post(body, "").Want(http.StatusUnauthorized).Code())
	require.Equal(t, http.StatusUnauthorized, post(body[:40], good).Status)
	garbage := []byte("\x00\xff no es JSON")
	require.Equal(t, http.StatusOK, post(garbage, whatsapp.Sign("test-app-secret", garbage)).Status)
	large := bytes.Repeat([]byte("a"), 3<<20)
	require.Equal(t, http.StatusOK, post(large, whatsapp.Sign("test-app-secret", large)).Status)
	larger := append(large, 'a')
	require.Equal(t, http.StatusRequestEntityTooLarge, post(larger, whatsapp.Sign("test-app-secret", larger)).Status)

	flood := 0
	for range 60 {
		if post(body, "").Status == http.StatusTooManyRequests {
			flood++
		}
	}
	require.Positive(t, flood, "forgeries without end fill the trail")
	require.Equal(t, http.StatusOK, post(body, good).Status, "a flood of others does not stop Meta")
	get := func(query string) apitest.Reply {
		return o.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/webhooks/whatsapp?" + query, Undocumented: true})
	}
	r := get("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=test-verify-token")
	require.Equal(t, http.StatusOK, r.Status)
	require.Equal(t, "1158201444", string(r.Body))
	require.True(t, strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain"))
	require.Equal(t, http.StatusForbidden, get("hub.mode=subscribe&hub.challenge=1&hub.verify_token=other").Status)
	require.Equal(t, http.StatusForbidden, get("").Status)
	closed := apitest.NewWith(t, func(c *config.Config) { c.Meta.AppSecrets = nil })
	r = closed.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/webhooks/whatsapp", Body: body, Undocumented: true})
	require.Equal(t, "webhook.not_configured", r.Want(http.StatusServiceUnavailable).Code())
}

// A clinic's notice reads without a session, a script or a second request; each
// version keeps its address; caches may keep it.
func TestPublicNotice(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	get := func(path string, headers map[string]string) apitest.Reply {
		return o.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Headers: headers, Undocumented: true})
	}
	page := get("/privacy-notice/"+o.Slug, nil).Want(http.StatusOK)
	html := string(page.Body)
	require.Contains(t, html, "Clínica Jacarandas, S.C.")
	require.Contains(t, html, "Versión 1, vigente desde el 23 de noviembre de 2026")
	require.Contains(t, html, "Secretaría Anticorrupción y Buen Gobierno")
	require.NotContains(t, html, "{{")
	require.NotContains(t, html, "<script>")
	require.Equal(t, 9, strings.Count(html, "<details"))
	require.Equal(t, 1, strings.Count(html, " open>"))
	require.Equal(t, 9, strings.Count(string(get("/privacy-notice/"+o.Slug+"/v/1?print=1", nil).Body), " open>"))
	require.Equal(t, http.StatusNotModified, get("/privacy-notice/"+o.Slug, map[string]string{"If-None-Match": page.Header.Get("ETag")}).Status)
	require.Contains(t, page.Header.Get("Cache-Control"), "public")

	doc := o.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/public/clinics/" + o.Slug + "/privacy-notice"}).Want(http.StatusOK).JSON()
	require.EqualValues(t, 1, doc["version"])
	require.Len(t, doc["hash"], 64)
	require.Contains(t, html, doc["hash"])

	draft := o.send(http.MethodPost, "/api/privacy-notices", map[string]any{"kind": "integral"}).Want(http.StatusCreated)
	id := draft.JSON()["id"].(string)
	words := draft.JSON()
	words["summary"] = "<b>{{responsable}}</b> cuida sus datos."
	put := o.send(http.MethodPut, "/api/privacy-notices/"+id, words, "If-Match", draft.Header.Get("ETag")).Want(http.StatusOK)
	o.send(http.MethodPut, "/api/privacy-notices/"+id, words, "If-Match", draft.Header.Get("ETag")).Want(http.StatusPreconditionFailed)
	o.wrong(http.MethodPut, "/api/privacy-notices/"+id, words).Want(http.StatusPreconditionRequired)
	short := map[string]any{"summary": "x", "elements": []any{}}
	o.send(http.MethodPut, "/api/privacy-notices/"+id, short, "If-Match", put.Header.Get("ETag")).Want(http.StatusOK)
	refused := o.send(http.MethodPost, "/api/privacy-notices/"+id+"/publish", nil).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "notice.incomplete", refused.Code())
	require.Equal(t, "missing", refused.Fields()["elements.VIII"])
	o.wrong(http.MethodPut, "/api/privacy-notices/"+id, words, "If-Match", `"3"`).Want(http.StatusUnprocessableEntity)
	words = dropped(words, "content", "revision", "updated_at")
	o.send(http.MethodPut, "/api/privacy-notices/"+id, words, "If-Match", `"3"`).Want(http.StatusOK)
	o.send(http.MethodPost, "/api/privacy-notices/"+id+"/publish", nil).Want(http.StatusOK)
	require.Contains(t, string(get("/privacy-notice/"+o.Slug, nil).Body), "Versión 2")
	require.Contains(t, string(get("/privacy-notice/"+o.Slug, nil).Body), "&lt;b&gt;Clínica Jacarandas, S.C.&lt;/b&gt;")
	require.Contains(t, string(get("/privacy-notice/"+o.Slug+"/v/1", nil).Body), "Esta versión ya no está vigente.")
	require.Equal(t, http.StatusNotFound, get("/privacy-notice/"+o.Slug+"/v/3", nil).Status)
	for _, path := range []string{"/privacy-notice/nadie", "/privacy-notice/plataforma", "/privacy-notice/a%00b", "/privacy-notice/" + o.Slug + "/v/x"} {
		require.Contains(t, string(get(path, nil).Want(http.StatusNotFound).Body), "No encontramos este aviso", path)
	}
}

// The bare addresses of the plan lead to the only clinic, or explain.
func TestBareNoticeAddresses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	look := func(path string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.URL+path, nil)
		require.NoError(t, err)
		res, err := client.Do(req)
		require.NoError(t, err)
		defer func() { _ = res.Body.Close() }()
		return res.StatusCode, res.Header.Get("Location")
	}
	for _, path := range []string{"/privacy-notice", "/privacy", "/aviso-privacidad"} {
		status, to := look(path)
		require.Equal(t, http.StatusFound, status, path)
		require.Equal(t, "/privacy-notice/"+o.Slug, to)
	}
	status, to := look("/privacy-notice/" + o.Slug + "?v=1")
	require.Equal(t, http.StatusMovedPermanently, status)
	require.Equal(t, "/privacy-notice/"+o.Slug+"/v/1", to)
	o.Doctor(t)
	status, _ = look("/privacy")
	require.Equal(t, http.StatusOK, status, "with two clinics it explains")
}

// stream opens the live events of somebody.
func stream(t testing.TB, a *apitest.API, token string) *bufio.Scanner {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.URL+"/api/events", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "text/event-stream", res.Header.Get("Content-Type"))
	lines := bufio.NewScanner(res.Body)
	require.True(t, lines.Scan(), "the stream begins at once")
	return lines
}

// Open pages hear of their clinic's changes, by ids only, and only of what their
// role may see; the stream ends with the session.
func TestLiveEvents(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.register(fernanda())
	mine := stream(t, o.API, o.Token)
	auditor := stream(t, o.API, o.Colleague(t, o.Person, actor.RoleAuditor).Token)
	o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	seen := map[string]bool{}
	for !seen["consent"] || !seen["message"] {
		require.True(t, mine.Scan(), "the stream ended")
		if data, ok := strings.CutPrefix(mine.Text(), "data: "); ok {
			var change struct {
				Topic     string `json:"topic"`
				PatientID string `json:"patient_id"`
			}
			require.NoError(t, json.Unmarshal([]byte(data), &change))
			require.Equal(t, p["id"], change.PatientID)
			seen[change.Topic] = true
		}
	}
	o.send(http.MethodPost, "/api/auth/logout", nil).Want(http.StatusNoContent)
	other := o.Colleague(t, o.Person, actor.RoleDoctor)
	o.Do(t, apitest.Call{
		Method: http.MethodPost, Path: pathOf(p) + "/consent-requests", Token: other.Token,
		Body: map[string]any{"channel": "whatsapp", "purposes": []string{"ai"}},
	}).Want(http.StatusAccepted)
	for mine.Scan() {
		require.NotContains(t, mine.Text(), "data:", "a closed session heard of a change")
	}
	o.Database.Exec(t, `update memberships set status = 'ended' where role = 'auditor'`)
	o.Live.Close()
	for auditor.Scan() {
		require.NotContains(t, auditor.Text(), "data:", "the auditor heard of a patient")
	}
}
