package messaging_test

import (
	"slices"
	"testing"
	"time"

	"historias/internal/consent"
	"historias/internal/errs"
	"historias/internal/messaging"
	"historias/internal/page"
	"historias/internal/patient"
	"historias/internal/testkit"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// Sending again is a new message for the same question: a tap on either counts,
// and the old one is settled.
func TestRetry(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, first := c.asked("55 5555 0142")
	if _, err := c.meta.Fail(t.Context(), first, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	failed := c.question(id)
	c.Fake.Advance(time.Second)
	next, err := c.Messages.Retry(c.ctx, failed.ID)
	if err != nil {
		t.Fatal(err)
	}
	if next.ID == failed.ID || next.RetryOf != failed.ID || next.SubjectID != failed.SubjectID || next.State != whatsapp.StateQueued {
		t.Fatalf("the new message: %+v", next)
	}
	if old, err := c.Messages.Get(c.ctx, failed.ID); err != nil || old.NeedsCall || old.Resolution != messaging.Retried || old.State != whatsapp.StateFailed {
		t.Fatalf("the old one: %+v, %v", old, err)
	}
	c.work()
	c.says(c.lastSent(), "delivered")
	if got := c.consentStatus(id); got != "delivered" {
		t.Errorf("the list shows %s", got)
	}
	c.taps(first, whatsapptest.Tap{})
	if got := c.status(id, consent.Care); got != consent.Accepted {
		t.Errorf("a tap on the first message: %s", got)
	}
	for _, again := range []messaging.Message{failed, next} {
		if _, err := c.Messages.Retry(c.ctx, again.ID); !errs.Is(err, "message.not_retryable") {
			t.Errorf("again: %v", err)
		}
	}
}

// With another telephone the question is asked anew, and only the new telephone
// can answer.
func TestRetryAfterTheTelephoneChanged(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, first := c.asked("55 5555 0142")
	if _, err := c.meta.Fail(t.Context(), first, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	edit, err := c.Patients.Edit(c.ctx, id, 1)
	if err == nil {
		_, _, err = edit.Save(c.ctx, form("55 5555 0177"))
	}
	if err != nil {
		t.Fatal(err)
	}
	c.Fake.Advance(time.Second)
	next, err := c.Messages.Retry(c.ctx, c.question(id).ID)
	if err != nil || next.Phone != "+525555550177" {
		t.Fatalf("%+v, %v", next, err)
	}
	c.work()
	second := c.lastSent()
	c.taps(first, whatsapptest.Tap{})
	if got := c.status(id, consent.Care); got != consent.Requested {
		t.Fatalf("the old telephone answered: %s", got)
	}
	c.taps(second, whatsapptest.Tap{})
	if got := c.status(id, consent.Care); got != consent.Accepted {
		t.Fatal(got)
	}
}

// Somebody called: the message leaves the list, with a note and a name.
func TestResolve(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	if _, err := c.Messages.Resolve(c.ctx, c.question(id).ID, ""); !errs.Is(err, "message.nothing_to_resolve") {
		t.Fatalf("nothing was wrong: %v", err)
	}
	if _, err := c.meta.Fail(t.Context(), wamid, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	m, err := c.Messages.Resolve(c.ctx, c.question(id).ID, "  Se le llamó. ")
	if err != nil || m.NeedsCall || m.Resolution != messaging.Handled || m.ResolutionNote != "Se le llamó." || m.ResolvedAt.IsZero() {
		t.Fatalf("%+v, %v", m, err)
	}
	if len(c.messages(messaging.Filter{NeedsCall: true})) != 0 || c.audited("message.resolved", "") != 1 {
		t.Error("it is still in the list")
	}
	if _, err := c.Messages.Resolve(c.ctx, m.ID, ""); !errs.Is(err, "message.nothing_to_resolve") {
		t.Errorf("twice: %v", err)
	}
}

// Another clinic sees, sends and settles nothing.
func TestWalls(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	if _, err := c.meta.Fail(t.Context(), wamid, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	m, other := c.question(id), c.Ready(t)
	if _, err := c.Messages.Get(other, m.ID); !errs.Is(err, "message.not_found") {
		t.Errorf("get: %v", err)
	}
	if _, err := c.Messages.Retry(other, m.ID); !errs.Is(err, "message.not_found") {
		t.Errorf("retry: %v", err)
	}
	if _, err := c.Messages.Resolve(other, m.ID, ""); !errs.Is(err, "message.not_found") {
		t.Errorf("resolve: %v", err)
	}
	if _, err := c.Messages.List(other, messaging.Filter{PatientID: id}, page.Request{}); !errs.Is(err, "patient.not_found") {
		t.Errorf("list: %v", err)
	}
	if list, err := c.Messages.List(other, messaging.Filter{}, page.Request{}); err != nil || len(list.Items) != 0 {
		t.Errorf("list: %v, %v", list, err)
	}
	if _, err := c.Consents.View(other, id); !errs.Is(err, "patient.not_found") {
		t.Errorf("consents: %v", err)
	}
	revoke := consent.Revoking{PatientID: id, Purposes: []consent.Purpose{consent.Care}, Reason: "x", RequestedBy: "patient"}
	if _, err := c.Consents.Revoke(other, revoke); !errs.Is(err, "patient.not_found") {
		t.Errorf("revoke: %v", err)
	}
}

// The list pages without losing or repeating a message, and filters.
func TestListPages(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	want := map[string]bool{}
	for range 3 {
		id, _ := c.asked("55 5555 0142")
		want[c.question(id).ID.String()] = true
		c.Fake.Advance(time.Second)
	}
	p := page.Request{Limit: 2}
	for range 2 {
		list, err := c.Messages.List(c.ctx, messaging.Filter{State: whatsapp.StateSubmitted}, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list.Items {
			delete(want, m.ID.String())
		}
		p.Cursor = list.NextCursor
	}
	if len(want) != 0 || p.Cursor != "" {
		t.Errorf("%d are missing", len(want))
	}
	if n := len(c.messages(messaging.Filter{State: whatsapp.StateFailed})); n != 0 {
		t.Errorf("%d failed", n)
	}
}

// For a minor the question goes to the representative, who is named as signer.
func TestMinor(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	address := testkit.Address()
	id := c.patient(c.ctx, patient.Form{
		GivenNames: "Mateo", FirstSurname: "Cárdenas", BirthDate: "2019-05-02", Sex: "H", Phone: "55 5555 0111", Address: &address,
		Representative: &patient.Contact{FullName: "Paula Cárdenas", Relationship: "Madre", Phone: "55 5555 0155"},
	})
	c.ask(c.ctx, id)
	c.work()
	if m := c.question(id); m.Phone != "+525555550155" {
		t.Fatalf("sent to %s", m.Phone)
	}
	wamid := c.lastSent()
	c.taps(wamid, whatsapptest.Tap{FromNumber: "+525555550111"})
	if got := c.status(id, consent.Care); got != consent.Requested {
		t.Fatalf("the minor answered: %s", got)
	}
	c.taps(wamid, whatsapptest.Tap{})
	v := c.view(c.ctx, id)
	last := v.Events[len(v.Events)-1]
	if last.Type != consent.EventAccepted || last.Evidence.Signer == nil || *last.Evidence.Signer !=
		(consent.Signer{Role: consent.RoleRepresentative, Name: "Paula Cárdenas", Relationship: "Madre"}) {
		t.Fatalf("%s, %+v", last.Type, last.Evidence.Signer)
	}
	if !slices.Contains(types(v), consent.EventRequested) {
		t.Error("no question in the chain")
	}
}

// A minor whose representative has no telephone is not asked at her own: the
// answer says which telephone is missing, and nothing leaves.
func TestAMinorIsNeverAskedHerself(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	address := testkit.Address()
	f := patient.Form{
		GivenNames: "Mateo", FirstSurname: "Cárdenas", BirthDate: "2019-05-02", Sex: "H", Phone: "55 5555 0111", Address: &address,
		Representative: &patient.Contact{FullName: "Paula Cárdenas", Relationship: "Madre"},
	}
	id := c.patient(c.ctx, f)
	_, err := c.Consents.Request(c.ctx, consent.Asking{PatientID: id, Channel: consent.WhatsApp, Purposes: []consent.Purpose{consent.Care}})
	e, _ := errs.As(err)
	if e == nil || e.Kind != errs.KindRule || e.Code != "patient.no_phone" || len(e.Fields) != 1 || e.Fields[0].Field != "representative.phone" {
		t.Fatalf("asked without a representative's telephone: %v", err)
	}
	c.work()
	if c.sent() != 0 || len(c.messages(messaging.Filter{PatientID: id})) != 0 {
		t.Fatal("a message left for the minor")
	}
}
