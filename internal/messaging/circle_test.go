package messaging_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/consent"
	"historias/internal/messaging"
	"historias/internal/notice"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// The whole circle: a question is queued, submitted, sent, delivered, read and
// accepted, and every step stands in the chain with its proof.
func TestWholeCircle(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id := c.patient(c.ctx, form("55 5555 0142"))
	asked := c.ask(c.ctx, id, consent.Care, consent.Reminders)
	if m := c.question(id); m.State != whatsapp.StateQueued || c.sent() != 0 || c.consentStatus(id) != "queued" {
		t.Fatalf("before any job runs the message is %s and Meta has %d", m.State, c.sent())
	}
	c.work()
	wamid := c.lastSent()
	if m := c.question(id); m.State != whatsapp.StateSubmitted || m.WAMID != wamid || m.Phone != "+525555550142" {
		t.Fatalf("submitted: %+v", m)
	}
	for _, step := range []string{"sent", "delivered", "read"} {
		c.Fake.Advance(time.Second)
		c.says(wamid, step)
		if m := c.question(id); string(m.State) != step || c.consentStatus(id) != step {
			t.Fatalf("after %s the message is %s, the patient %s", step, m.State, c.consentStatus(id))
		}
	}
	if c.status(id, consent.Care) != consent.Requested {
		t.Fatal("reading is not accepting")
	}
	c.Fake.Advance(time.Second)
	c.taps(wamid, whatsapptest.Tap{})

	v := c.view(c.ctx, id)
	want := []consent.Type{"requested", "queued", "sent", "delivered", "read", "accepted"}
	if !slices.Equal(types(v), want) {
		t.Fatalf("chain %v", types(v))
	}
	if c.status(id, consent.Care) != consent.Accepted || c.status(id, consent.Reminders) != consent.Accepted ||
		c.status(id, consent.Marketing) != consent.None || c.consentStatus(id) != "accepted" {
		t.Fatalf("purposes %+v", v.Purposes)
	}
	inForce, err := c.Notices.Current(c.ctx)
	if err != nil {
		t.Fatal(err)
	}
	first, last := v.Events[0], v.Events[5]
	if first.Evidence.Text == "" || !strings.Contains(first.Evidence.Text, "https://historias.example/privacy-notice/clinica-jacarandas/v/1") ||
		first.Evidence.ActorName != "Sofía Núñez Alcaraz" || first.RequestID != asked.ID {
		t.Errorf("the question: %+v", first.Evidence)
	}
	if last.Notice.Version != inForce.Version || string(last.Notice.Hash) != string(notice.Hash(inForce.Content)) ||
		last.Evidence.Phone != "+525555550142" || last.Evidence.AnswersTo != wamid || last.Evidence.MessageID == "" ||
		last.Evidence.Signer == nil || last.Evidence.Signer.Name != "María Fernanda Orozco Villaseñor" {
		t.Errorf("the acceptance: %+v", last)
	}
	c.says(c.lastSent(), "delivered")
	kinds := []messaging.Kind{}
	for _, m := range c.messages(messaging.Filter{PatientID: id}) {
		kinds = append(kinds, m.Kind)
	}
	slices.Sort(kinds)
	if !slices.Equal(kinds, []messaging.Kind{messaging.ConsentReceipt, messaging.ConsentRequest, messaging.KindTap}) || c.sent() != 2 {
		t.Errorf("conversation %v", kinds)
	}
	if c.audited("consent.requested", "") != 1 || c.audited("consent.accepted", "") != 1 || c.audited("message.submitted", "") != 2 {
		t.Error("the trail does not tell it")
	}
}

// Statuses come in any order and more than once: the message never goes back,
// and the chain has each step once, late ones with their own time.
func TestDisorderAndDuplicates(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	sentAt := c.Fake.Now()
	late, err := c.meta.StatusItem(wamid, "sent")
	if err != nil {
		t.Fatal(err)
	}
	c.Fake.Advance(10 * time.Second)
	c.says(wamid, "read")
	c.meta.Deliver(t.Context(), late)
	c.work()
	if got := c.newest(); !slices.Equal(got, []messaging.Result{messaging.ResultLate}) {
		t.Fatalf("late: %v", got)
	}
	c.Fake.Advance(time.Second)
	c.says(wamid, "read", "delivered", "delivered")
	m := c.question(id)
	if m.State != whatsapp.StateRead || !m.SentAt.Equal(sentAt) || m.DeliveredAt.IsZero() {
		t.Fatalf("%s, sent %s", m.State, m.SentAt)
	}
	v := c.view(c.ctx, id)
	if !slices.Equal(types(v), []consent.Type{"requested", "queued", "read", "sent", "delivered"}) {
		t.Fatalf("chain %v", types(v))
	}
	if !v.Events[3].At.Equal(sentAt) || !v.Events[3].RecordedAt.After(sentAt) || c.consentStatus(id) != "read" {
		t.Errorf("the late one: %+v", v.Events[3])
	}
}

// The same delivery, byte by byte, changes nothing; nor does the same tap in
// another delivery, nor a second tap.
func TestRepeatedTaps(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	item, err := c.meta.TapItem(wamid, whatsapptest.Tap{})
	if err != nil {
		t.Fatal(err)
	}
	entry := c.meta.Deliver(t.Context(), item)
	c.work()
	before, sent := len(c.view(c.ctx, id).Events), c.sent()
	c.meta.Repeat(t.Context(), entry.ID)
	c.work()
	c.meta.Deliver(t.Context(), item, item)
	c.work()
	if got := c.newest(); !slices.Equal(got, []messaging.Result{messaging.ResultDuplicate, messaging.ResultDuplicate}) {
		t.Errorf("the same tap: %v", got)
	}
	c.taps(wamid, whatsapptest.Tap{WithoutContext: true})
	if got := c.newest(); got[0] != "tap_repeated" || c.audited("consent.tap_refused", "repeated") != 1 {
		t.Errorf("a second tap: %v", got)
	}
	if after := len(c.view(c.ctx, id).Events); after != before || c.sent() != sent {
		t.Errorf("%d events became %d, %d messages %d", before, after, sent, c.sent())
	}
}

// A tap without context, or with one that is not ours, is known by its secret.
func TestTapsAreKnownByTheirSecret(t *testing.T) {
	t.Parallel()
	for name, tap := range map[string]whatsapptest.Tap{
		"without context": {WithoutContext: true}, "foreign context": {ForeignContext: true},
	} {
		c := newCircle(t)
		id, wamid := c.asked("55 5555 0142")
		c.taps(wamid, tap)
		if got := c.status(id, consent.Care); got != consent.Accepted {
			t.Errorf("%s: %s, %v", name, got, c.newest())
		}
	}
}

// Another telephone is not the patient, whoever has the button; a secret that
// is nobody's is nobody's; a tap of another clinic's question counts there only
// for the telephone that was asked there.
func TestWrongTelephones(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	for _, number := range []string{"+525555550199", "+15550109999"} {
		c.taps(wamid, whatsapptest.Tap{FromNumber: number})
		if got := c.newest(); got[0] != "tap_phone_mismatch" {
			t.Errorf("from %s: %v", number, got)
		}
	}
	c.taps(wamid, whatsapptest.Tap{Payload: "consent:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
	if got := c.newest(); got[0] != "tap_unknown_token" {
		t.Errorf("forged: %v", got)
	}
	other := c.Ready(t)
	stranger := c.patient(other, form("55 5555 0177"))
	c.ask(other, stranger)
	c.work()
	c.taps(c.lastSent(), whatsapptest.Tap{FromNumber: "+525555550142"})
	if got := c.newest(); got[0] != "tap_phone_mismatch" {
		t.Errorf("another clinic's token: %v", got)
	}
	if c.status(id, consent.Care) != consent.Requested || c.audited("consent.tap_refused", "") != 4 {
		t.Errorf("%s, %d refusals", c.status(id, consent.Care), c.audited("consent.tap_refused", ""))
	}
	if n := len(c.messages(messaging.Filter{PatientID: id})); n != 1 {
		t.Errorf("a stranger's tap stands in the conversation: %d messages", n)
	}
}

// A person whom WhatsApp names by a business-scoped id alone is known by the
// status of our own message, before or after her tap; without one she is not.
func TestUserIDOnly(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	c.taps(wamid, whatsapptest.Tap{OnlyUserID: true})
	if got := c.newest(); got[0] != messaging.ResultParked || c.status(id, consent.Care) != consent.Requested {
		t.Fatalf("before the status: %v", got)
	}
	c.says(wamid, "delivered")
	c.wait(3 * time.Second)
	if got := c.status(id, consent.Care); got != consent.Accepted {
		t.Fatalf("after the status: %s", got)
	}
	never, mute := c.asked("55 5555 0177")
	c.taps(mute, whatsapptest.Tap{OnlyUserID: true})
	for range 6 {
		c.wait(2 * time.Hour)
	}
	if got := c.status(never, consent.Care); got != consent.Requested || c.audited("consent.tap_refused", "phone_mismatch") != 1 {
		t.Fatalf("never linked: %s", got)
	}
	stranger, third := c.asked("55 5555 0188")
	c.says(third, "sent")
	c.taps(third, whatsapptest.Tap{OnlyUserID: true, FromNumber: "+525555550199"})
	if got := c.newest(); got[0] != "tap_phone_mismatch" || c.status(stranger, consent.Care) != consent.Requested {
		t.Errorf("another person's id: %v", got)
	}
}

// Free text is never consent. «Acepto» is answered once with how to accept, and
// what a patient writes stands in her conversation.
func TestFreeText(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, _ := c.asked("55 5555 0142")
	for _, text := range []string{"Acepto", "sí, acepto", "¿Puedo llegar 15 minutos tarde?", "necesito cambiar mi cita"} {
		c.Fake.Advance(time.Second)
		c.meta.Write(t.Context(), "+525555550142", text)
		c.work()
		if got := c.newest(); got[0] != messaging.ResultKept {
			t.Fatalf("%q: %v", text, got)
		}
	}
	if got := c.status(id, consent.Care); got != consent.Requested {
		t.Fatalf("free text made it %s", got)
	}
	kinds := map[messaging.Kind]int{}
	for _, m := range c.messages(messaging.Filter{PatientID: id}) {
		kinds[m.Kind]++
	}
	if kinds[messaging.KindText] != 4 || kinds[messaging.ConsentHelp] != 1 {
		t.Fatalf("conversation %v", kinds)
	}
	all := c.meta.Messages()
	if last := all[len(all)-1]; c.sent() != 2 {
		t.Fatalf("answered with %q", last.Text)
	}
}

// A stranger is told once a day how to reach a clinic, and no clinic sees what
// she wrote; one to whom two clinics wrote is a stranger too.
func TestStrangers(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	for range 2 {
		c.Fake.Advance(time.Second)
		c.meta.Write(t.Context(), "+525555550199", "Buenos días, ¿tienen cita?")
		c.work()
	}
	if got := c.newest(); got[0] != messaging.ResultUnrouted || c.sent() != 1 || len(c.messages(messaging.Filter{})) != 0 {
		t.Fatalf("%v, %d answers", got, c.sent())
	}
	_, quoted := c.asked("55 5555 0142")
	other := c.Ready(t)
	c.ask(other, c.patient(other, form("55 5555 0142")))
	c.work()
	c.meta.Write(t.Context(), "+525555550142", "¿A qué hora es mi cita?")
	c.work()
	if got := c.newest(); got[0] != messaging.ResultUnrouted {
		t.Fatalf("two clinics: %v", got)
	}
	_ = quoted
}

// After a revocation nothing brings the consent back but a new question and a
// new answer: not the old tap again, not a first tap on an older question.
func TestRevocationHolds(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142", consent.Care, consent.Marketing)
	c.taps(wamid, whatsapptest.Tap{})
	revoke := consent.Revoking{PatientID: id, Purposes: []consent.Purpose{consent.Marketing}, Reason: "Lo pidió en el mostrador.", RequestedBy: "patient"}
	e, err := c.Consents.Revoke(c.ctx, revoke)
	if err != nil || e.Type != consent.EventRevoked {
		t.Fatal(err)
	}
	before := c.sent()
	c.taps(wamid, whatsapptest.Tap{})
	if c.status(id, consent.Marketing) != consent.Revoked || c.status(id, consent.Care) != consent.Accepted {
		t.Fatalf("after the old tap: %s", c.status(id, consent.Marketing))
	}
	c.toldOnce(id, wamid, before, "tap_revoked", "Una parte de lo que usted aceptó ya no está vigente")
	allowed, err := c.Consents.Allows(c.ctx, id, consent.Marketing)
	if err != nil || allowed {
		t.Fatal("still allowed")
	}

	c.ask(c.ctx, id, consent.Marketing, consent.AI)
	c.work()
	old := c.lastSent()
	if _, err := c.Consents.Revoke(c.ctx, revoke); err != nil {
		t.Fatal(err)
	}
	before = c.sent()
	c.taps(old, whatsapptest.Tap{})
	c.toldOnce(id, old, before, "tap_withdrawn", "Esta solicitud ya no está vigente")
	if got := c.newest(); got[0] != "tap_withdrawn" || c.status(id, consent.Marketing) != consent.Revoked || c.status(id, consent.AI) != consent.Expired {
		t.Fatalf("a withdrawn question: %v, %s, %s", got, c.status(id, consent.Marketing), c.status(id, consent.AI))
	}
	c.ask(c.ctx, id, consent.Marketing)
	c.work()
	c.taps(c.lastSent(), whatsapptest.Tap{})
	if got := c.status(id, consent.Marketing); got != consent.Accepted {
		t.Fatalf("asked anew: %s", got)
	}
}

// toldOnce holds what somebody hears who taps a button that no longer does
// anything: that it does not, and how to reach the clinic. A further tap is not
// answered again.
func (c *circle) toldOnce(id uuid.UUID, wamid string, before int, result messaging.Result, words string) {
	c.t.Helper()
	said := c.meta.Messages()
	if got := c.newest(); got[0] != result || c.sent() != before+1 {
		c.t.Fatalf("%v, %d messages", got, c.sent()-before)
	}
	last := said[len(said)-1]
	for _, want := range []string{words, "Clínica Jacarandas", "https://historias.example/privacy-notice/clinica-jacarandas/v/1"} {
		if last.Inbound || !strings.Contains(last.Text, want) {
			c.t.Fatalf("she was told: %s", last.Text)
		}
	}
	c.taps(wamid, whatsapptest.Tap{})
	if got := c.newest(); got[0] != result || c.sent() != before+1 {
		c.t.Fatalf("a further tap: %v, %d messages", got, c.sent()-before)
	}
}

// A whole acceptance that was taken back is no longer called one.
func TestATapAfterEverythingWasRevoked(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	c.taps(wamid, whatsapptest.Tap{})
	_, err := c.Consents.Revoke(c.ctx, consent.Revoking{
		PatientID: id, Purposes: []consent.Purpose{consent.Care}, Reason: "Lo pidió en el mostrador.", RequestedBy: "patient",
	})
	if err != nil {
		t.Fatal(err)
	}
	before := c.sent()
	c.taps(wamid, whatsapptest.Tap{})
	c.toldOnce(id, wamid, before, "tap_revoked", "Su aceptación ya no está vigente, porque se retiró después.")
	if c.status(id, consent.Care) != consent.Revoked || c.audited("consent.tap_refused", "revoked") != 2 {
		t.Fatalf("after the tap: %s", c.status(id, consent.Care))
	}
}

// A question that was repeated or ran out takes no answer.
func TestOldQuestions(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, first := c.asked("55 5555 0142")
	c.ask(c.ctx, id)
	c.work()
	second := c.lastSent()
	c.taps(first, whatsapptest.Tap{})
	if got := c.newest(); got[0] != "tap_superseded" || c.status(id, consent.Care) != consent.Requested {
		t.Fatalf("superseded: %v", got)
	}
	c.wait(consent.Lifetime + time.Minute)
	if c.status(id, consent.Care) != consent.Expired || c.consentStatus(id) != "expired" || c.audited("consent.expired", "") != 1 {
		t.Fatalf("unanswered: %s", c.status(id, consent.Care))
	}
	c.taps(second, whatsapptest.Tap{})
	if got := c.newest(); got[0] != "tap_expired" || c.status(id, consent.Care) != consent.Expired {
		t.Fatalf("expired: %v", got)
	}
}
