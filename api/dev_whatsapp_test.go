package api_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/whatsapp/whatsapptest"
)

// laptop is the program as `make run` starts it: no Meta, the simulator in its
// place, the queue at work.
func newLaptop(t *testing.T) desk {
	t.Helper()
	a := apitest.New(t)
	a.Simulator.Reach(whatsapptest.PostTo(a.URL+"/api/webhooks/whatsapp", http.DefaultClient))
	stop, err := a.Start(context.WithoutCancel(t.Context()), true)
	require.NoError(t, err)
	t.Cleanup(stop)
	t.Cleanup(a.Live.Close)
	return desk{API: a, Person: a.ReadyDoctor(t), t: t}
}

// dev asks the simulator's page.
func (d desk) dev(method, path string, body any) apitest.Reply {
	d.t.Helper()
	return d.Do(d.t, apitest.Call{Method: method, Path: "/dev/whatsapp/api" + path, Body: body, Undocumented: true})
}

func (d desk) state() map[string]any {
	d.t.Helper()
	return d.dev(http.MethodGet, "/state", nil).Want(http.StatusOK).JSON()
}

// until asks again and again until it is so.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	require.Eventually(t, is, time.Minute, 50*time.Millisecond, what)
}

func (d desk) chain(p map[string]any) (types []string) {
	d.t.Helper()
	for _, e := range list(d.send(http.MethodGet, pathOf(p)+"/consents", nil).Want(http.StatusOK).JSON()["events"]) {
		types = append(types, e["type"].(string))
	}
	return types
}

// On a laptop without Meta the whole circle works: the message appears on a
// simulated phone, its steps come by the real webhook, a tap accepts, a repeated
// webhook changes nothing, a text is no consent.
func TestSimulator(t *testing.T) {
	t.Parallel()
	d := newLaptop(t)
	p := d.register(fernanda())
	d.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	until(t, "delivered", func() bool { return slices.Contains(d.chain(p), "delivered") })
	phone := list(d.state()["phones"])[0]
	require.Equal(t, "María Fernanda Orozco Villaseñor", phone["name"])
	message := list(phone["messages"])[0]
	require.Equal(t, []any{"Acepto"}, message["buttons"])

	d.dev(http.MethodPost, "/read", map[string]any{"number": phone["number"]}).Want(http.StatusOK)
	d.dev(http.MethodPost, "/write", map[string]any{"number": phone["number"], "text": "Acepto"}).Want(http.StatusOK)
	until(t, "read", func() bool { return slices.Contains(d.chain(p), "read") })
	require.NotContains(t, d.chain(p), "accepted")
	tap := d.dev(http.MethodPost, "/tap", map[string]any{"message_id": message["id"]}).Want(http.StatusOK).JSON()
	require.EqualValues(t, http.StatusOK, tap["http_status"])
	until(t, "accepted", func() bool { return slices.Contains(d.chain(p), "accepted") })
	before := len(d.chain(p))
	repeated := d.dev(http.MethodPost, "/repeat", map[string]any{}).Want(http.StatusOK).JSON()
	require.Equal(t, true, repeated["repeated"])
	require.Len(t, d.chain(p), before)

	entry := d.dev(http.MethodGet, "/entries/"+tap["id"].(string), nil).Want(http.StatusOK).JSON()
	require.Equal(t, "Se añadió el evento «Aceptado» a la cadena de la persona.", entry["result"])
	require.Equal(t, true, entry["signed"])
	require.Contains(t, entry["body"], "\n  ")
	until(t, "the thanks", func() bool { return len(list(list(d.state()["phones"])[0]["messages"])) >= 5 })
}

// The difficult cases of the page.
func TestSimulatorCases(t *testing.T) {
	t.Parallel()
	d := newLaptop(t)
	p := d.register(fernanda())
	d.dev(http.MethodPost, "/refuse", map[string]any{"number": "+525555550142", "on": true}).Want(http.StatusNoContent)
	d.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	until(t, "failed", func() bool { return slices.Contains(d.chain(p), "failed") })
	require.Len(t, list(d.send(http.MethodGet, "/api/messages?needs_call=true", nil).JSON()["items"]), 1)

	d.dev(http.MethodPost, "/fail", map[string]any{}).Want(http.StatusNoContent)
	d.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	until(t, "a second attempt is planned", func() bool {
		return list(d.send(http.MethodGet, "/api/messages?status=queued", nil).JSON()["items"])[0]["next_attempt_at"] != nil
	})
	d.dev(http.MethodPost, "/delay", map[string]any{"on": true}).Want(http.StatusNoContent)
	require.Equal(t, true, d.state()["delayed"])
	d.dev(http.MethodPost, "/tap", map[string]any{"message_id": "wamid.NADIE"}).Want(http.StatusNotFound)
	d.dev(http.MethodPost, "/write", map[string]any{"number": "hola", "text": "x"}).Want(http.StatusBadRequest)
	d.dev(http.MethodGet, "/entries/0", nil).Want(http.StatusNotFound)
}

// In production the simulator does not exist.
func TestNoSimulatorInProduction(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.Environment = "production" })
	for _, path := range []string{"/state", "/entries/1"} {
		r := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/dev/whatsapp/api" + path, Undocumented: true})
		require.Equal(t, http.StatusNotFound, r.Status)
	}
	require.Equal(t, http.StatusNotFound, a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/dev/whatsapp", Undocumented: true}).Status)
	require.Nil(t, a.Simulator)
}
