// Package whatsapptest plays Meta: a Graph API that takes messages as Meta would, refuses what Meta would refuse, and
// delivers signed webhooks about them.
//
// It serves two masters. In tests it stands behind httptest.NewServer or, without a network, behind Server.Config. Inside
// the program, outside production, it is the engine of the page /dev/whatsapp: the phones, the messages on them, the
// button that a person taps, and every delivery with its signature and answer. Its Sink decides where deliveries go.
//
// Nothing leaves the machine, and everything is kept in memory only.
package whatsapptest

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"historias/internal/clock"
	"historias/internal/whatsapp"
)

// Options say which account is played.
type Options struct {
	AppSecret string // signs the deliveries; required
	Sink      Sink   // takes the deliveries; without one they are only recorded

	// The account. Each has a value of its own when left empty.
	Version       string
	PhoneNumberID string
	AccountID     string
	DisplayPhone  string // digits, with country
	Token         string
	Templates     []whatsapp.Template // those that are approved; the consent notice when nil
	UserIDs       bool                // name people by BSUID besides their number, as Meta does since 2026

	// Pace makes statuses follow a send by themselves. Without it nothing happens until it is asked for.
	Pace  *Pace
	Clock clock.Clock // the machine's when nil
}

// Pace is how long after a send its statuses are delivered.
type Pace struct {
	Sent      time.Duration // after the answer
	Delivered time.Duration // after Sent
}

// Server is the Graph API and the people behind it. Its methods may be called from several goroutines.
type Server struct {
	options Options
	done    chan struct{} // closed by Close

	mu          sync.Mutex
	closed      bool
	failures    []Failure
	delay       time.Duration
	phones      map[string]*phone // by wa_id
	messages    []*Message
	entries     []Entry
	sequence    int
	unreachable map[string]bool // by wa_id
	business    Business
	askFailures map[string]Failure
	tasks       sync.WaitGroup
}

// New returns a server for the options.
func New(options Options) (*Server, error) {
	if options.AppSecret == "" {
		return nil, errors.New("whatsapptest: deliveries need an app secret")
	}
	fill(&options.Version, whatsapp.DefaultVersion)
	fill(&options.PhoneNumberID, "100000000000001")
	fill(&options.AccountID, "200000000000002")
	fill(&options.DisplayPhone, "15550001111")
	fill(&options.Token, "simulador")
	if options.Templates == nil {
		options.Templates = []whatsapp.Template{whatsapp.ConsentNotice()}
	}
	if options.Clock == nil {
		options.Clock = clock.System()
	}
	return &Server{
		options: options, done: make(chan struct{}),
		phones: map[string]*phone{}, unreachable: map[string]bool{}, askFailures: map[string]Failure{},
		business: newBusiness(options.Templates, options.Clock.Now()),
	}, nil
}

func fill(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Config returns the configuration of a client that reaches this server without a network.
func (s *Server) Config() whatsapp.Config {
	return whatsapp.Config{
		BaseURL: "http://localhost", Version: s.options.Version, PhoneNumberID: s.options.PhoneNumberID,
		Token: s.options.Token, Transport: s.Transport(),
	}
}

// PhoneNumberID returns the id of the number that is played.
func (s *Server) PhoneNumberID() string { return s.options.PhoneNumberID }

// Close releases hanging requests, drops the statuses that have not been delivered yet, and waits for those under way.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.done)
	}
	s.mu.Unlock()
	s.tasks.Wait()
}

// later runs an act after a wait, unless the server is closed first.
func (s *Server) later(wait time.Duration, act func(context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.tasks.Go(func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-s.done:
		case <-timer.C:
			act(ctx)
		}
	})
}

// SetDelay puts off the statuses that follow later sends by themselves, on top of the Pace.
func (s *Server) SetDelay(delay time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delay = delay
}

// SetUnreachable makes a number one without WhatsApp (or gives it back): with a Pace, what is sent to it is accepted and
// then fails with code 131026, as at Meta.
func (s *Server) SetUnreachable(number string, unreachable bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unreachable[s.waID(number)] = unreachable
}

var _ http.Handler = (*Server)(nil)
