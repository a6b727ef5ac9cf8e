package messaging_test

import (
	"testing"
	"time"

	"historias/internal/messaging"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// decided gives the template another state at Meta and tells the program.
func (c *circle) decided(status string) {
	c.t.Helper()
	c.Fake.Advance(time.Second) // Meta tells the time in seconds
	c.meta.Decide(c.t.Context(), whatsapp.ConsentTemplate, status, "")
	c.work()
}

// While Meta has not approved the template a question waits, says why, and
// leaves by itself once it may; nothing was asked of Meta in between.
func TestAQuestionWaitsForTheTemplate(t *testing.T) {
	t.Parallel()
	for status, code := range map[string]int{
		whatsapp.TemplatePending: 132001, whatsapp.TemplateRejected: 132001, whatsapp.TemplatePaused: 132015, "PENDING_DELETION": 132001,
	} {
		c := newCircle(t)
		c.decided(status)
		asked := len(c.meta.Entries())
		id := c.queued("55 5555 0142")
		c.work()
		c.wait(time.Hour)
		m := c.question(id)
		if m.State != whatsapp.StateQueued || m.ErrorCode != code || m.Reason == "" || m.Attempts != 0 || m.NeedsCall {
			t.Fatalf("%s: %+v", status, m)
		}
		if sends := countSends(c.meta.Entries()[asked:]); sends != 0 {
			t.Errorf("%s: %d sends although the template could not be used", status, sends)
		}
		c.decided(whatsapp.TemplateApproved)
		if m := c.question(id); m.State != whatsapp.StateSubmitted || c.sent() != 1 || m.Attempts != 1 || m.ErrorClass != "" {
			t.Errorf("%s: after the approval %s, %d sent, %d attempts", status, m.State, c.sent(), m.Attempts)
		}
		c.wait(time.Hour)
		if c.sent() != 1 {
			t.Errorf("%s: sent %d times", status, c.sent())
		}
	}
}

func countSends(entries []whatsapptest.Entry) (n int) {
	for _, e := range entries {
		if e.Direction == whatsapptest.Send {
			n++
		}
	}
	return n
}

// After a day somebody is asked to call, and the question still leaves when it
// may.
func TestAQuestionThatWaitsTooLongAsksForACall(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	c.decided(whatsapp.TemplatePending)
	id := c.queued("55 5555 0142")
	c.work()
	c.wait(25 * time.Hour)
	if m := c.question(id); m.State != whatsapp.StateQueued || !m.NeedsCall {
		t.Fatalf("%s, call %t", m.State, m.NeedsCall)
	}
	c.decided(whatsapp.TemplateApproved)
	if m := c.question(id); m.State != whatsapp.StateSubmitted {
		t.Errorf("%s", m.State)
	}
}

// A question that is not wanted any more does not wait for ever.
func TestAQuestionThatRanOutStopsWaiting(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	c.decided(whatsapp.TemplatePending)
	id := c.queued("55 5555 0142")
	c.work()
	c.wait(31 * 24 * time.Hour)
	c.decided(whatsapp.TemplateApproved)
	if m := c.question(id); m.State != whatsapp.StateFailed || c.sent() != 0 {
		t.Errorf("%s, %d sent", m.State, c.sent())
	}
}

// What is kept as what a person saw must be what Meta shows her.
func TestATemplateWithAnotherTextIsNotSent(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	other := whatsapp.ConsentNotice()
	other.Components = []whatsapp.Component{{Type: "BODY", Text: "Hola, {{1}}: vea {{2}} hoy."}, other.Components[1]}
	c.meta.Arrange(func(b *whatsapptest.Business) { b.Templates[0].Template = other })
	if _, err := c.Connection.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	id := c.queued("55 5555 0142")
	c.work()
	if m := c.question(id); m.State != whatsapp.StateQueued || m.ErrorClass != string(whatsapp.ClassHoldText) || m.Reason == "" || c.sent() != 0 {
		t.Fatalf("%+v, %d sent", m, c.sent())
	}
	c.meta.Arrange(func(b *whatsapptest.Business) { b.Templates[0].Template = whatsapp.ConsentNotice() })
	if _, err := c.Connection.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.work()
	if m := c.question(id); m.State != whatsapp.StateSubmitted {
		t.Errorf("%s", m.State)
	}
}

// A disabled template needs a new one: nobody is left waiting.
func TestADisabledTemplateAsksForACall(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	c.decided(whatsapp.TemplateDisabled)
	id := c.queued("55 5555 0142")
	c.work()
	if m := c.question(id); m.State != whatsapp.StateFailed || !m.NeedsCall || m.ErrorCode != 132016 {
		t.Errorf("%s, call %t, %d", m.State, m.NeedsCall, m.ErrorCode)
	}
}

// What webhooks say of another account or another template changes nothing, and
// an old one does not undo a newer.
func TestOnlyWhatIsAboutOurTemplateCounts(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	c.meta.DeliverBody(t.Context(), []byte(`{"object":"whatsapp_business_account","entry":[{"id":"999","time":1763920000,"changes":[
		{"field":"message_template_status_update","value":{"event":"PAUSED","message_template_name":"privacy_consent_notice","message_template_language":"es_MX"}}]}]}`))
	c.meta.DeliverBody(t.Context(), []byte(`{"object":"whatsapp_business_account","entry":[{"id":"`+c.meta.AccountID()+`","time":1763920001,"changes":[
		{"field":"message_template_status_update","value":{"event":"PAUSED","message_template_name":"another","message_template_language":"es_MX"}}]}]}`))
	c.work()
	c.decided(whatsapp.TemplateApproved)
	c.meta.DeliverBody(t.Context(), []byte(`{"object":"whatsapp_business_account","entry":[{"id":"`+c.meta.AccountID()+`","time":1700000000,"changes":[
		{"field":"message_template_status_update","value":{"event":"PAUSED","message_template_name":"privacy_consent_notice","message_template_language":"es_MX"}}]}]}`))
	c.work()
	id := c.queued("55 5555 0142")
	c.work()
	if m := c.question(id); m.State != whatsapp.StateSubmitted {
		t.Errorf("%s: %s", m.State, m.Reason)
	}
	for _, r := range c.newest() {
		if r != messaging.ResultAccount {
			t.Errorf("%s", r)
		}
	}
}
