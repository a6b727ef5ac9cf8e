package app

import (
	"context"
	"errors"
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
	sink atomic.Pointer[whatsapptest.Sink]
}

// How fast simulated phones answer.
const (
	simulatedSent      = 600 * time.Millisecond
	simulatedDelivered = 900 * time.Millisecond
	statusOK           = 200 // what the webhook answers
)

func newSimulator(secret string) (*Simulator, error) {
	s := &Simulator{}
	var err error
	s.Server, err = whatsapptest.New(whatsapptest.Options{
		AppSecret: secret,
		Pace:      &whatsapptest.Pace{Sent: simulatedSent, Delivered: simulatedDelivered},
		Sink: func(ctx context.Context, d whatsapptest.Delivery) (int, error) {
			sink := s.sink.Load()
			if sink == nil {
				return 0, errNobodyListens
			}
			return (*sink)(ctx, d)
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
			return statusOK, a.Messages.Receive(ctx, d.Body, d.Signature)
		},
	})
	return &Simulator{Server: server}, err
}

var errNobodyListens = errors.New("app: the simulator does not know where the program listens")

// Reach tells the simulator how its webhooks come to the program.
func (s *Simulator) Reach(sink whatsapptest.Sink) { s.sink.Store(&sink) }

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
