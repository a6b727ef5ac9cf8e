package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// postOffice is a real SMTP server in this process, which does as it is told.
type postOffice struct {
	t      testing.TB
	server *smtp.Server
	port   int
	roots  *x509.CertPool

	mu   sync.Mutex
	got  []received
	mind behaviour
	said []string // commands that reached it: MAIL, RCPT, DATA
}

// behaviour is what the server does with the next letters.
type behaviour struct {
	atMail, atRcpt, atData error
	// hangUp takes the letter and cuts the line before it answers.
	hangUp bool
	// password is asked for when it is set.
	password string
}

type received struct {
	From, To string
	*mail.Message
	Text, HTML string
}

// newPostOffice opens a server. With encryption it offers STARTTLS.
func newPostOffice(t testing.TB, encrypted bool) *postOffice {
	t.Helper()
	o := &postOffice{t: t}
	o.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &visit{office: o, conn: c}, nil
	}))
	o.server.Domain = "correo.example"
	o.server.ErrorLog = log.New(io.Discard, "", 0)
	o.server.AllowInsecureAuth = true
	if encrypted {
		o.server.TLSConfig, o.roots = certificate(t, "127.0.0.1")
	}
	o.open("127.0.0.1:0")
	t.Cleanup(func() { _ = o.server.Close() })
	return o
}

func (o *postOffice) open(address string) {
	o.t.Helper()
	listener, err := net.Listen("tcp", address)
	require.NoError(o.t, err)
	o.port = listener.Addr().(*net.TCPAddr).Port
	go func() { _ = o.server.Serve(listener) }()
}

// behave says what happens to the letters from now on.
func (o *postOffice) behave(b behaviour) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mind = b
}

func (o *postOffice) letters() []received {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]received{}, o.got...)
}

func (o *postOffice) heard() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string{}, o.said...)
}

// visit is one connection.
type visit struct {
	office   *postOffice
	conn     *smtp.Conn
	from, to string
	known    bool
}

func (v *visit) note(command string) behaviour {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.said = append(v.office.said, command)
	return v.office.mind
}

func (v *visit) AuthMechanisms() []string {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if v.office.mind.password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (v *visit) Auth(string) (sasl.Server, error) {
	want := v.note("AUTH").password
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "historias" || password != want {
			return smtp.ErrAuthFailed
		}
		v.known = true
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	mind := v.note("MAIL")
	if mind.password != "" && !v.known {
		return &smtp.SMTPError{Code: 530, Message: "Authentication required"}
	}
	v.from = from
	return mind.atMail
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.to = to
	return v.note("RCPT").atRcpt
}

func (v *visit) Data(r io.Reader) error {
	mind := v.note("DATA")
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	if mind.atData != nil {
		_, _ = io.Copy(io.Discard, m.Body)
		return mind.atData
	}
	one := received{From: v.from, To: v.to, Message: m}
	one.Text, one.HTML = bodies(v.office.t, m)
	v.office.mu.Lock()
	v.office.got = append(v.office.got, one)
	v.office.mu.Unlock()
	if mind.hangUp {
		_ = v.conn.Conn().Close()
	}
	return nil
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

func bodies(t testing.TB, m *mail.Message) (text, html string) {
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Errorf("a letter of kind %q: %v", kind, err)
		return "", ""
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return text, html
		}
		raw, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Errorf("a part that cannot be read: %v", err)
		}
		body := strings.ReplaceAll(string(raw), "\r\n", "\n")
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			html = body
			continue
		}
		text = body
	}
}

// certificate makes a server's certificate and the trust in it.
func certificate(t testing.TB, host string) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "correo.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(raw)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}, roots
}
