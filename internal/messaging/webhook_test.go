package messaging_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/errs"
	"historias/internal/messaging"
	"historias/internal/testkit"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// A delivery that is not signed by us is refused, counted, and nothing of it is
// kept. Whatever is signed is kept, once.
func TestSignatures(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	body := []byte(`{"object":"whatsapp_business_account","entry":[]}`)
	good := whatsapp.Sign("test-app-secret", body)
	for name, signature := range map[string]string{
		"none": "", "of another secret": whatsapp.Sign("other", body), "truncated": good[:40], "upper case": strings.ToUpper(good),
		"of another body": whatsapp.Sign("test-app-secret", append(body, '\n')),
	} {
		if err := c.Messages.Receive(t.Context(), body, signature); !errs.Is(err, "webhook.signature") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 3 {
		if err := c.Messages.Receive(t.Context(), body, good); err != nil {
			t.Fatal(err)
		}
	}
	var kept int
	c.admin(`select count(*) from webhook_bodies`, nil, &kept)
	if kept != 1 || c.audited("webhook.refused", "signature") != 5 || c.audited("webhook.accepted", "") != 1 {
		t.Errorf("%d kept, %d refused", kept, c.audited("webhook.refused", "signature"))
	}
	c.work()
}

// Many deliveries at once share their commits, and each is kept, told and worked
// once, however often it came.
func TestManyDeliveriesAtOnce(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	const different, times = 30, 3
	var group sync.WaitGroup
	for n := range different * times {
		body := fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[],"n":%d}`, n%different)
		group.Go(func() {
			ctx := actor.WithOrigin(t.Context(), actor.Origin{RequestID: fmt.Sprint("request ", n%different), Address: "203.0.113.9"})
			if err := c.Messages.Receive(ctx, body, whatsapp.Sign("test-app-secret", body)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	var kept, told, jobs int
	c.admin(`select count(*) from webhook_bodies`, nil, &kept)
	c.admin(`select count(distinct request_id) from audit_events where action = 'webhook.accepted' and address = '203.0.113.9'`, nil, &told)
	c.admin(`select count(*) from river.river_job where kind = 'process_webhook'`, nil, &jobs)
	if kept != different || told != different || jobs != different || c.audited("webhook.accepted", "") != different {
		t.Errorf("%d kept, %d told, %d jobs", kept, told, jobs)
	}
	c.work()
}

// Without an app secret nothing can be told from a forgery: not ready.
func TestNoSecret(t *testing.T) {
	t.Parallel()
	k := testkit.NewWith(t, func(cfg *config.Config) { cfg.Meta.AppSecrets = nil })
	if err := k.Messages.Receive(t.Context(), []byte(`{}`), whatsapp.Sign("", []byte(`{}`))); !errs.Is(err, "webhook.not_configured") {
		t.Fatal(err)
	}
}

// Signed nonsense is taken, told and left.
func TestGarbage(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	for _, body := range []string{"", "x", "[]", "null", `{"entry":"x"}`, `{"entry":[{"changes":[{"field":"messages","value":7}]}]}`, `{"object":"whatsapp_business_account","entry":[{"id":`} {
		if e := c.meta.DeliverBody(t.Context(), []byte(body)); e.HTTPStatus != 200 {
			t.Errorf("%q: %d", body, e.HTTPStatus)
		}
		c.work()
		if got := c.newest(); !slices.Contains(got, messaging.ResultBroken) {
			t.Errorf("%q: %v", body, got)
		}
	}
}

// Everything that was ever published is taken and worked without a failure,
// also when it speaks of our own number.
func TestPublishedPayloads(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	names, err := filepath.Glob("../whatsapp/testdata/payloads/*.json")
	if err != nil || len(names) < 60 {
		t.Fatalf("%d payloads, %v", len(names), err)
	}
	for _, name := range names {
		base := filepath.Base(name)
		if strings.HasPrefix(base, "req_") || strings.HasPrefix(base, "resp_") {
			continue
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range [][]byte{raw, ownNumber(t, raw)} {
			if e := c.meta.DeliverBody(t.Context(), body); e.HTTPStatus != 200 {
				t.Errorf("%s: %d", base, e.HTTPStatus)
			}
			c.work()
			if got := c.newest(); len(got) == 0 || slices.Contains(got, messaging.ResultError) || slices.Contains(got, messaging.ResultBroken) {
				t.Errorf("%s: %v", base, got)
			}
		}
	}
}

// ownNumber readdresses a published payload to the number under test.
func ownNumber(t *testing.T, raw []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			if _, ok := x["phone_number_id"]; ok {
				x["phone_number_id"] = "555000111222333"
			}
			for _, inner := range x {
				walk(inner)
			}
		case []any:
			for _, inner := range x {
				walk(inner)
			}
		}
	}
	walk(v)
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Items of a number that is not ours are taken and left alone.
func TestForeignNumber(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	body := strings.ReplaceAll(`{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
		"metadata":{"phone_number_id":"999"},"statuses":[{"id":"WAMID","status":"read","timestamp":"1795456800"}]}}]}]}`, "WAMID", wamid)
	c.meta.DeliverBody(t.Context(), []byte(body))
	c.work()
	if got := c.newest(); got[0] != messaging.ResultForeign || c.question(id).State != whatsapp.StateSubmitted {
		t.Fatalf("%v, %s", got, c.question(id).State)
	}
}

// A status that overtakes the answer to our own call waits for it; one that is
// nobody's is given up in the end.
func TestParked(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	status := func(id string) string {
		return `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
			"metadata":{"phone_number_id":"555000111222333"},"statuses":[{"id":"` + id + `","status":"delivered","timestamp":"1795456800"}]}}]}]}`
	}
	c.meta.DeliverBody(t.Context(), []byte(status("wamid.NOBODYS")))
	c.work()
	if got := c.newest(); got[0] != messaging.ResultParked {
		t.Fatalf("at first: %v", got)
	}
	for range 6 {
		c.wait(2 * time.Hour)
	}
	if got := c.newest(); got[0] != messaging.ResultUnknown {
		t.Fatalf("in the end: %v", got)
	}
	id, wamid := c.asked("55 5555 0142")
	c.admin(`delete from river.river_job where state = 'scheduled'`, nil)
	c.admin(`alter table message_handles disable trigger all`, nil)
	c.admin(`create table aside as table message_handles`, nil)
	c.admin(`delete from message_handles`, nil)
	c.meta.DeliverBody(t.Context(), []byte(status(wamid)))
	c.work()
	if got := c.newest(); got[0] != messaging.ResultParked {
		t.Fatalf("too early: %v", got)
	}
	c.admin(`insert into message_handles select * from aside`, nil)
	c.wait(3 * time.Second)
	if got := c.newest(); got[0] != messaging.ResultApplied || c.question(id).State != whatsapp.StateDelivered {
		t.Fatalf("then: %v, %s", got, c.question(id).State)
	}
}

// A thousand items in one delivery, shuffled and twice, end where the model
// says; one that cannot be read harms no other.
func TestThousandItems(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	id, wamid := c.asked("55 5555 0142")
	var items []whatsapptest.Item
	for i := range 1000 {
		status := []string{"sent", "delivered", "read"}[i%3]
		item, err := c.meta.StatusItem(wamid, status)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, item)
	}
	slices.Reverse(items)
	for range 2 {
		c.meta.Deliver(t.Context(), items...)
		c.Fake.Advance(time.Second)
		c.work()
	}
	if m := c.question(id); m.State != whatsapp.StateRead || len(c.view(c.ctx, id).Events) != 5 {
		t.Fatalf("%s, %d events", m.State, len(c.view(c.ctx, id).Events))
	}
	counts := map[messaging.Result]int{}
	for _, r := range c.newest() {
		counts[r]++
	}
	if counts[messaging.ResultDuplicate] != 997 || counts[messaging.ResultError] != 0 {
		t.Errorf("results %v", counts)
	}
}

// Raw deliveries are dropped after 30 days.
func TestForgetting(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	c.meta.DeliverBody(t.Context(), []byte(`{"object":"x","entry":[]}`))
	c.work()
	var kept int
	c.Fake.Advance(29 * 24 * time.Hour)
	forget(t, c)
	if c.admin(`select count(*) from webhook_bodies`, nil, &kept); kept != 1 {
		t.Fatal("too early")
	}
	c.Fake.Advance(2 * 24 * time.Hour)
	forget(t, c)
	if c.admin(`select count(*) from webhook_bodies`, nil, &kept); kept != 0 {
		t.Fatal("never")
	}
}

// forget asks for the upkeep that runs every few hours.
func forget(t *testing.T, c *circle) {
	t.Helper()
	c.admin(`insert into river.river_job (kind, args, max_attempts, state, scheduled_at) values ('forget_webhooks', '{}', 1, 'available', now())`, nil)
	if _, err := c.Queue.Drain(context.WithoutCancel(t.Context()), c.Fake.Now()); err != nil {
		t.Fatal(err)
	}
}
