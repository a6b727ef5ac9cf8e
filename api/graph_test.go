package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/whatsapp/whatsapptest"
)

// asked is a patient whose question waits to be sent, and the message's address.
func (o office) asked() (patient map[string]any, message string) {
	o.t.Helper()
	p := o.register(dropped(fernanda(), "curp"))
	o.send(http.MethodPost, pathOf(p)+"/consent-requests", map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	return p, "/api/messages/" + o.first("/api/messages?patient_id="+p["id"].(string))
}

func (o office) read(path string) map[string]any {
	o.t.Helper()
	return o.send(http.MethodGet, path, nil).Want(http.StatusOK).JSON()
}

// calls are the messages that somebody should call about.
func (o office) calls() []map[string]any {
	o.t.Helper()
	return list(o.read("/api/messages?needs_call=true")["items"])
}

// taken counts what Meta took.
func (o office) taken() (n int) {
	for _, m := range o.meta.Messages() {
		if !m.Inbound {
			n++
		}
	}
	return n
}

// after moves the clock and works what is due.
func (o office) after(d time.Duration) {
	o.t.Helper()
	o.Fake.Advance(d)
	o.work()
}

// What passes at Meta (500, 429, a page of HTML, a connection that is not taken)
// costs nobody anything: the message waits, says why and when it is tried again,
// and then leaves once.
func TestMetaIsUnwellForAWhile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for name, failure := range map[string]whatsapptest.Failure{
		"500":              whatsapptest.WithAnswer(http.StatusInternalServerError, ""),
		"a page of HTML":   whatsapptest.WithAnswer(http.StatusBadGateway, "<html><body>Bad gateway</body></html>"),
		"429":              whatsapptest.WithAnswer(http.StatusTooManyRequests, "").After(90),
		"Meta's own 429":   whatsapptest.WithCode(130429),
		"Meta's own 500":   whatsapptest.WithCode(131000),
		"in maintenance":   whatsapptest.WithCode(131057),
		"the token is bad": whatsapptest.WithCode(190),
	} {
		before := o.taken()
		p, message := o.asked()
		o.meta.FailNext(failure, failure)
		o.work()
		m := o.read(message)
		require.Equal(t, "queued", m["status"], name)
		require.Equal(t, false, m["needs_call"], name)
		require.NotEmpty(t, m["error"].(map[string]any)["message"], name)
		next, err := time.Parse(time.RFC3339, m["next_attempt_at"].(string))
		require.NoError(t, err, name)
		require.True(t, next.After(o.Fake.Now()), name)
		if name == "429" {
			require.False(t, next.Before(o.Fake.Now().Add(90*time.Second)), "Meta asked for 90 seconds")
		}
		require.Equal(t, "message.not_retryable", o.send(http.MethodPost, message+"/retry", nil).Want(http.StatusUnprocessableEntity).Code(), name)
		for range 2 {
			o.after(30 * time.Minute)
		}
		m = o.read(message)
		require.Equal(t, "submitted", m["status"], name)
		require.NotContains(t, m, "error", name)
		require.Equal(t, before+1, o.taken(), name)
		require.Equal(t, []string{"requested", "queued"}, o.events(p), name)
	}
	require.Empty(t, o.calls())
}

// An answer that does not come leaves open whether the message left. It is never
// sent again blindly: a status settles it, or a person does.
func TestMetaSaysNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failure whatsapptest.Failure
		left    int
	}{
		"no answer at all":         {whatsapptest.Hanging(), 0},
		"cut off, not sent":        {whatsapptest.DroppedUnsent(), 0},
		"cut off, sent":            {whatsapptest.DroppedSent(), 1},
		"a success that is a page": {whatsapptest.WithAnswer(http.StatusOK, "<html>"), 0},
		"an empty success":         {whatsapptest.WithAnswer(http.StatusOK, ""), 0},
		"the gateway gave up":      {whatsapptest.WithAnswer(http.StatusGatewayTimeout, "<html>"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			p, message := o.asked()
			o.meta.FailNext(c.failure)
			o.work()
			m := o.read(message)
			require.Equal(t, "queued", m["status"])
			require.NotContains(t, m, "next_attempt_at", "nothing is tried again by itself")
			require.Empty(t, o.calls(), "a status may still come")
			o.after(16 * time.Minute)
			for range 8 {
				o.after(6 * time.Hour)
			}
			o.Token = o.again()
			require.Equal(t, c.left, o.taken(), "it was sent again blindly")
			if c.left == 1 {
				o.settledByStatus(message)
				return
			}
			o.settledByHand(p, message)
		})
	}
}

// settledByStatus is a message that left after all: its status says so.
func (o office) settledByStatus(message string) {
	o.t.Helper()
	require.Len(o.t, o.calls(), 1)
	_, err := o.meta.Status(o.t.Context(), o.lastSent(), "delivered")
	require.NoError(o.t, err)
	o.work()
	require.Equal(o.t, "delivered", o.read(message)["status"])
	require.Empty(o.t, o.calls())
	require.Equal(o.t, 1, o.taken())
}

// settledByHand is one that nobody heard of again: a person sends it anew.
func (o office) settledByHand(p map[string]any, message string) {
	o.t.Helper()
	calls := o.calls()
	require.Len(o.t, calls, 1)
	require.Equal(o.t, p["id"], calls[0]["patient"].(map[string]any)["id"])
	o.send(http.MethodPost, message+"/retry", nil).Want(http.StatusOK)
	o.work()
	require.Equal(o.t, 1, o.taken())
	require.Empty(o.t, o.calls())
	_, err := o.meta.Tap(o.t.Context(), o.lastSent(), whatsapptest.Tap{})
	require.NoError(o.t, err)
	o.work()
	require.Equal(o.t, "accepted", o.purposes(p)["care"])
}

// What no repetition can mend is a call to make at once, with its reason.
func TestMetaRefuses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, failure := range []whatsapptest.Failure{
		whatsapptest.WithCode(131026), whatsapptest.WithCode(132000), whatsapptest.WithAnswer(http.StatusBadRequest, "<html>"),
	} {
		p, message := o.asked()
		o.meta.FailNext(failure)
		o.work()
		m := o.read(message)
		require.Equal(t, "failed", m["status"])
		require.NotEmpty(t, m["error"].(map[string]any)["message"])
		require.Equal(t, []string{"requested", "queued", "failed"}, o.events(p))
	}
	require.Len(t, o.calls(), 3)
	o.after(48 * time.Hour)
	o.Token = o.again()
	require.Len(t, o.calls(), 3)
	require.Zero(t, o.taken())
}
