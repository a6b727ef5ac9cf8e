package app

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"historias/internal/messaging"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

// Simulator plays Meta and the patients' phones inside the program, outside
// production. What it answers enters by the program's own webhook, signed.
type Simulator struct {
	*whatsapptest.Server
	webhook atomic.Pointer[string]
}

// How fast simulated phones answer.
const (
	simulatedSent      = 600 * time.Millisecond
	simulatedDelivered = 900 * time.Millisecond
	webhookTimeout     = 10 * time.Second
)

func newSimulator(secret string) (*Simulator, error) {
	s := &Simulator{}
	client := &http.Client{Timeout: webhookTimeout}
	var err error
	s.Server, err = whatsapptest.New(whatsapptest.Options{
		AppSecret: secret,
		Pace:      &whatsapptest.Pace{Sent: simulatedSent, Delivered: simulatedDelivered},
		Sink: func(ctx context.Context, d whatsapptest.Delivery) (int, error) {
			address := s.webhook.Load()
			if address == nil {
				return http.StatusServiceUnavailable, nil
			}
			return whatsapptest.PostTo(*address, client)(ctx, d)
		},
	})
	return s, err
}

// storySimulator answers only when it is told to, on the story's clock, and
// hands its webhooks over without a network.
func (a *App) storySimulator(secret string) (*Simulator, error) {
	server, err := whatsapptest.New(whatsapptest.Options{
		AppSecret: secret, Clock: a.Clock,
		Sink: func(ctx context.Context, d whatsapptest.Delivery) (int, error) {
			return http.StatusOK, a.Messages.Receive(ctx, d.Body, d.Signature)
		},
	})
	return &Simulator{Server: server}, err
}

// Reach tells the simulator where the program listens.
func (s *Simulator) Reach(address string) {
	webhook := address + "/api/webhooks/whatsapp"
	s.webhook.Store(&webhook)
}

// number is the simulator as a number that sends.
func (s *Simulator) number() (*messaging.Number, error) {
	config := s.Config()
	client, err := whatsapp.New(config)
	if err != nil {
		return nil, err
	}
	return &messaging.Number{Sender: client, PhoneNumberID: config.PhoneNumberID, Named: s.SetName}, nil
}

// platformNumber is the number of the environment, nil when none is configured.
func (a *App) platformNumber() (*messaging.Number, error) {
	m := a.Config.Meta
	if !m.Configured() {
		return nil, nil //nolint:nilnil // no number is a state, not a failure
	}
	client, err := whatsapp.New(whatsapp.Config{
		BaseURL: m.GraphURL, Version: m.APIVersion, PhoneNumberID: m.PhoneID, Token: m.Token,
	})
	if err != nil {
		return nil, err
	}
	return &messaging.Number{Sender: client, PhoneNumberID: m.PhoneID}, nil
}

// simulatedNumber is the simulator's number, nil in production.
func (a *App) simulatedNumber() (*messaging.Number, error) {
	if a.Config.Production() || len(a.Config.Meta.AppSecrets) == 0 {
		return nil, nil //nolint:nilnil // production has no simulator
	}
	play := newSimulator
	if a.story {
		play = a.storySimulator
	}
	var err error
	if a.Simulator, err = play(a.Config.Meta.AppSecrets[0]); err != nil {
		return nil, err
	}
	return a.Simulator.number()
}
