//go:build linux

// Package scale tries the program as it runs where one process is not enough,
// with real ones: two that serve and one that works, behind nginx and PgBouncer,
// on a PostgreSQL with a live copy. They are killed one after the other while
// people write. Nothing here asserts on time, and each wait is for a state.
package scale

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/pgembed"
	"historias/internal/testkit/scratch"
	"historias/internal/vault"
)

const (
	// patience bounds each wait; it is long for a machine that is slow and busy.
	patience = 3 * time.Minute
	look     = 20 * time.Millisecond
	room     = 1 << 30
	// databasePassword is that of the program's login, for whoever comes by TCP.
	databasePassword = "jacaranda"
)

// program is the binary under test, built once.
var program string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "historias-scale-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "historias")
	// Without the profile the packages that the other tests compiled serve.
	if out, err := exec.Command("go", "build", "-pgo=off", "-o", program, "historias/cmd/historias").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// world is one installation: a folder, a PostgreSQL that keeps what it says it
// has kept, and the variables of its programs.
type world struct {
	t      *testing.T
	bin    string // the version of the program that is started and commanded
	dir    string
	port   int // PostgreSQL's, besides its socket
	server *pgembed.Server
	keys   []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOf(t, program)
}

// newWorldOf is one whose schema and processes are a version's.
func newWorldOf(t *testing.T, bin string) *world {
	t.Helper()
	dir, err := os.MkdirTemp(scratch.Dir(room), "historias-scale-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755), "nginx and PgBouncer are other users")
	w := &world{t: t, bin: bin, dir: dir, port: freePort(t), keys: []string{
		"MEDICAL_ENCRYPTION_KEY=" + vault.NewMaster(), "JWT_SECRET_KEY=" + vault.NewToken(32),
	}}
	w.startPostgres()
	w.asAdmin(fmt.Sprintf("alter role %s password '%s'", pgembed.Role, databasePassword))
	code, said := w.command("migrate")
	require.Zero(t, code, said)
	return w
}

// startPostgres starts it; it ends with the test.
func (w *world) startPostgres() {
	w.t.Helper()
	var err error
	w.server, err = pgembed.Start(w.t.Context(), pgembed.Options{
		DataDir: filepath.Join(w.dir, "primary"), BinDir: os.Getenv("PG_BIN_DIR"), Port: w.port,
	})
	require.NoError(w.t, err)
	server := w.server
	w.t.Cleanup(func() { stopPostgres(w.t, server) })
}

func stopPostgres(t *testing.T, server *pgembed.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	require.NoError(t, server.Stop(ctx))
}

// tcp is the address of the database for whoever may not enter its socket's folder.
func tcp(port int) string {
	address := url.URL{
		Scheme: "postgres", User: url.UserPassword(pgembed.Role, databasePassword),
		Host: fmt.Sprintf("127.0.0.1:%d", port), Path: "/" + pgembed.Database, RawQuery: "sslmode=disable",
	}
	return address.String()
}

// variables of a program; later ones win.
func (w *world) variables(more ...string) []string {
	return append(append([]string{
		"ENVIRONMENT=development", "DATA_DIR=" + filepath.Join(w.dir, "data"), "HOME=" + w.dir, "TMPDIR=" + w.dir,
		"DATABASE_URL=" + tcp(w.port), "RATE_LIMIT_ENABLED=false",
		"FRONTEND_URL=https://tudominio.com", "BACKEND_URL=https://api.tudominio.com",
	}, w.keys...), more...)
}

// command runs one of the program's commands to its end.
func (w *world) command(args ...string) (code int, said string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, w.bin, args...)
	cmd.Env = w.variables()
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		require.NoError(w.t, err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// asAdmin runs statements as the superuser of the database.
func (w *world) asAdmin(statements ...string) {
	w.t.Helper()
	conn, err := pgx.Connect(w.t.Context(), w.server.AdminURL(pgembed.Database))
	require.NoError(w.t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(w.t.Context())) }()
	for _, sql := range statements {
		_, err := conn.Exec(w.t.Context(), sql)
		require.NoError(w.t, err, sql)
	}
}

// freePort is one below those that the system gives to connections that go out
// (ip_local_port_range begins at 32768): one of these could take it while the
// process that has it is dead.
func freePort(t *testing.T) int {
	t.Helper()
	const lowest, many, attempts = 15000, 17000, 100
	for range attempts {
		port := lowest + rand.IntN(many)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		require.NoError(t, l.Close())
		return port
	}
	t.Fatal("no port is free")
	return 0
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(look) {
		if time.Now().After(end) {
			t.Fatalf("it never came to this: %s", what)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}
