package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/mail"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"
)

// Server is an SMTP server and how we sign in there.
type Server struct {
	Host     string
	Port     int
	User     string
	Password string
	// From is the sender, with or without a name before the address.
	From string
	// Plain takes a server that offers no encryption. It is for machines outside
	// production: STARTTLS is used where it is offered, in production it must be.
	Plain bool
	// TLS is nil for the machine's own trust.
	TLS *tls.Config
	// Patience is how long one answer of the server may take; 0 takes half a minute.
	Patience time.Duration
}

// implicitTLS is the port whose connections are encrypted from the first byte
// (RFC 8314, 3.3).
const implicitTLS = 465

// serverPatience is how long one answer of the server may take by default.
const serverPatience = 30 * time.Second

// SMTP hands letters to one server.
type SMTP struct {
	server Server
	from   *mail.Address
	domain string
}

// NewSMTP makes the way to a server. It fails when From is no address; it does
// not connect.
func NewSMTP(s Server) (*SMTP, error) {
	from, err := mail.ParseAddress(s.From)
	if err != nil || strings.ContainsAny(s.From, "\r\n") {
		return nil, fmt.Errorf("mail: SMTP_FROM is no address")
	}
	if from.Name == "" {
		from.Name = "Historias"
	}
	if s.Patience == 0 {
		s.Patience = serverPatience
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &SMTP{server: s, from: from, domain: domain}, nil
}

// Deliver sends one letter; the error is a *Fault.
func (s *SMTP) Deliver(ctx context.Context, p Parcel) error {
	message, err := s.message(p)
	if err != nil {
		return &Fault{Class: Broken}
	}
	client, err := smtp.NewClient(s.server.Host, s.options()...)
	if err != nil {
		return &Fault{Class: Config}
	}
	connection, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return dialFault(err)
	}
	// How a server takes leave changes nothing: the letter is taken or it is not.
	defer func() { _ = client.CloseWithSMTPClient(connection) }()
	if err := client.SendWithSMTPClient(connection, message); err != nil && !message.IsDelivered() {
		return faultOf(err)
	}
	return nil
}

func (s *SMTP) options() []smtp.Option {
	o := []smtp.Option{
		smtp.WithPort(s.server.Port), smtp.WithTimeout(s.server.Patience), smtp.WithHELO(s.domain),
		smtp.WithoutNoop(), smtp.WithTLSPolicy(s.policy()),
	}
	if s.server.Port == implicitTLS {
		o = append(o, smtp.WithSSL())
	}
	if s.server.TLS != nil {
		o = append(o, smtp.WithTLSConfig(s.server.TLS))
	}
	if s.server.User != "" {
		o = append(o, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(s.server.User), smtp.WithPassword(s.server.Password))
	}
	return o
}

func (s *SMTP) policy() smtp.TLSPolicy {
	if s.server.Plain {
		return smtp.TLSOpportunistic
	}
	return smtp.TLSMandatory
}

func (s *SMTP) message(p Parcel) (*smtp.Msg, error) {
	m := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	m.FromMailAddress(s.from)
	if err := m.To(p.To); err != nil {
		return nil, err
	}
	m.Subject(p.Subject)
	m.SetMessageIDWithValue(p.ID.String() + "@" + s.domain)
	m.SetDateWithValue(p.At)
	// Out-of-office replies to a program help nobody (RFC 3834, 5).
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader(smtp.HeaderXAutoResponseSuppress, "All")
	m.SetBodyString(smtp.TypeTextPlain, p.Text)
	m.AddAlternativeString(smtp.TypeTextHTML, p.HTML)
	return m, nil
}

// Greet reaches the server, signs in and takes leave, and sends nothing. The
// error is a *Fault.
func (s *SMTP) Greet(ctx context.Context) error {
	client, err := smtp.NewClient(s.server.Host, s.options()...)
	if err != nil {
		return &Fault{Class: Config}
	}
	connection, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return dialFault(err)
	}
	_ = client.CloseWithSMTPClient(connection)
	return nil
}
