package mail_test

import (
	"crypto/tls"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/mail"
	"historias/internal/testkit"
)

const from = "Consultorios Historias <avisos@historias.example>"

func (o *postOffice) way(change func(*mail.Server)) *mail.SMTP {
	o.t.Helper()
	s := mail.Server{Host: "127.0.0.1", Port: o.port, From: from, TLS: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.roots, ServerName: "127.0.0.1"}}
	if change != nil {
		change(&s)
	}
	way, err := mail.NewSMTP(s)
	require.NoError(o.t, err)
	return way
}

func parcel() mail.Parcel {
	return mail.Parcel{
		ID: uuid.New(), To: "eva@jacarandas.example", At: testkit.Noon,
		Sheet: mail.Sheet{Subject: "Su contraseña cambió", Text: "Buen día.\n", HTML: "<p>Buen día.</p>"},
	}
}

func class(t testing.TB, err error) mail.Class {
	t.Helper()
	var f *mail.Fault
	require.True(t, errors.As(err, &f), "%v", err)
	return f.Class
}

// In production a letter never travels in clear: without STARTTLS, or with a
// certificate that does not prove the server, nothing is said to it.
func TestLettersTravelEncrypted(t *testing.T) {
	t.Parallel()
	plain := newPostOffice(t, false)
	require.Equal(t, mail.Config, class(t, plain.way(nil).Deliver(t.Context(), parcel())))
	require.Empty(t, plain.heard())

	office := newPostOffice(t, true)
	strangers := office.way(func(s *mail.Server) { s.TLS = nil })
	require.Equal(t, mail.Config, class(t, strangers.Deliver(t.Context(), parcel())))
	require.Empty(t, office.heard())

	require.NoError(t, office.way(nil).Deliver(t.Context(), parcel()))
	require.Len(t, office.letters(), 1)
}

// Outside production a server of this machine may offer no encryption.
func TestAPlainServerWillDoOutsideProduction(t *testing.T) {
	t.Parallel()
	office := newPostOffice(t, false)
	require.NoError(t, office.way(func(s *mail.Server) { s.Plain = true }).Deliver(t.Context(), parcel()))
	require.Len(t, office.letters(), 1)
}

// A letter says who it is from, is the same in each attempt, and asks no machine
// to answer it.
func TestWhatALetterCarries(t *testing.T) {
	t.Parallel()
	office := newPostOffice(t, true)
	p := parcel()
	require.NoError(t, office.way(nil).Deliver(t.Context(), p))
	got := office.letters()[0]
	require.Equal(t, "avisos@historias.example", got.From)
	require.Equal(t, p.To, got.To)
	require.Equal(t, "<"+p.ID.String()+"@historias.example>", got.Header.Get("Message-ID"))
	require.Equal(t, "auto-generated", got.Header.Get("Auto-Submitted"))
	require.Contains(t, got.Header.Get("From"), "Consultorios Historias")
	require.Equal(t, "Su contraseña cambió", decoded(t, got.Header.Get("Subject")))
	require.Equal(t, p.Text, got.Text)
	require.Equal(t, p.HTML, got.HTML)
	require.Empty(t, got.Header.Get("User-Agent"))
}

// A server that asks for a password gets ours, encrypted; a wrong one is the
// operator's to mend and no recipient's fault.
func TestTheServersPassword(t *testing.T) {
	t.Parallel()
	office := newPostOffice(t, true)
	office.behave(behaviour{password: "una clave larga"})
	with := func(password string) *mail.SMTP {
		return office.way(func(s *mail.Server) { s.User, s.Password = "historias", password })
	}
	require.Equal(t, mail.Config, class(t, with("otra").Deliver(t.Context(), parcel())))
	require.Equal(t, mail.Config, class(t, office.way(nil).Deliver(t.Context(), parcel())))
	require.NoError(t, with("una clave larga").Deliver(t.Context(), parcel()))
}

// What a server answers decides what follows.
func TestWhatAServerAnswers(t *testing.T) {
	t.Parallel()
	reply := func(code int) error { return &smtp.SMTPError{Code: code, Message: "<eva@jacarandas.example> no"} }
	for name, c := range map[string]struct {
		mind behaviour
		want mail.Class
		code int
	}{
		"the address is unknown":      {behaviour{atRcpt: reply(550)}, mail.Refused, 550},
		"the mailbox is full for now": {behaviour{atRcpt: reply(452)}, mail.Temporary, 452},
		"greylisting":                 {behaviour{atRcpt: reply(451)}, mail.Temporary, 451},
		"our address is not allowed":  {behaviour{atMail: reply(553)}, mail.Config, 553},
		"we must sign in":             {behaviour{atRcpt: reply(530)}, mail.Config, 530},
		"the letter is refused":       {behaviour{atData: reply(554)}, mail.Refused, 554},
		"the letter is put off":       {behaviour{atData: reply(421)}, mail.Temporary, 421},
		"the answer is lost":          {behaviour{hangUp: true}, mail.Unknown, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			office := newPostOffice(t, true)
			office.behave(c.mind)
			err := office.way(nil).Deliver(t.Context(), parcel())
			var f *mail.Fault
			require.True(t, errors.As(err, &f), "%v", err)
			require.Equal(t, mail.Fault{Class: c.want, Code: c.code}, *f)
			require.NotContains(t, err.Error(), "eva", "a fault repeats the address")
		})
	}
}

// A server that is away or says nothing is asked again later.
func TestAServerThatIsAwayOrSilent(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	port := silent.Addr().(*net.TCPAddr).Port
	way, err := mail.NewSMTP(mail.Server{Host: "127.0.0.1", Port: port, From: from, Patience: 50 * time.Millisecond})
	require.NoError(t, err)
	require.Equal(t, mail.Temporary, class(t, way.Deliver(t.Context(), parcel())))
	require.NoError(t, silent.Close())
	require.Equal(t, mail.Temporary, class(t, way.Deliver(t.Context(), parcel())))
}

// A sender that is no address stops the start, without being repeated.
func TestTheSenderIsAnAddress(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "historias", "a@b.example\r\nBcc: x@y.example", "<a@b.example"} {
		_, err := mail.NewSMTP(mail.Server{Host: "127.0.0.1", Port: 25, From: text})
		require.Error(t, err, "%q", text)
	}
}
