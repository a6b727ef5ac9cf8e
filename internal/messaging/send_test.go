package messaging_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/consent"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/messaging"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// queued is a patient whose question has not left yet.
func (c *circle) queued(phone string) uuid.UUID {
	c.t.Helper()
	id := c.patient(c.ctx, form(phone))
	c.ask(c.ctx, id)
	return id
}

// What passes is tried again by itself, by the schedule of its error, and then
// arrives once.
func TestWhatPassesIsTriedAgain(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string][]whatsapptest.Failure{
		"too fast":           {whatsapptest.WithCode(130429), whatsapptest.WithCode(130429)},
		"this person":        {whatsapptest.WithCode(131056)},
		"service":            {whatsapptest.WithCode(131016)},
		"unknown at Meta":    {whatsapptest.WithCode(131000)},
		"429 without a body": {whatsapptest.WithAnswer(http.StatusTooManyRequests, "").After(30)},
		"500 with a page":    {whatsapptest.WithAnswer(http.StatusBadGateway, "<html>")},
		"token being mended": {whatsapptest.WithCode(190)},
		"template in review": {whatsapptest.WithCode(132001)},
	} {
		c := newCircle(t)
		id := c.queued("55 5555 0142")
		c.meta.FailNext(fails...)
		c.work()
		m := c.question(id)
		if m.State != whatsapp.StateQueued || m.NextAttemptAt.IsZero() || m.Reason == "" || m.NeedsCall {
			t.Errorf("%s: after the first failure %+v", name, m)
		}
		for range fails {
			c.wait(20 * time.Minute)
		}
		if m := c.question(id); m.State != whatsapp.StateSubmitted || c.sent() != 1 || m.Attempts != len(fails)+1 || m.ErrorClass != "" {
			t.Errorf("%s: %s after %d attempts, %d sent", name, m.State, m.Attempts, c.sent())
		}
	}
}

// What no repetition can mend fails at once and becomes a call.
func TestWhatCannotHelpFails(t *testing.T) {
	t.Parallel()
	for code, class := range map[int]whatsapp.Class{
		131026: whatsapp.ClassUndeliverable, 131021: whatsapp.ClassPermanent, 132000: whatsapp.ClassBug,
		100: whatsapp.ClassBug, 133010: whatsapp.ClassConfig, 132016: whatsapp.ClassPermanent,
	} {
		c := newCircle(t)
		id := c.queued("55 5555 0142")
		c.meta.FailNext(whatsapptest.WithCode(code))
		c.work()
		c.wait(48 * time.Hour)
		m := c.question(id)
		if m.State != whatsapp.StateFailed || m.ErrorCode != code || m.ErrorClass != string(class) || !m.NeedsCall || m.Attempts != 1 || c.sent() != 0 {
			t.Errorf("%d: %s, %s, call %t, %d attempts", code, m.State, m.ErrorClass, m.NeedsCall, m.Attempts)
		}
		v := c.view(c.ctx, id)
		if last := v.Events[len(v.Events)-1]; last.Type != consent.EventFailed || last.Evidence.ErrorMessage == "" {
			t.Errorf("%d: the chain ends with %s", code, last.Type)
		}
	}
}

// What stays broken is given up after its schedule, and somebody is asked to
// call.
func TestPatienceEnds(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]whatsapptest.Failure{
		"Meta is down": whatsapptest.WithAnswer(http.StatusServiceUnavailable, ""), "the account is locked": whatsapptest.WithCode(131031),
	} {
		c := newCircle(t)
		id := c.queued("55 5555 0142")
		for range 150 {
			c.meta.FailNext(failure)
		}
		c.work()
		for range 120 {
			c.wait(15 * time.Minute)
		}
		if m := c.question(id); m.State != whatsapp.StateFailed || !m.NeedsCall {
			t.Errorf("%s: %s, call %t, %d attempts", name, m.State, m.NeedsCall, m.Attempts)
		}
	}
}

// A send whose answer was lost is not repeated. If it left, a status says so,
// and everything goes on as if the answer had come.
func TestLostAnswerSettledByStatus(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id := c.queued("55 5555 0142")
	c.meta.FailNext(whatsapptest.DroppedSent())
	c.work()
	c.wait(10 * time.Minute)
	if m := c.question(id); m.State != whatsapp.StateQueued || m.ErrorClass != string(whatsapp.ClassUnknownOutcome) || c.sent() != 1 || m.NeedsCall {
		t.Fatalf("lost: %+v", m)
	}
	wamid := c.lastSent()
	c.says(wamid, "sent", "delivered")
	c.wait(time.Hour)
	if m := c.question(id); m.State != whatsapp.StateDelivered || m.WAMID != wamid || m.NeedsCall || m.ErrorClass != "" || c.sent() != 1 {
		t.Fatalf("settled: %+v", m)
	}
	c.taps(wamid, whatsapptest.Tap{})
	if got := c.status(id, consent.Care); got != consent.Accepted {
		t.Fatal(got)
	}
}

// If nobody ever hears of it, a person decides; and if it turns up after all,
// the task goes away.
func TestLostAnswerBecomesACall(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]whatsapptest.Failure{"it left": whatsapptest.DroppedSent(), "it did not": whatsapptest.DroppedUnsent()} {
		c := newCircle(t)
		id := c.queued("55 5555 0142")
		c.meta.FailNext(failure)
		c.work()
		c.wait(16 * time.Minute)
		if m := c.question(id); !m.NeedsCall || m.State != whatsapp.StateQueued {
			t.Fatalf("%s: %+v", name, m)
		}
		if name == "it left" {
			c.says(c.lastSent(), "delivered")
			if m := c.question(id); m.NeedsCall || m.State != whatsapp.StateDelivered {
				t.Errorf("%s: %+v", name, m)
			}
		}
	}
}

// A program killed between sending and writing down leaves an outcome that
// nobody knows; the message is not sent again.
func TestKilledWhileSending(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id := c.queued("55 5555 0142")
	c.admin(`update messages set attempts = 1, trying_since = created_at`, nil)
	c.work()
	if m := c.question(id); m.ErrorClass != string(whatsapp.ClassUnknownOutcome) || c.sent() != 0 {
		t.Fatalf("%+v", m)
	}
	c.wait(16 * time.Minute)
	if m := c.question(id); !m.NeedsCall {
		t.Fatal("nobody was told")
	}
}

// A message that is on its way for a day without arriving becomes a call.
func TestNotDeliveredForADay(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	c.says(wamid, "sent")
	c.wait(23 * time.Hour)
	if m := c.question(id); m.NeedsCall {
		t.Fatal("too early")
	}
	c.wait(2 * time.Hour)
	if list := c.messages(messaging.Filter{NeedsCall: true}); len(list) != 1 || list[0].PatientID != id || list[0].Patient.FullName == "" {
		t.Fatalf("the list: %+v", list)
	}
	arrived, second := c.asked("55 5555 0177")
	c.says(second, "delivered")
	c.wait(48 * time.Hour)
	if c.question(arrived).NeedsCall {
		t.Error("it had arrived")
	}
}

// A message that failed after Meta took it becomes a call, with the reason.
func TestFailedStatus(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	if _, err := c.meta.Fail(t.Context(), wamid, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	m := c.question(id)
	if m.State != whatsapp.StateFailed || !m.NeedsCall || m.ErrorCode != 131026 || m.Reason != whatsapp.Reason(131026) || c.consentStatus(id) != "failed" {
		t.Fatalf("%+v", m)
	}
}

// A question that was withdrawn before it left does not leave; a message for a
// purpose that was revoked does not either, and one that is allowed does.
func TestConsentIsAskedWhenTheMessageLeaves(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id := c.queued("55 5555 0142")
	revoke := consent.Revoking{PatientID: id, Purposes: []consent.Purpose{consent.Care}, Reason: "No quiere mensajes.", RequestedBy: "patient"}
	if _, err := c.Consents.Revoke(c.ctx, revoke); err != nil {
		t.Fatal(err)
	}
	c.work()
	if m := c.question(id); m.State != whatsapp.StateFailed || m.NeedsCall || c.sent() != 0 {
		t.Fatalf("withdrawn: %+v", m)
	}
	remind := func(key string) {
		c.inTx(c.ctx, func(ctx context.Context, tx *db.Tx) error {
			_, _, err := c.Messages.Enqueue(ctx, tx, messaging.Outgoing{
				PatientID: id, Kind: messaging.ConsentReceipt, Purpose: "reminders", Key: key, Phone: "+525555550142", Text: "Su cita es mañana.",
			})
			return err
		})
		c.work()
	}
	remind("one")
	if c.sent() != 0 {
		t.Fatal("sent without consent")
	}
	c.ask(c.ctx, id, consent.Reminders)
	c.work()
	c.taps(c.lastSent(), whatsapptest.Tap{})
	before := c.sent()
	remind("two")
	if c.sent() != before+1 {
		t.Fatal("not sent with consent")
	}
	remind("two")
	if c.sent() != before+1 {
		t.Fatal("the same key was sent twice")
	}
}

// A demonstration never reaches Meta, whatever is configured.
func TestDemonstrationsAreSimulated(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	c.admin(`update clinics set demo = true where slug <> 'plataforma'`, nil)
	id := c.queued("55 5555 0142")
	c.work()
	if m := c.question(id); m.State != whatsapp.StateSubmitted || c.sent() != 0 || len(c.Simulator.Messages()) != 1 {
		t.Fatalf("%s; Meta has %d, the simulator %d", m.State, c.sent(), len(c.Simulator.Messages()))
	}
	if got := c.Simulator.Phones()[0]; got.Name != "María Fernanda Orozco Villaseñor" || got.Number != "+525555550142" {
		t.Errorf("phone %+v", got)
	}
}

// Who cannot be asked is not: no telephone, an archived record, an incomplete
// clinic, a channel that does not exist yet, purposes that do not exist.
func TestWhoCannotBeAsked(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	ask := func(id uuid.UUID, channel consent.Channel, purposes ...consent.Purpose) error {
		_, err := c.Consents.Request(c.ctx, consent.Asking{PatientID: id, Channel: channel, Purposes: purposes})
		return err
	}
	reachable, mute := c.patient(c.ctx, form("55 5555 0142")), c.patient(c.ctx, form(""))
	for want, err := range map[string]error{
		"patient.no_phone":            ask(mute, consent.WhatsApp, consent.Care),
		"consent.channel_unavailable": ask(reachable, consent.Tablet, consent.Care),
		"request.invalid":             ask(reachable, consent.WhatsApp, "care", "care"),
		"patient.not_found":           ask(uuid.New(), consent.WhatsApp, consent.Care),
	} {
		if !errs.Is(err, want) {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	if _, err := c.Patients.Archive(c.ctx, reachable, "Cambió de ciudad."); err != nil {
		t.Fatal(err)
	}
	if err := ask(reachable, consent.WhatsApp, consent.Care); !errs.Is(err, "patient.archived") {
		t.Errorf("archived: %v", err)
	}
	bare := c.Doctor(t)
	_, err := c.Consents.Request(bare, consent.Asking{PatientID: c.patient(bare, form("55 5555 0142")), Channel: consent.WhatsApp, Purposes: []consent.Purpose{consent.Care}})
	if e, _ := errs.As(err); e == nil || e.Code != "clinic.incomplete" || len(e.Fields) == 0 {
		t.Errorf("incomplete: %v", err)
	}
}
