package dbtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"historias/internal/pgembed"
	"historias/internal/pgembed/filelock"
	"historias/internal/testkit/scratch"
)

// The keeper is a process that runs the server for all test programs of a checkout. The first
// program that finds no server starts it: a copy of itself, detached, that goes no further than the
// init function below. Every test program holds a shared lock for as long as it lives; when nobody
// has held it for a while the keeper stops the server, removes the data and ends. Nothing has to be
// cleaned up by a test program, so nothing is left when one is killed.
const (
	keeperFolder = "HISTORIAS_DBTEST_KEEPER"

	idleLimit    = 30 * time.Second
	idlePoll     = 500 * time.Millisecond
	readyPoll    = 25 * time.Millisecond
	respawnAfter = 80 // polls

	// room is what a cluster, its templates and the copies of running tests need.
	room = 1 << 30
)

func init() {
	if dir := os.Getenv(keeperFolder); dir != "" {
		keeper{dir: dir, binDir: os.Getenv("PG_BIN_DIR")}.run()
		os.Exit(0)
	}
}

// held keeps locks reachable, and with that locked, until the process ends.
var held []*filelock.Lock

// sharedServer is the superuser's address of the checkout's server, started if it does not run.
func sharedServer(ctx context.Context) (string, error) {
	k, err := keeperOf(os.Getenv("PG_BIN_DIR"))
	if err != nil {
		return "", err
	}
	use, err := filelock.Shared(k.path("users.lock"))
	if err != nil {
		return "", err
	}
	held = append(held, use)
	for poll := 0; ; poll++ {
		if address, ok := k.answering(ctx); ok {
			return address, nil
		}
		if poll%respawnAfter == 0 {
			if err := k.spawn(); err != nil {
				return "", err
			}
		}
		if failure, err := os.ReadFile(k.path("failure")); err == nil {
			return "", errors.New(string(failure))
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("the server did not start: %w", ctx.Err())
		case <-time.After(readyPoll):
		}
	}
}

// keeper is the folder through which test programs and the keeper find each other.
type keeper struct{ dir, binDir string }

// keeperOf names the folder after the user, the checkout and the binaries.
func keeperOf(binDir string) (keeper, error) {
	root, err := checkout()
	if err != nil {
		return keeper{}, err
	}
	sum := sha256.Sum256([]byte(root + "\n" + binDir))
	dir := filepath.Join(scratch.Dir(room), fmt.Sprintf("historias-test-%d-%x", os.Geteuid(), sum[:6]))
	// Chmod fails where another user made the folder first.
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.Chmod(dir, 0o700)); err != nil {
		return keeper{}, err
	}
	return keeper{dir: dir, binDir: binDir}, nil
}

// checkout is the folder above the working one that holds go.mod.
func checkout() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for start := dir; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return start, nil
		}
	}
}

func (k keeper) path(name string) string { return filepath.Join(k.dir, name) }

func (k keeper) answering(ctx context.Context) (string, bool) {
	address, err := os.ReadFile(k.path("address"))
	if err != nil {
		return "", false
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, string(address))
	if err != nil {
		return "", false
	}
	return string(address), conn.Close(ctx) == nil
}

// spawn starts a keeper; where one runs already, the new one ends at once.
func (k keeper) spawn() error {
	if err := os.Remove(k.path("failure")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), keeperFolder+"="+k.dir)
	cmd.SysProcAttr = detached()
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// run is the keeper's life.
func (k keeper) run() {
	only, err := filelock.Exclusive(k.path("keeper.lock"))
	if err != nil {
		return
	}
	defer func() { _ = only.Release() }()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := k.serve(ctx); err != nil {
		_ = os.WriteFile(k.path("failure"), []byte(err.Error()), 0o600)
	}
}

// serve runs the server until nobody needs it, and leaves no data. It returns with the users' lock
// held, which goes with the process: whoever asks meanwhile waits, and then starts a new keeper.
func (k keeper) serve(ctx context.Context) (err error) {
	data := k.path("data")
	if err := errors.Join(os.RemoveAll(k.path("address")), os.RemoveAll(data)); err != nil {
		return err
	}
	server, err := pgembed.Start(ctx, pgembed.Options{DataDir: data, BinDir: k.binDir, ForTests: true})
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, os.RemoveAll(k.path("address")), server.Stop(context.WithoutCancel(ctx)), os.RemoveAll(data))
	}()
	if err := k.publish(server.AdminURL("postgres")); err != nil {
		return err
	}
	last, err := k.awaitIdle(ctx)
	held = append(held, last)
	return err
}

// publish writes the address in one step, so that nobody reads half of it.
func (k keeper) publish(address string) error {
	aside := k.path("address.new")
	return errors.Join(os.WriteFile(aside, []byte(address), 0o600), os.Rename(aside, k.path("address")))
}

// awaitIdle returns the users' lock when no test program has lived for a while, and none when the
// keeper is told to end.
func (k keeper) awaitIdle(ctx context.Context) (*filelock.Lock, error) {
	for idle := time.Duration(0); ; idle += idlePoll {
		select {
		case <-ctx.Done():
			return nil, nil
		case <-time.After(idlePoll):
		}
		lock, err := filelock.Exclusive(k.path("users.lock"))
		switch {
		case errors.Is(err, filelock.ErrHeld):
			idle = 0
		case err != nil || idle >= idleLimit:
			return lock, err
		default:
			if err := lock.Release(); err != nil {
				return nil, err
			}
		}
	}
}
