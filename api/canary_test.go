package api_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/obs"
	"historias/internal/testkit"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// journal keeps what the program logs.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// newJournal is the program's own log, at its most talkative.
func newJournal(production bool) (*journal, *slog.Logger) {
	j := &journal{}
	return j, obs.NewLog(j, "DEBUG", production)
}

// silent fails where the log holds what must not be in it, or is no log at all.
func (j *journal) silent(t testing.TB, more ...string) {
	t.Helper()
	text := j.String()
	lower := strings.ToLower(text)
	require.Contains(t, text, "request_id", "nothing was logged")
	for _, word := range slices.Concat(canary, more, []string{
		"fernanda", "orozco", "OOVF8008", "5555550142", "jacaranda", "eyJhbGciOi", "gAAAA", "test-token", "test-app-secret", "historias_session=",
		"consent:", "secreta-palabra", "llave-canaria",
	}) {
		if at := strings.Index(lower, strings.ToLower(word)); at >= 0 {
			t.Errorf("the log holds %q: …%s…", word, text[max(0, at-200):min(len(text), at+100)])
		}
	}
}

// talk is a conversation in which everything that a person can say is said in
// places where it may be logged.
func (o office) talk() {
	t := o.t
	p := o.register(canaryPatient())
	for _, path := range []string{
		"/api/patients?q=Xiadani", "/api/patients?q=5550773190", "/api/patients?q=Xiadani;y=1", "/api/patients?cursor=Xiadani&limit=Ocelote",
		"/api/Xiadani/Tepozt%C3%A9catl", "/api/patients/Xiadani", "/Xiadani?token=" + o.Token, "/api/messages?patient_id=Xiadani",
		"/api/patients?access_token=" + o.Token, "/privacy-notice/Xiadani", "/api/public/clinics/xiadani/privacy-notice",
	} {
		o.wrong(http.MethodGet, path, nil)
	}
	for _, body := range []any{
		`{"Xiadani": 1}`, `{"given_names": "Xiadani`, `{"birth_date": "Xiadani"}`, "Xiadani Tepoztécatl", `{"given_names": "Xiadani` + "\x00" + `"}`,
		changed(canaryPatient(), "curp", "OOVF800814MPLRLR07"), changed(canaryPatient(), "sex", "Xiadani"),
	} {
		o.wrong(http.MethodPost, "/api/patients", body, "Idempotency-Key", "llave-canaria", "User-Agent", "Xiadani/1.0", "Origin", "https://xiadani.example")
	}
	o.wrong(http.MethodPut, pathOf(p), canaryPatient(), "If-Match", `"Xiadani"`)
	o.send(http.MethodPost, pathOf(p)+"/archive", map[string]any{"reason": "Quetzalcanario lo pidió."})
	o.send(http.MethodPost, pathOf(p)+"/unarchive", nil)
	for _, token := range []string{o.Forge(t, "HS256", "x", map[string]any{"sub": "Xiadani"}), o.Forge(t, "none", "", nil), "Xiadani"} {
		o.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: token, Headers: map[string]string{"Cookie": "historias_session=" + token}})
	}
	o.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": "xiadani@canario.example", "password": "secreta-palabra de paso",
	}})
	o.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Undocumented: true, Body: changed(apitest.RegisterBody(),
		"full_name", "Xiadani", "email", "xiadani@canario.example", "password", "secreta-palabra")})
	o.ask(p)
}

// ask sends a question by way of a Meta that is unwell and repeats what it was
// told, and takes answers that are no answers.
func (o office) ask(p map[string]any) {
	t := o.t
	for _, failure := range []whatsapptest.Failure{
		whatsapptest.WithAnswer(http.StatusBadRequest, `{"error":{"message":"Xiadani 5215550773190 Bearer test-token","code":100,"error_data":{"details":"+525550773190"}}}`),
		whatsapptest.WithAnswer(http.StatusBadGateway, "<html>Xiadani 5550773190"),
		whatsapptest.WithCode(131031), whatsapptest.DroppedUnsent(),
	} {
		o.meta.FailNext(failure)
		o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
		o.work()
	}
	o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	o.work()
	o.meta.Write(t.Context(), "+525550773190", "Soy Xiadani Tepoztécatl y acepto")
	o.meta.Write(t.Context(), "+525550773191", "Soy Xiadani Tepoztécatl")
	_, err := o.meta.Tap(t.Context(), o.lastSent(), whatsapptest.Tap{})
	require.NoError(t, err)
	for _, body := range []string{`{"entry":"Xiadani"}`, "Xiadani", `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":[{"from":"5215550773190","type":"Xiadani"}]}}]}]}`} {
		o.meta.DeliverBody(t.Context(), []byte(body))
		for _, signature := range []string{"", "sha256=Xiadani", whatsapp.Sign("otro", []byte(body))} {
			o.Do(t, apitest.Call{
				Method: http.MethodPost, Path: "/api/webhooks/whatsapp", Body: body, Undocumented: true,
				Headers: map[string]string{"X-Hub-Signature-256": signature},
			})
		}
	}
	o.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/webhooks/whatsapp?hub.verify_token=Xiadani&hub.challenge=Xiadani", Undocumented: true})
	o.work()
}

// Whatever is said to the program, whatever it answers and however it fails, its
// log at the most talkative holds ids and codes and nothing of anybody.
func TestTheLogHoldsNothingOfAnybody(t *testing.T) {
	t.Parallel()
	for _, production := range []bool{false, true} {
		j, log := newJournal(production)
		o := newLoggedOffice(t, log)
		o.talk()
		o.broken()
		j.silent(t, o.Token, o.Email, testkit.Password, o.Slug)
		require.Contains(t, j.String(), "internal error", "nothing failed")
	}
}

// broken breaks the program under a request that carries a name, and speaks to
// it in no protocol at all.
func (o office) broken() {
	t := o.t
	at := o.register(canaryPatient())
	o.Database.Exec(t, `alter table patients rename column sealed to lost`)
	for _, call := range []apitest.Call{
		{Method: http.MethodPost, Path: "/api/patients", Body: canaryPatient()},
		{Method: http.MethodGet, Path: pathOf(at)},
	} {
		call.Token, call.Broken = o.Token, true
		o.Do(t, call).Want(http.StatusInternalServerError)
	}
	o.Database.Exec(t, `alter table patients rename column lost to sealed`)
	o.Database.Exec(t, fmt.Sprintf(`update patients set sealed = 'gAAAAXiadani' where id = '%s'`, at["id"]))
	o.Do(t, apitest.Call{Method: http.MethodGet, Path: pathOf(at), Token: o.Token, Broken: true})
	o.Database.Close(t)
	o.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/patients", Body: canaryPatient(), Token: o.Token})
	o.Database.Reopen(t)
	server, err := url.Parse(o.URL)
	require.NoError(t, err)
	for _, text := range []string{"Xiadani\r\n\r\n", "GET /Xiadani HTTP/9\r\n\r\n", "GET / HTTP/1.1\r\nHost: Xiadani\r\nXiadani\r\n\r\n", "POST /api/patients HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nXiadani"} {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Host)
		require.NoError(t, err)
		_, err = conn.Write([]byte(text))
		require.NoError(t, err)
		_ = conn.Close()
	}
}

// The queue, the simulator and the sealer log nothing of anybody either.
func TestTheLogOfTheBackgroundHoldsNothingOfAnybody(t *testing.T) {
	t.Parallel()
	j, log := newJournal(false)
	a := apitest.NewLogged(t, log, func(*config.Config) {})
	a.Simulator.Reach(whatsapptest.PostTo(a.URL+"/api/webhooks/whatsapp", http.DefaultClient))
	stop, err := a.Start(context.WithoutCancel(t.Context()), true)
	require.NoError(t, err)
	t.Cleanup(stop)
	t.Cleanup(a.Live.Close)
	d := desk{API: a, Person: a.ReadyDoctor(t), t: t}
	p := d.register(canaryPatient())
	d.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	until(t, "delivered", func() bool { return slices.Contains(d.chain(p), "delivered") })
	d.dev(http.MethodPost, "/write", map[string]any{"number": "+525550773190", "text": "Soy Xiadani y acepto"}).Want(http.StatusOK)
	d.Database.Close(t)
	d.send(http.MethodGet, pathOf(p), nil)
	d.Database.Reopen(t)
	until(t, "it serves again", func() bool { return d.send(http.MethodGet, pathOf(p), nil).Status == http.StatusOK })
	j.silent(t, d.Token, d.Email, testkit.Password)
}
