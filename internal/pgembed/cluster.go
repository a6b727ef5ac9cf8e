package pgembed

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// longestSocket is the longest socket address that works everywhere: Linux allows 107 bytes and macOS 103.
const longestSocket = 103

// cluster is one data folder of PostgreSQL and how its server is run.
type cluster struct {
	bin      binaries
	data     string
	lock     string
	socket   string
	port     string
	listen   string // an address, empty for none
	as       identity
	log      *slog.Logger
	forTests bool
}

func newCluster(ctx context.Context, opts Options, bin binaries) (*cluster, error) {
	root, err := filepath.Abs(opts.DataDir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("no se puede crear la carpeta de datos: %w", err)
	}
	name := fmt.Sprintf("pg%d", bin.major)
	c := &cluster{
		bin: bin, data: filepath.Join(root, name), lock: filepath.Join(root, name+".lock"),
		socket: socketDir(root, name), port: port, log: opts.Log, forTests: opts.ForTests,
	}
	if opts.Port != 0 {
		c.port, c.listen = strconv.Itoa(opts.Port), "127.0.0.1"
	}
	if opts.identity != nil {
		c.as = *opts.identity
	} else {
		c.as = chooseIdentity(ctx, bin, c.data)
	}
	return c, nil
}

// socketDir is a folder beside the data, or a short one when that address would be too long.
func socketDir(root, name string) string {
	if dir := filepath.Join(root, name+"-socket"); fits(dir) {
		return dir
	}
	sum := sha256.Sum256([]byte(filepath.Join(root, name)))
	short := fmt.Sprintf("historias-%d-%x", os.Geteuid(), sum[:6])
	if dir := filepath.Join(os.TempDir(), short); fits(dir) {
		return dir
	}
	return filepath.Join("/tmp", short)
}

func fits(dir string) bool { return len(filepath.Join(dir, ".s.PGSQL."+port)) <= longestSocket }

// start makes the cluster if it does not exist, clears what a killed program left, starts the server
// and waits until it answers and holds the role and the database.
func (c *cluster) start(ctx context.Context) (*process, error) {
	if err := c.initialise(ctx); err != nil {
		return nil, err
	}
	if err := c.clearLeftover(ctx); err != nil {
		return nil, err
	}
	if err := c.ownFolders(); err != nil {
		return nil, err
	}
	proc, err := c.launch(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.prepare(ctx); err != nil {
		return nil, errors.Join(err, proc.stop())
	}
	return proc, nil
}

// initialise runs initdb in a folder aside and renames it when it is complete, so that a program
// killed meanwhile leaves no half-made cluster.
func (c *cluster) initialise(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(c.data, "PG_VERSION")); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no se puede leer la base de datos: %w", err)
	}
	c.warnOfOtherVersions(ctx)
	aside := c.data + ".new"
	var err error
	for _, locale := range c.locales() {
		if err = c.initdb(ctx, aside, locale); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	return os.Rename(aside, c.data)
}

// locales lists what sorts and folds by code point: the same on every system and version, so that an
// index built on one is right on another. Names are sorted for people in the queries.
func (c *cluster) locales() [][]string {
	if c.bin.major >= 17 {
		return [][]string{{"--locale-provider=builtin", "--builtin-locale=C.UTF-8"}}
	}
	return [][]string{{"--locale=C.UTF-8"}, {"--locale=C"}}
}

func (c *cluster) initdb(ctx context.Context, dir string, locale []string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if err := c.as.own(dir); err != nil {
		return err
	}
	// Trust is enough for the socket, which is inside a folder that no other user can open.
	args := append([]string{
		"--pgdata", dir, "--username", superuser, "--encoding", "UTF8", "--auth-local", "trust", "--auth-host", "scram-sha-256",
		"--data-checksums", "--no-instructions",
	}, locale...)
	if c.forTests {
		args = append(args, "--no-sync")
	}
	// As in spawn, the thread that starts it must not go away before it ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out, err := c.command(ctx, "initdb", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("PostgreSQL no pudo crear su base de datos: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// warnOfOtherVersions tells the operator that data of another major version stays where it is.
func (c *cluster) warnOfOtherVersions(ctx context.Context) {
	others, err := filepath.Glob(filepath.Join(filepath.Dir(c.data), "pg*", "PG_VERSION"))
	if err == nil && len(others) > 0 {
		c.log.WarnContext(ctx, "starting with an empty database: the existing one is of another PostgreSQL version",
			"new", c.data, "existing", filepath.Dir(others[0]))
	}
}

// ownFolders makes the socket folder private and gives data and socket to the server's user.
func (c *cluster) ownFolders() error {
	if err := os.Mkdir(c.socket, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("no se puede crear la carpeta de conexión: %w", err)
	}
	info, err := os.Lstat(c.socket)
	if err != nil {
		return err
	}
	// In a shared temporary folder another user could have made it first, to listen in.
	if !info.IsDir() || !c.as.trusts(info) {
		return fmt.Errorf("la carpeta de conexión %s pertenece a otro usuario; elimínela e intente de nuevo", c.socket)
	}
	if err := os.Chmod(c.socket, 0o700); err != nil { //nolint:gosec // a folder needs the execute bit
		return err
	}
	return errors.Join(c.as.own(c.socket), c.as.own(c.data))
}

// clearLeftover ends a server that outlived its program and removes the pid file of one that did not.
// Only the holder of the lock calls it, so no living program's server is meant.
func (c *cluster) clearLeftover(ctx context.Context) error {
	pid, ok := c.readPidFile()
	if !ok {
		return nil
	}
	if isPostgres(pid.number) {
		c.log.InfoContext(ctx, "ending the PostgreSQL server that a killed program left", "pid", pid.number)
		if err := c.endOrphan(ctx, pid.number); err != nil {
			return err
		}
	}
	if err := os.Remove(c.pidFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (c *cluster) endOrphan(ctx context.Context, pid int) error {
	ctx, cancel := context.WithTimeout(ctx, orphanPatience)
	defer cancel()
	if err := c.interrupt(ctx, pid); err != nil {
		return fmt.Errorf("no se pudo detener el PostgreSQL anterior (proceso %d): %w", pid, err)
	}
	for isPostgres(pid) {
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			return fmt.Errorf("el PostgreSQL anterior (proceso %d) no termina: %w", pid, err)
		}
	}
	return nil
}
