package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/whatsapp/whatsapptest"
)

const (
	nobodyListens = "http://127.0.0.1:1"
	metaToken     = "a-token-that-nobody-sees"
	metaNumber    = "555000111222333"
)

// connected is an installation whose WhatsApp is a Graph API of the test's own.
func connected(t *testing.T) (*apitest.API, *whatsapptest.Server) {
	t.Helper()
	now := &lateClock{clock.System()}
	meta, err := whatsapptest.New(whatsapptest.Options{
		AppSecret: "test-app-secret", Clock: now, PhoneNumberID: metaNumber, Token: metaToken, AccountID: "777000111222333",
	})
	require.NoError(t, err)
	graph := httptest.NewServer(meta)
	t.Cleanup(graph.Close)
	t.Cleanup(meta.Close)
	a := apitest.NewWith(t, func(c *config.Config) {
		c.BackendURL = nobodyListens
		c.Meta.PhoneID, c.Meta.Token, c.Meta.GraphURL, c.Meta.BusinessID = metaNumber, metaToken, graph.URL, meta.AccountID()
	})
	now.Clock = a.Fake
	meta.Arrange(func(b *whatsapptest.Business) { b.NumberName = "Dra. Sofía Núñez" })
	return a, meta
}

func findings(t *testing.T, r apitest.Reply) map[string]string {
	t.Helper()
	report, ok := r.JSON()["report"].(map[string]any)
	require.True(t, ok, "no report in %s", r.Body)
	levels := map[string]string{}
	for _, one := range report["findings"].([]any) {
		f := one.(map[string]any)
		levels[f["code"].(string)] = f["level"].(string)
	}
	return levels
}

func TestTheOwnerLooksAtTheConnection(t *testing.T) {
	t.Parallel()
	a, meta := connected(t)
	owner := a.ReadyDoctor(t)
	get := func() apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/whatsapp", Token: owner.Token}).Want(http.StatusOK)
	}
	check := func() apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/whatsapp/diagnosis", Token: owner.Token})
	}
	before := get()
	require.NotContains(t, before.JSON(), "report", "nobody has looked yet")
	require.Equal(t, true, before.JSON()["configured"])

	checked := check().Want(http.StatusOK)
	levels := findings(t, checked)
	for code, level := range map[string]string{
		"token": "ok", "account": "ok", "number": "ok", "template": "ok", "template_text": "ok", "app_secret": "ok",
		"webhook_address": "fail", "webhook_reachable": "fail", "webhook_last": "warn", "notice": "ok",
	} {
		require.Equal(t, level, levels[code], code)
	}
	require.Equal(t, findings(t, get()), levels, "what was seen is kept")
	for _, hidden := range []string{metaToken, "test-app-secret", "test-verify-token", metaNumber, meta.AccountID()} {
		require.NotContains(t, string(checked.Body), hidden)
	}
	require.Contains(t, string(checked.Body), `"number_id_ending":"2333"`)
	require.Equal(t, 0, apitest.Scalar[int](t, a, `select count(*)::int from whatsapp_reports where sealed like '%Núñez%'`))

	soon := check().Want(http.StatusTooManyRequests)
	require.Equal(t, "whatsapp.too_soon", soon.Code())
	require.Equal(t, "60", soon.Header.Get("Retry-After"))
	a.Fake.Advance(time.Minute)
	meta.Arrange(func(b *whatsapptest.Business) { b.Templates[0].Status = "PAUSED" })
	require.Equal(t, "fail", findings(t, check().Want(http.StatusOK))["template"])
	template := get().JSON()["template"].(map[string]any)
	require.Equal(t, "PAUSED", template["status"])
	require.True(t, strings.HasPrefix(template["body"].(string), "AVISO DE PRIVACIDAD"))
}

// Two people who press at once ask Meta once.
func TestOnlyOneLookAMinute(t *testing.T) {
	t.Parallel()
	a, _ := connected(t)
	owner := a.ReadyDoctor(t)
	const presses = 6
	statuses := make(chan int, presses)
	for range presses {
		go func() {
			statuses <- a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/whatsapp/diagnosis", Token: owner.Token}).Status
		}()
	}
	count := map[int]int{}
	for range presses {
		count[<-statuses]++
	}
	require.Equal(t, map[int]int{http.StatusOK: 1, http.StatusTooManyRequests: presses - 1}, count)
}

func TestWithoutANumberTheConnectionSaysSo(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.Meta.AppSecrets = nil })
	owner := a.ReadyDoctor(t)
	r := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/whatsapp", Token: owner.Token}).Want(http.StatusOK)
	require.Equal(t, false, r.JSON()["configured"])
	r = a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/whatsapp/diagnosis", Token: owner.Token}).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "whatsapp.not_configured", r.Code())
}

func TestADevelopmentLooksAtTheSimulator(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	r := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/whatsapp/diagnosis", Token: owner.Token}).Want(http.StatusOK)
	require.Equal(t, true, r.JSON()["simulated"])
	require.NotContains(t, findings(t, r), "webhook_reachable")
	require.NotContains(t, string(r.Body), `"level":"fail"`)
}
