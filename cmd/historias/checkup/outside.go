package checkup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"historias/internal/config"
	"historias/internal/mail"
)

// neighbour bounds a question to this machine.
const neighbour = 3 * time.Second

// port tells whether the program could listen, or whether it already does.
func port(ctx context.Context, c *config.Config) Finding {
	name := strconv.Itoa(c.Port)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(c.Bind, name))
	if err == nil {
		_ = listener.Close()
		return good("PORT", "%s está libre", name)
	}
	if ours(ctx, name) {
		return good("PORT", "%s lo tiene este programa, que ya atiende", name)
	}
	return bad("PORT", name+" está ocupado por otro programa, o no se permite", "ciérrelo o ponga otro número")
}

// ours tells whether what listens on a port of this machine is this program.
func ours(ctx context.Context, port string) bool {
	ctx, cancel := context.WithTimeout(ctx, neighbour)
	defer cancel()
	answer, err := ask(ctx, http.MethodGet, "http://"+net.JoinHostPort("127.0.0.1", port)+"/health")
	if err != nil {
		return false
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	return err == nil && strings.Contains(string(text), `"status"`) && strings.Contains(string(text), `"version"`)
}

// ask asks an address once, without following anything.
func ask(ctx context.Context, method, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return client.Do(req)
}

// post signs in to the server of letters and sends nothing.
func post(ctx context.Context, c *config.Config) []Finding {
	s := c.SMTP
	if !s.Configured() {
		return nil // told with the variables
	}
	way, err := mail.NewSMTP(mail.Server{
		Host: s.Host, Port: s.Port, User: s.User, Password: s.Password, From: s.From, Plain: !c.Production(), Patience: patience,
	})
	if err != nil {
		return nil // told with the variables
	}
	return []Finding{Post(way.Greet(ctx))}
}

// Post judges how the server of letters took us.
func Post(err error) Finding {
	const subject = "Correo"
	var fault *mail.Fault
	switch {
	case err == nil:
		return good(subject, "el servidor nos recibe")
	case errors.As(err, &fault) && fault.Class == mail.Config && fault.Code != 0:
		return bad(subject, fmt.Sprintf("el servidor no acepta a Historias (código %d)", fault.Code), "revise SMTP_USER y SMTP_PASSWORD")
	case errors.As(err, &fault) && fault.Class == mail.Config:
		return bad(subject, "no se logra una conexión cifrada con el servidor", "revise SMTP_HOST y SMTP_PORT (587 o 465) y su certificado")
	case errors.As(err, &fault) && fault.Code != 0:
		return doubt(subject, fmt.Sprintf("el servidor pide esperar (código %d)", fault.Code), "repita la orden más tarde")
	}
	return bad(subject, "el servidor no responde", "revise SMTP_HOST y SMTP_PORT, y que la salida no esté cerrada por el proveedor")
}

// meta looks at WhatsApp and, by the way, at the clock of who answers there.
func meta(ctx context.Context, o Options) []Finding {
	if !o.Config.Meta.Configured() {
		return nil // told with the variables
	}
	var all []Finding
	answer, err := ask(ctx, http.MethodHead, o.Config.Meta.GraphURL)
	if err != nil {
		all = append(all, bad("WhatsApp", "Meta no responde", "revise la salida a internet de este equipo (443) y su DNS"))
		return all
	}
	_ = answer.Body.Close()
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		all = append(all, Clock("Meta", o.Clock.Now(), date))
	}
	if o.WhatsApp == nil {
		return append(all, doubt("WhatsApp", "sin comprobar", "revise en Meta el número, el token y la plantilla (docs/operacion/whatsapp.md)"))
	}
	return append(all, o.WhatsApp(ctx, o.Config)...)
}
