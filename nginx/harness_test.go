package nginx

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
)

// names are the five of the plan.
var names = []string{"tudominio.com", "www.tudominio.com", "api.tudominio.com", "privacy.tudominio.com", "whatsapp.tudominio.com"}

// proxy is nginx with the files of this folder, on free ports.
type proxy struct {
	dir         string
	plain, tls  int
	application int
	client      *http.Client
	api         *apitest.API
}

func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if path = filepath.Join("/usr/sbin", name); fileExists(path) {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", name)
	}
	t.Skipf("SKIP: %s is missing", name)
	return ""
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func start(t *testing.T) *proxy {
	t.Helper()
	bin := tool(t, "nginx")
	p := &proxy{
		dir: t.TempDir(), plain: freePort(t), tls: freePort(t), application: freePort(t),
		api: apitest.NewWith(t, func(c *config.Config) {
			c.AllowedOrigins = []string{"https://tudominio.com", "https://www.tudominio.com"}
			c.BackendURL, c.FrontendURL = "https://api.tudominio.com", "https://tudominio.com"
			c.TrustedProxies = []string{"127.0.0.1"}
		}),
	}
	p.certificate(t)
	backend := strings.TrimPrefix(p.api.URL, "http://")
	p.write(t, "../docker/frontend/nginx.conf", "application.conf", backend)
	p.write(t, "nginx.conf", "nginx.conf", backend)
	files, err := filepath.Glob("conf/*.conf")
	require.NoError(t, err)
	for _, f := range files {
		p.write(t, f, f, backend)
	}
	p.run(t, bin, "application.conf", p.application)
	p.run(t, bin, "nginx.conf", p.tls)
	p.client = p.newClient()
	return p
}

// write puts a file where this test's nginx reads it, its fixed ports, paths and
// neighbours exchanged for those of the test. Nothing else is changed.
func (p *proxy) write(t *testing.T, from, to, backend string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	require.NoError(t, err)
	dist, err := filepath.Abs("../frontend/dist")
	require.NoError(t, err)
	own := strings.TrimSuffix(filepath.Base(to), ".conf")
	text := strings.NewReplacer(
		"user nginx;\n", "",
		"listen 443", fmt.Sprintf("listen 127.0.0.1:%d", p.tls),
		"listen 80;\n        root", fmt.Sprintf("listen 127.0.0.1:%d;\n        root", p.application),
		"listen 80", fmt.Sprintf("listen 127.0.0.1:%d", p.plain),
		"/etc/nginx/historias", p.dir+"/conf", "/etc/nginx/ssl", p.dir,
		"/var/log/nginx", p.dir, "/tmp/", p.dir+"/"+own+"-", "/dev/stderr", p.dir+"/application.log",
		"/usr/share/nginx/html", dist,
		"python-backend:8000", backend, "typescript-frontend:80", fmt.Sprintf("127.0.0.1:%d", p.application),
	).Replace(string(raw))
	require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(p.dir, to)), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(p.dir, to), []byte(text), 0o644))
}

func (p *proxy) run(t *testing.T, bin, file string, port int) {
	t.Helper()
	args := []string{"-p", p.dir, "-c", filepath.Join(p.dir, file), "-g", "daemon off;"}
	out, err := exec.Command(bin, append([]string{"-t"}, args...)...).CombinedOutput()
	require.NoError(t, err, string(out))
	cmd := exec.Command(bin, args...)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	require.Eventually(t, func() bool {
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}, 20*time.Second, 20*time.Millisecond)
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

func (p *proxy) certificate(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: names[0]}, DNSNames: names,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "PRIVATE KEY", Bytes: secret}} {
		require.NoError(t, os.WriteFile(filepath.Join(p.dir, name), pem.EncodeToMemory(block), 0o600))
	}
}

// newClient reaches the five names on loopback and follows nothing.
func (p *proxy) newClient() *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			TLSClientConfig:   &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2: true,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				port := p.tls
				if strings.HasSuffix(address, ":80") {
					port = p.plain
				}
				return new(net.Dialer).DialContext(ctx, network, fmt.Sprintf("127.0.0.1:%d", port))
			},
		},
	}
}

type answer struct {
	*http.Response
	body string
}

func (p *proxy) ask(t *testing.T, method, url string, body io.Reader, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	require.NoError(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	r, err := p.client.Do(req)
	require.NoError(t, err)
	defer func() { _ = r.Body.Close() }()
	raw, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	return answer{r, string(raw)}
}

// guarded are the headers that every answer carries once, whoever made it.
func guarded(t *testing.T, a answer, what string) {
	t.Helper()
	for _, name := range []string{
		"Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
		"Cross-Origin-Opener-Policy", "Permissions-Policy", "Content-Security-Policy", "Cache-Control",
	} {
		require.Len(t, a.Header.Values(name), 1, "%s: %s", what, name)
	}
	require.NotContains(t, a.Header.Get("Content-Security-Policy"), "unsafe")
	require.NotRegexp(t, `nginx/`, a.Header.Get("Server"), what)
}

func (p *proxy) log(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(p.dir, name))
	require.NoError(t, err)
	return raw
}
