package messaging_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/consent"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/messaging"
	"historias/internal/page"
	"historias/internal/patient"
	"historias/internal/testkit"
	"historias/internal/whatsapp/whatsapptest"
)

// circle is the program with a Graph API of its own behind real HTTP, whose
// webhooks come back signed. Its clock stands still; work says when jobs run.
type circle struct {
	*testkit.Kit
	t    testing.TB
	meta *whatsapptest.Server
	ctx  context.Context // the owner of a complete clinic
}

// late is a clock that is known only after the program is built.
type late struct{ clock.Clock }

func newCircle(t testing.TB) *circle {
	t.Helper()
	c := &circle{t: t}
	now := &late{clock.System()}
	meta, err := whatsapptest.New(whatsapptest.Options{
		AppSecret: "test-app-secret", UserIDs: true, Clock: now,
		PhoneNumberID: "555000111222333", Token: "test-token",
		Sink: func(ctx context.Context, d whatsapptest.Delivery) (int, error) { return c.receive(ctx, d), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	graph := httptest.NewServer(meta)
	t.Cleanup(graph.Close)
	t.Cleanup(meta.Close)
	c.meta = meta
	c.Kit = testkit.NewWith(t, func(cfg *config.Config) {
		cfg.NoticeURL = "https://historias.example/privacy-notice"
		cfg.Meta.PhoneID, cfg.Meta.Token, cfg.Meta.GraphURL = "555000111222333", "test-token", graph.URL
		cfg.Meta.BusinessID = meta.AccountID()
	})
	now.Clock = c.Fake
	c.ctx = c.Ready(t)
	return c
}

// receive stands for the route of the webhook.
func (c *circle) receive(ctx context.Context, d whatsapptest.Delivery) int {
	err := c.Messages.Receive(ctx, d.Body, d.Signature)
	switch {
	case errs.Is(err, "webhook.signature"):
		return http.StatusUnauthorized
	case err != nil:
		c.t.Errorf("webhook: %v", err)
		return http.StatusInternalServerError
	}
	return http.StatusOK
}

// work runs every job that is due.
func (c *circle) work() {
	c.t.Helper()
	if _, err := c.Queue.Drain(c.t.Context(), c.Fake.Now()); err != nil {
		c.t.Fatalf("work: %v", err)
	}
}

// wait moves the clock and works.
func (c *circle) wait(d time.Duration) {
	c.t.Helper()
	c.Fake.Advance(d)
	c.work()
}

func form(phone string) patient.Form {
	address := testkit.Address()
	return patient.Form{
		GivenNames: "María Fernanda", FirstSurname: "Orozco", SecondSurname: "Villaseñor",
		BirthDate: "1980-08-14", Sex: "M", Phone: phone, Address: &address,
	}
}

func (c *circle) patient(ctx context.Context, f patient.Form) uuid.UUID {
	c.t.Helper()
	p, _, err := c.Patients.Create(ctx, f)
	if err != nil {
		c.t.Fatalf("patient: %v", err)
	}
	return p.ID
}

// ask asks for consent and gives the request; the message is still queued.
func (c *circle) ask(ctx context.Context, id uuid.UUID, purposes ...consent.Purpose) consent.Asked {
	c.t.Helper()
	if len(purposes) == 0 {
		purposes = []consent.Purpose{consent.Care}
	}
	asked, err := c.Consents.Request(ctx, consent.Asking{PatientID: id, Channel: consent.WhatsApp, Purposes: purposes})
	if err != nil {
		c.t.Fatalf("ask: %v", err)
	}
	return asked
}

// asked is a patient whose question has been submitted, and Meta's id of it.
func (c *circle) asked(phone string, purposes ...consent.Purpose) (uuid.UUID, string) {
	c.t.Helper()
	id := c.patient(c.ctx, form(phone))
	c.ask(c.ctx, id, purposes...)
	c.work()
	return id, c.lastSent()
}

// lastSent is Meta's id of the newest message that the program sent.
func (c *circle) lastSent() string {
	c.t.Helper()
	all := c.meta.Messages()
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].Inbound {
			return all[i].ID
		}
	}
	c.t.Fatal("nothing was sent")
	return ""
}

// sent counts what Meta took.
func (c *circle) sent() (n int) {
	for _, m := range c.meta.Messages() {
		if !m.Inbound {
			n++
		}
	}
	return n
}

// says delivers statuses one webhook each, and works them.
func (c *circle) says(wamid string, statuses ...string) {
	c.t.Helper()
	for _, status := range statuses {
		if _, err := c.meta.Status(c.t.Context(), wamid, status); err != nil {
			c.t.Fatal(err)
		}
		c.work()
	}
}

// taps delivers a tap and works it.
func (c *circle) taps(wamid string, tap whatsapptest.Tap) {
	c.t.Helper()
	if _, err := c.meta.Tap(c.t.Context(), wamid, tap); err != nil {
		c.t.Fatal(err)
	}
	c.work()
}

func (c *circle) view(ctx context.Context, id uuid.UUID) consent.View {
	c.t.Helper()
	v, err := c.Consents.View(ctx, id)
	if err != nil {
		c.t.Fatalf("view: %v", err)
	}
	return v
}

func (c *circle) status(id uuid.UUID, p consent.Purpose) consent.Status {
	c.t.Helper()
	for _, s := range c.view(c.ctx, id).Purposes {
		if s.Purpose == p {
			return s.Status
		}
	}
	c.t.Fatal("no such purpose")
	return ""
}

func types(v consent.View) []consent.Type {
	var out []consent.Type
	for _, e := range v.Events {
		out = append(out, e.Type)
	}
	return out
}

func (c *circle) messages(f messaging.Filter) []messaging.Message {
	c.t.Helper()
	list, err := c.Messages.List(c.ctx, f, page.Request{Limit: 100})
	if err != nil {
		c.t.Fatalf("messages: %v", err)
	}
	return list.Items
}

// question is the newest message that asks a patient for consent.
func (c *circle) question(id uuid.UUID) messaging.Message {
	c.t.Helper()
	for _, m := range c.messages(messaging.Filter{PatientID: id}) {
		if m.Kind == messaging.ConsentRequest {
			return m
		}
	}
	c.t.Fatal("no question")
	return messaging.Message{}
}

// audited counts events of the trail by action and reason.
func (c *circle) audited(action, reason string) (n int) {
	c.t.Helper()
	c.admin(`select count(*) from audit_events where action = $1 and ($2 = '' or reason = $2)`, []any{action, reason}, &n)
	return n
}

// admin asks as a superuser, who sees every row.
func (c *circle) admin(sql string, args []any, into ...any) {
	c.t.Helper()
	conn, err := pgx.Connect(c.t.Context(), c.Database.AdminURL)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(c.t.Context())) }()
	if len(into) == 0 {
		_, err = conn.Exec(c.t.Context(), sql, args...)
	} else {
		err = conn.QueryRow(c.t.Context(), sql, args...).Scan(into...)
	}
	if err != nil {
		c.t.Fatalf("%s: %v", sql, err)
	}
}

// newest is what became of the items of the newest webhook.
func (c *circle) newest() []messaging.Result {
	c.t.Helper()
	var texts []string
	c.admin(`select results from webhook_bodies order by id desc limit 1`, nil, &texts)
	var out []messaging.Result
	for _, t := range texts {
		out = append(out, messaging.Result(t))
	}
	return out
}

func (c *circle) consentStatus(id uuid.UUID) (status string) {
	c.t.Helper()
	c.admin(`select consent_status from patients where id = $1`, []any{id}, &status)
	return status
}

// inTx runs fn in a transaction of the clinic.
func (c *circle) inTx(ctx context.Context, fn func(ctx context.Context, t *db.Tx) error) {
	c.t.Helper()
	if err := c.DB.WithTx(ctx, fn); err != nil {
		c.t.Fatal(err)
	}
}
