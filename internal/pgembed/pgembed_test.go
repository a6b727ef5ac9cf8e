//go:build unix

package pgembed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"historias/internal/pgembed/filelock"
	"historias/internal/testkit/scratch"
)

// childDir names the data folder to a copy of this test program that runs as a program of its own.
const childDir = "PGEMBED_TEST_CHILD_DIR"

// runFolder is the folder of this run, which holds each test's own.
var runFolder string

// room is what a few clusters at a time need.
const room = 512 << 20

func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(runFolder, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// TestMain lets the test program play the program that is killed, or that runs as another user.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		playProgram(dir)
		return
	}
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp(scratch.Dir(room), "pgembed-tests")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	runFolder = dir
	return m.Run()
}

// playProgram starts a server, prints its address, and waits to be told to stop or to be killed.
func playProgram(dir string) {
	server, err := Start(context.Background(), Options{DataDir: dir, BinDir: os.Getenv(childDir + "_BIN")})
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(server.URL(Database))
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := server.Stop(context.Background()); err != nil {
		fmt.Println("error:", err)
	}
}

func TestStartGivesARoleThatRowLevelSecurityBinds(t *testing.T) {
	server := start(t, Options{DataDir: folder(t)})
	role := queryOne[string](t, server.URL(Database), `
		SELECT concat_ws(' ', current_user, rolsuper, rolbypassrls, rolcreatedb, rolreplication, rolcreaterole)
		FROM pg_roles WHERE rolname = current_user`)
	if want := Role + " f f f f t"; role != want {
		t.Errorf("role, super, bypassrls, createdb, replication, createrole = %q, want %q", role, want)
	}
	owner := queryOne[string](t, server.URL(Database), "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")
	if owner != Role {
		t.Errorf("the database belongs to %q, want %q", owner, Role)
	}
}

func TestSettingsKeepCommittedDataAndSayNothingInTheLog(t *testing.T) {
	server := start(t, Options{DataDir: madeFolder(t)})
	want := map[string]string{
		"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on",
		"listen_addresses": "", "log_error_verbosity": "terse", "log_parameter_max_length": "0",
		"log_parameter_max_length_on_error": "0", "log_statement": "none", "server_encoding": "UTF8", "TimeZone": "UTC",
	}
	for name, value := range want {
		if got := queryOne[string](t, server.URL(Database), "SELECT current_setting($1)", name); got != value {
			t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
}

func TestForTestsGivesUpDurability(t *testing.T) {
	server := start(t, Options{DataDir: madeFolder(t), ForTests: true})
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes", "autovacuum"} {
		if got := queryOne[string](t, server.URL(Database), "SELECT current_setting($1)", name); got != "off" {
			t.Errorf("%s = %q, want off", name, got)
		}
	}
}

func TestDataSurvivesARestart(t *testing.T) {
	dir := madeFolder(t)
	first := start(t, Options{DataDir: dir})
	run(t, first.URL(Database), "CREATE TABLE kept AS SELECT 7 AS n")
	stop(t, first)
	if _, err := os.Stat(first.cluster.pidFile()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the pid file is still there after Stop: %v", err)
	}
	second := start(t, Options{DataDir: dir})
	if got := queryOne[int](t, second.URL(Database), "SELECT n FROM kept"); got != 7 {
		t.Errorf("kept %d, want 7", got)
	}
}

func TestServerThatIsKilledComesBack(t *testing.T) {
	server := start(t, Options{DataDir: madeFolder(t)})
	run(t, server.URL(Database), "CREATE TABLE kept AS SELECT 7 AS n")
	pid, _ := server.cluster.readPidFile()
	if err := syscall.Kill(pid.number, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool {
		now, ok := server.cluster.readPidFile()
		return ok && now.number != pid.number && server.cluster.answers(t.Context())
	})
	if got := queryOne[int](t, server.URL(Database), "SELECT n FROM kept"); got != 7 {
		t.Errorf("kept %d, want 7", got)
	}
}

func TestGuestSharesTheServerAndTakesOverWhenItsOwnerStops(t *testing.T) {
	dir := madeFolder(t)
	owner := start(t, Options{DataDir: dir})
	run(t, owner.URL(Database), "CREATE TABLE shared AS SELECT 7 AS n")
	guest := start(t, Options{DataDir: dir})
	address := guest.URL(Database)
	if got := queryOne[int](t, address, "SELECT n FROM shared"); got != 7 {
		t.Fatalf("the guest reads %d, want 7", got)
	}
	stop(t, owner)
	eventually(t, func() bool { return guest.cluster.answers(t.Context()) })
	if got := queryOne[int](t, address, "SELECT n FROM shared"); got != 7 {
		t.Errorf("after the owner left, at the same address, the guest reads %d, want 7", got)
	}
}

func TestStopOfAGuestLeavesTheServer(t *testing.T) {
	dir := madeFolder(t)
	owner := start(t, Options{DataDir: dir})
	stop(t, start(t, Options{DataDir: dir}))
	if got := queryOne[int](t, owner.URL(Database), "SELECT 7"); got != 7 {
		t.Errorf("got %d, want 7", got)
	}
}

func TestPidFileOfAnotherProgramDoesNotStopTheStart(t *testing.T) {
	dir := madeFolder(t)
	first := start(t, Options{DataDir: dir})
	stop(t, first)
	// What a machine that lost power leaves: a number that now belongs to somebody else.
	stale := strconv.Itoa(os.Getppid()) + "\n" + first.cluster.data + "\n1\n5432\n" + first.cluster.socket + "\n\n\n"
	if err := os.WriteFile(first.cluster.pidFile(), []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, Options{DataDir: dir})
}

func TestHalfMadeClusterIsMadeAgain(t *testing.T) {
	dir := folder(t)
	bin, err := findBinaries(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "pg"+strconv.Itoa(bin.major)+".new")
	if err := os.MkdirAll(filepath.Join(half, "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	start(t, Options{DataDir: dir})
}

func TestDeepFolderGetsAShortSocket(t *testing.T) {
	dir := filepath.Join(folder(t), strings.Repeat("muy-adentro/", 12))
	server := start(t, Options{DataDir: dir})
	t.Cleanup(func() { _ = os.RemoveAll(server.cluster.socket) })
	if strings.HasPrefix(server.cluster.socket, dir) {
		t.Errorf("socket %s is inside the deep folder", server.cluster.socket)
	}
	info, err := os.Stat(server.cluster.socket)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("socket folder: mode %v, %v, want 0700", info.Mode(), err)
	}
}

func TestWhatAClientTypedStaysOutOfTheLog(t *testing.T) {
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	server := start(t, Options{DataDir: madeFolder(t), Log: log})
	conn := connect(t, server.URL(Database))
	if _, err := conn.Exec(t.Context(), "SELECT $1::text::date", "canario-en-la-consulta"); err == nil {
		t.Fatal("a word was taken as a date")
	}
	stop(t, server)
	if strings.Contains(logged.String(), "canario") {
		t.Errorf("the log quotes a client's value:\n%s", &logged)
	}
	if !strings.Contains(logged.String(), "ready to accept connections") {
		t.Errorf("the log lacks the server's own messages:\n%s", &logged)
	}
}

func TestStartSaysWhyItFailed(t *testing.T) {
	_, err := Start(t.Context(), Options{DataDir: folder(t), BinDir: folder(t)})
	if err == nil || !strings.Contains(err.Error(), "la carpeta de PostgreSQL indicada no sirve") {
		t.Errorf("an empty folder of binaries: %v", err)
	}
	dir := folder(t)
	bin, err := findBinaries(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "pg"+strconv.Itoa(bin.major))
	if err := os.MkdirAll(broken, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "PG_VERSION"), []byte("3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = Start(t.Context(), Options{DataDir: dir}); err == nil || !strings.Contains(err.Error(), "PostgreSQL terminó al arrancar") {
		t.Errorf("a damaged cluster: %v", err)
	}
	lock, err := filelock.Exclusive(broken + ".lock")
	if err != nil {
		t.Fatalf("a failed start keeps the folder locked: %v", err)
	}
	_ = lock.Release()
}

// made is a cluster that initdb ran for once, to copy: most tests are about what comes after.
var made = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(runFolder, "made")
	server, err := Start(context.Background(), Options{DataDir: dir, ForTests: true})
	if err != nil {
		return dir, err
	}
	return dir, server.Stop(context.Background())
})

// madeFolder is a data folder of the test's own in which a cluster already exists.
func madeFolder(t *testing.T) string {
	t.Helper()
	source, err := made()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(folder(t), "data")
	if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
		t.Fatal(err)
	}
	clusters, err := filepath.Glob(filepath.Join(dir, "pg*", "PG_VERSION"))
	if err != nil || len(clusters) != 1 {
		t.Fatalf("the copy holds %v, %v", clusters, err)
	}
	if err := os.Chmod(filepath.Dir(clusters[0]), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, opts Options) *Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server, err := Start(ctx, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, server) })
	return server
}

func stop(t *testing.T, server *Server) {
	t.Helper()
	if err := server.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
}

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func run(t *testing.T, address, statement string) {
	t.Helper()
	if _, err := connect(t, address).Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func queryOne[T any](t *testing.T, address, query string, args ...any) T {
	t.Helper()
	var value T
	if err := connect(t, address).QueryRow(t.Context(), query, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for range 600 {
		if holds() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("what was expected did not happen in 30 s")
}
