package checkup

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"historias/internal/config"
	"historias/internal/vault"
)

// public is what the world sees of an installation.
type public struct {
	names, tls, webhook, limits Finding
	// version is what the program behind the addresses says of itself.
	version string
}

// soon is how long before its end a certificate is told.
const soon = 14 * 24 * time.Hour

// look asks the installation from outside, as people and Meta do.
func look(ctx context.Context, c *config.Config, now time.Time) public {
	all := hosts(append([]string{c.FrontendURL, c.BackendURL, origin(c.NoticeURL)}, c.AllowedOrigins...)...)
	if len(all) == 0 {
		none := bad("", "ninguna dirección está configurada", "ponga FRONTEND_URL y BACKEND_URL")
		return public{names: none, tls: none, webhook: none, limits: none}
	}
	api := c.BackendURL
	if api == "" {
		api = all[0]
		if c.FrontendURL != "" {
			api = c.FrontendURL
		}
	}
	p := public{names: resolved(ctx, all), tls: certified(ctx, all, now)}
	p.version = versionOf(ctx, api)
	if p.names.Mark == Good && p.version == "" {
		p.names = bad("", "los nombres existen, pero "+host(api)+" no lleva a este programa", "revise el DNS y el proxy")
	}
	if p.tls.Mark != Good || p.version == "" {
		p.webhook = bad("", "sin HTTPS o sin programa en "+host(api)+" no hay webhook", "resuelva primero las casillas 3 y 4")
		p.limits = bad("", "no se pudo comprobar sin HTTPS o sin programa en "+host(api), "resuelva primero las casillas 3 y 4")
		return p
	}
	p.webhook, p.limits = handshake(ctx, api, c.Meta.VerifyToken), throttled(ctx, api)
	return p
}

func (s *Site) named() Finding   { return s.public.names }
func (s *Site) secured() Finding { return s.public.tls }
func (s *Site) limited() Finding { return s.public.limits }

func origin(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func resolved(ctx context.Context, all []string) Finding {
	for _, a := range all {
		if _, err := net.DefaultResolver.LookupHost(ctx, host(a)); err != nil {
			return bad("", host(a)+" no tiene dirección en el DNS", "cree su registro A, AAAA o CNAME (docs/operacion/fase-2.md)")
		}
	}
	return good("", "todos los nombres (%d) resuelven y llevan a este programa", len(all))
}

// certified makes a real TLS handshake with each address.
func certified(ctx context.Context, all []string, now time.Time) Finding {
	first := time.Time{}
	for _, a := range all {
		u, err := url.Parse(a)
		if err != nil || u.Scheme != "https" {
			return bad("", host(a)+" no usa https", "cámbielo en las variables")
		}
		address := u.Host
		if u.Port() == "" {
			address = net.JoinHostPort(u.Hostname(), "443")
		}
		ends, err := certificateOf(ctx, address)
		switch {
		case err != nil:
			return bad("", u.Hostname()+" no presenta un certificado válido", "instálelo o renuévelo (docs/operacion/fase-2.md)")
		case first.IsZero() || ends.Before(first):
			first = ends
		}
		if u.Port() == "" && !redirects(ctx, u.Hostname()) {
			return bad("", "http://"+u.Hostname()+" no lleva a https", "ponga el redireccionamiento en el proxy")
		}
	}
	if first.Sub(now) < soon {
		return doubt("", "el certificado termina el "+first.Format(time.DateOnly), "renuévelo, y revise que la renovación sea automática")
	}
	return good("", "TLS válido en todos los nombres (%d); el primer certificado termina el %s", len(all), first.Format(time.DateOnly))
}

func certificateOf(ctx context.Context, address string) (ends time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := (&tls.Dialer{Config: &tls.Config{MinVersion: tls.VersionTLS12}}).DialContext(ctx, "tcp", address)
	if err != nil {
		return ends, err
	}
	defer func() { _ = conn.Close() }()
	return conn.(*tls.Conn).ConnectionState().PeerCertificates[0].NotAfter, nil
}

func redirects(ctx context.Context, name string) bool {
	answer, err := ask(ctx, http.MethodGet, "http://"+name+"/")
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode/100 == 3 && strings.HasPrefix(answer.Header.Get("Location"), "https://")
}

// versionOf asks /health; empty when something else answers.
func versionOf(ctx context.Context, address string) string {
	answer, err := ask(ctx, http.MethodGet, address+"/health")
	if err != nil {
		return ""
	}
	defer func() { _ = answer.Body.Close() }()
	var said struct{ Status, Version string }
	if err := json.NewDecoder(io.LimitReader(answer.Body, 1<<12)).Decode(&said); err != nil || answer.StatusCode != http.StatusOK {
		return ""
	}
	return said.Version
}

// handshake does what Meta does to verify a webhook. The text travels to our own
// address, over TLS.
func handshake(ctx context.Context, api, token string) Finding {
	if token == "" {
		return bad("", "META_WHATSAPP_VERIFY_TOKEN falta", "genérelo con «historias keys generate»")
	}
	challenge := vault.NewToken(12)
	answer, err := ask(ctx, http.MethodGet, api+"/api/webhooks/whatsapp?"+url.Values{
		"hub.mode": {"subscribe"}, "hub.verify_token": {token}, "hub.challenge": {challenge},
	}.Encode())
	if err != nil {
		return bad("", "la dirección del webhook no responde", "revise el proxy")
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<12))
	if err != nil || answer.StatusCode != http.StatusOK || string(text) != challenge {
		return bad("", fmt.Sprintf("la verificación no contesta como Meta espera (%d)", answer.StatusCode), "el programa que atiende tiene otro META_WHATSAPP_VERIFY_TOKEN, o el proxy cambia la dirección")
	}
	return good("", "la verificación contesta")
}

// burst is more than the proxy lets one address ask at once, and less than the
// program itself counts in a minute.
const (
	burst   = 60
	askers  = 10
	byAsker = burst / askers
)

// throttled asks for a public document until the proxy says to wait.
func throttled(ctx context.Context, api string) Finding {
	var refused, wait atomic.Int64
	var all sync.WaitGroup
	for range askers {
		all.Go(func() {
			for range byAsker {
				limited, patient := hurried(ctx, api+"/api/openapi.json")
				refused.Add(limited)
				wait.Add(patient)
			}
		})
	}
	all.Wait()
	switch {
	case refused.Load() == 0:
		return bad("", fmt.Sprintf("%d solicitudes seguidas pasaron todas", burst), "use la configuración de nginx/ (límites api y login)")
	case wait.Load() < refused.Load():
		return doubt("", "el proxy limita, pero no dice cuánto esperar (Retry-After)", "use la configuración de nginx/")
	}
	return good("", "el proxy contestó 429 a %d de %d solicitudes seguidas", refused.Load(), burst)
}

// hurried asks once, and counts whether it was told to wait and for how long.
func hurried(ctx context.Context, address string) (limited, patient int64) {
	answer, err := ask(ctx, http.MethodHead, address)
	if err != nil {
		return 0, 0
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusTooManyRequests {
		return 0, 0
	}
	if answer.Header.Get("Retry-After") != "" {
		patient = 1
	}
	return 1, patient
}
