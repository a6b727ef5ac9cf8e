package pgembed

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"historias/internal/testkit/scratch"
)

// program is a copy of this test program with a server of its own.
type program struct {
	cmd     *exec.Cmd
	address string
	hold    io.Closer
}

func runProgram(t *testing.T, dir string, setUp func(*exec.Cmd)) program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	if setUp != nil {
		setUp(cmd)
	}
	hold, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	if !strings.HasPrefix(line, "postgres://") {
		t.Fatalf("the program said %q", line)
	}
	return program{cmd: cmd, address: strings.TrimSpace(line), hold: hold}
}

func TestKilledProgramLeavesNothingThatStopsTheNextStart(t *testing.T) {
	dir := madeFolder(t)
	killed := runProgram(t, dir, nil)
	run(t, killed.address, "CREATE TABLE kept AS SELECT 7 AS n")
	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.cmd.Wait()
	server := start(t, Options{DataDir: dir})
	if got := queryOne[int](t, server.URL(Database), "SELECT n FROM kept"); got != 7 {
		t.Errorf("kept %d, want 7", got)
	}
}

func TestKilledProgramTakesItsServerAlong(t *testing.T) {
	dir := madeFolder(t)
	killed := runProgram(t, dir, nil)
	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.cmd.Wait()
	eventually(t, func() bool {
		left, _ := filepath.Glob(filepath.Join(dir, "pg*", "postmaster.pid"))
		return len(left) == 0
	})
}

func TestGuestTakesOverFromAKilledOwner(t *testing.T) {
	dir := madeFolder(t)
	killed := runProgram(t, dir, nil)
	guest := start(t, Options{DataDir: dir})
	before := queryOne[string](t, guest.URL(Database), "SELECT pg_postmaster_start_time()::text")
	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.cmd.Wait()
	eventually(t, func() bool {
		if !guest.cluster.answers(t.Context()) {
			return false
		}
		return queryOne[string](t, guest.URL(Database), "SELECT pg_postmaster_start_time()::text") != before
	})
}

func TestRootWithoutUserNamespaces(t *testing.T) {
	requireRoot(t)
	closed := folder(t)
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	nobody := unprivilegedUser()
	nobody.closedFolders = true
	dir := filepath.Join(closed, "data")
	first := start(t, Options{DataDir: dir, identity: &nobody})
	run(t, first.URL(Database), "CREATE TABLE kept AS SELECT 7 AS n")
	stop(t, first)
	second := start(t, Options{DataDir: dir})
	if second.cluster.as != nobody {
		t.Errorf("data that belongs to %v was taken by %v", nobody, second.cluster.as)
	}
	if got := queryOne[int](t, second.URL(Database), "SELECT n FROM kept"); got != 7 {
		t.Errorf("kept %d, want 7", got)
	}
}

func TestNamespaceDataCanMoveToAnotherUser(t *testing.T) {
	requireRoot(t)
	dir := madeFolder(t)
	stop(t, start(t, Options{DataDir: dir}))
	nobody := unprivilegedUser()
	nobody.closedFolders = true
	start(t, Options{DataDir: dir, identity: &nobody})
}

func TestOrdinaryUser(t *testing.T) {
	requireRoot(t)
	bin, err := findBinaries(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	nobody := unprivilegedUser()
	if !nobody.runs(t.Context(), bin) {
		t.Skip("the binaries stand in a folder that only root may enter")
	}
	home, self := publicFolder(t, nobody)
	ordinary := runProgram(t, home, func(cmd *exec.Cmd) {
		cmd.Path, cmd.Dir = self, home
		cmd.Env = append(cmd.Env, childDir+"_BIN="+bin.dir)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(nobody.uid), Gid: uint32(nobody.gid)}}
	})
	// The socket is closed to everyone else; root passes.
	if got := queryOne[int](t, ordinary.address, "SELECT 7"); got != 7 {
		t.Errorf("got %d, want 7", got)
	}
	_ = ordinary.hold.Close()
	if err := ordinary.cmd.Wait(); err != nil {
		t.Error(err)
	}
	left, _ := filepath.Glob(filepath.Join(home, "pg*", "postmaster.pid"))
	if len(left) > 0 {
		t.Errorf("after a clean stop there is still %v", left)
	}
}

// publicFolder makes a folder of the user's own, and a copy of this program that the user may run.
func publicFolder(t *testing.T, owner identity) (home, self string) {
	t.Helper()
	dir, err := os.MkdirTemp(scratch.Dir(room), "pgembed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	home, self = filepath.Join(dir, "home"), filepath.Join(dir, "program")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.Chmod(dir, 0o755), os.Mkdir(home, 0o700), os.Chown(home, owner.uid, owner.gid), os.WriteFile(self, content, 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return home, self
}

func requireRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root runs the server as another user")
	}
}
