package whatsapptest_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"historias/internal/clock"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// TestThePaceOfTheSimulator lets everything happen by itself, as on the page /dev/whatsapp.
func TestThePaceOfTheSimulator(t *testing.T) {
	server, hook := start(t, whatsapptest.Options{Pace: &whatsapptest.Pace{Sent: time.Millisecond, Delivered: time.Millisecond}})
	server.SetUnreachable("+525555550777", true)
	id := send(t, server, patient)
	<-hook.arrived
	<-hook.arrived
	lost := send(t, server, "+525555550777")
	<-hook.arrived
	states := map[string]whatsapp.State{}
	for _, message := range server.Messages() {
		states[message.ID] = message.State
	}
	if states[id] != whatsapp.StateDelivered || states[lost] != whatsapp.StateFailed {
		t.Errorf("%v", states)
	}
	if hook.last().Statuses[0].Errors[0].Code != 131026 {
		t.Errorf("%+v", hook.last())
	}
	if _, opened := server.Open(context.Background(), patient); !opened || hook.last().Statuses[0].Status != "read" {
		t.Errorf("opened %v: %+v", opened, hook.last().Statuses)
	}
	if _, again := server.Open(context.Background(), patient); again {
		t.Error("nothing was new the second time")
	}
}

func TestClosingDropsWhatIsStillToCome(t *testing.T) {
	server, hook := start(t, whatsapptest.Options{Pace: &whatsapptest.Pace{}})
	server.SetDelay(time.Hour)
	send(t, server, patient)
	server.Close()
	server.Close()
	if len(hook.batches) != 0 {
		t.Errorf("%d deliveries", len(hook.batches))
	}
}

func TestThePhonesOfTheSimulator(t *testing.T) {
	fake := clock.NewFake(time.Date(2026, 11, 23, 16, 26, 0, 0, time.UTC))
	server, _ := start(t, whatsapptest.Options{Clock: fake})
	server.SetName(patient, "Ximena Aguilar")
	send(t, server, patient)
	fake.Advance(time.Minute)
	server.Write(context.Background(), "+522225550142", "Buenas tardes")
	fake.Advance(time.Minute)
	phones := server.Phones()
	if len(phones) != 2 || phones[0].Number != "+522225550142" || phones[0].Name != "+522225550142" {
		t.Fatalf("%+v", phones)
	}
	first := phones[1]
	if first.Name != "Ximena Aguilar" || first.WAID != "5215555550163" || first.Messages[0].Buttons[0].Text != "Acepto" || first.Messages[0].Template != whatsapp.ConsentTemplate {
		t.Errorf("%+v", first)
	}
	entries := server.Entries()
	if len(entries) != 2 || entries[0].Direction != whatsapptest.Send || entries[0].Summary != whatsapp.ConsentTemplate || entries[0].HTTPStatus != http.StatusOK || entries[0].Path != path {
		t.Errorf("%+v", entries)
	}
	if deliveries := server.Deliveries(); len(deliveries) != 1 || deliveries[0].Summary != "text" || !whatsapp.VerifySignature([]string{appSecret}, deliveries[0].Signature, []byte(deliveries[0].Body)) {
		t.Errorf("%+v", deliveries)
	}
}

func TestTheWindowClosesAfterADay(t *testing.T) {
	fake := clock.NewFake(time.Date(2026, 11, 23, 16, 26, 0, 0, time.UTC))
	server, _ := start(t, whatsapptest.Options{Clock: fake})
	client, err := whatsapp.New(server.Config())
	if err != nil {
		t.Fatal(err)
	}
	thanks := whatsapp.TextMessage{To: patient, Body: "Gracias."}
	server.Write(context.Background(), patient, "Hola")
	fake.Advance(24*time.Hour - time.Second)
	if _, err := client.SendText(context.Background(), thanks); err != nil {
		t.Errorf("a second before: %v", err)
	}
	fake.Advance(time.Second)
	if _, err := client.SendText(context.Background(), thanks); err == nil {
		t.Error("the window is still open after 24 hours")
	}
}

func TestADeliveryThatNobodyTakes(t *testing.T) {
	server, err := whatsapptest.New(whatsapptest.Options{AppSecret: appSecret})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if entry := server.Write(context.Background(), patient, "Hola"); entry.Error == "" || entry.HTTPStatus != 0 {
		t.Errorf("without a sink: %+v", entry)
	}
	unreachable := httptest.NewServer(http.NotFoundHandler())
	unreachable.Close()
	server, err = whatsapptest.New(whatsapptest.Options{AppSecret: appSecret, Sink: whatsapptest.PostTo(unreachable.URL, http.DefaultClient)})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if entry := server.DeliverBody(context.Background(), []byte("{}")); entry.Error == "" || entry.HTTPStatus != 0 {
		t.Errorf("nobody listens: %+v", entry)
	}
	if _, err := whatsapptest.New(whatsapptest.Options{}); err == nil {
		t.Error("a server without an app secret")
	}
}

func TestDeliveriesSignedWithAnotherSecretAreSeenAsRefused(t *testing.T) {
	hook := newWebhook(t)
	server, err := whatsapptest.New(whatsapptest.Options{AppSecret: "another", Sink: whatsapptest.PostTo(hook.listener.URL, http.DefaultClient)})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if entry := server.Write(context.Background(), patient, "Hola"); entry.HTTPStatus != http.StatusUnauthorized {
		t.Errorf("%+v", entry)
	}
}
