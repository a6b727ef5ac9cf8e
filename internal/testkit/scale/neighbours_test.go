//go:build linux

package scale

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/pgembed"
)

// pooler is PgBouncer with the settings of docs/operacion/escala.md.
func (w *world) pooler() *process {
	w.t.Helper()
	p := &process{t: w.t, name: "pgbouncer", port: freePort(w.t), bin: tool(w.t, "pgbouncer")}
	users := w.file("users.txt", fmt.Sprintf("\"%s\" \"%s\"\n", pgembed.Role, databasePassword))
	ini := w.file("pgbouncer.ini", fmt.Sprintf(`[databases]
%s = host=127.0.0.1 port=%d
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = scram-sha-256
auth_file = %s
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
server_login_retry = 1
`, pgembed.Database, w.port, p.port, users))
	p.args = []string{ini}
	if os.Geteuid() == 0 {
		p.args = []string{"-u", "nobody", ini} // it refuses to be root
	}
	// What the program cannot say through a pooler its login says.
	for _, limit := range []string{
		"statement_timeout = '15s'", "lock_timeout = '3s'", "idle_in_transaction_session_timeout = '30s'", "jit = off",
	} {
		w.asAdmin(fmt.Sprintf("alter role %s set %s", pgembed.Role, limit))
	}
	p.ready = func() bool { return reachable(w.t, tcp(p.port)) }
	p.start()
	return p
}

// reachable tells whether a database answers at an address.
func reachable(t *testing.T, address string) bool {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return false
	}
	return conn.Close(ctx) == nil
}

// file writes a file that every user of the machine can read.
func (w *world) file(name, content string) (path string) {
	w.t.Helper()
	path = filepath.Join(w.dir, name)
	require.NoError(w.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(w.t, os.WriteFile(path, []byte(content), 0o644))
	return path
}

// proxy is nginx with the files of production and two processes of the program
// as its neighbours. The client reaches it by the name of the API.
func (w *world) proxy(first, second *process) (*process, *http.Client) {
	w.t.Helper()
	p := &process{t: w.t, name: "nginx", port: freePort(w.t), bin: tool(w.t, "nginx")}
	w.certificate()
	exchange := strings.NewReplacer(
		"user nginx;\n", "", "/etc/nginx/historias", w.dir+"/conf", "/etc/nginx/ssl", w.dir, "/var/log/nginx", w.dir, "/tmp/", w.dir+"/nginx-",
		"listen 443", fmt.Sprintf("listen 127.0.0.1:%d", p.port), "listen 80", fmt.Sprintf("listen 127.0.0.1:%d", freePort(w.t)),
		"python-backend:8000", fmt.Sprintf("127.0.0.1:%d max_fails=0;\n    server 127.0.0.1:%d", first.port, second.port),
		"typescript-frontend:80", fmt.Sprintf("127.0.0.1:%d", first.port),
	)
	home := "../../../nginx"
	files, err := filepath.Glob(home + "/conf/*.conf")
	require.NoError(w.t, err)
	for _, from := range append(files, home+"/nginx.conf") {
		raw, err := os.ReadFile(from)
		require.NoError(w.t, err)
		w.file(strings.TrimPrefix(from, home+"/"), exchange.Replace(string(raw)))
	}
	p.args = []string{"-p", w.dir, "-c", filepath.Join(w.dir, "nginx.conf"), "-g", "daemon off;"}
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, fmt.Sprintf("127.0.0.1:%d", p.port))
		},
	}}
	p.ready = func() bool {
		res, err := client.Get(api + "/health")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK
	}
	p.start()
	return p, client
}

const api = "https://api.tudominio.com"

// certificate is one for a day, signed by itself.
func (w *world) certificate() {
	w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(w.t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{strings.TrimPrefix(api, "https://")},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(w.t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(w.t, err)
	w.file("cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	w.file("key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
}
