// Package pgembed runs a PostgreSQL server of the program's own, so that Historias starts on a machine
// where nobody installed or configured a database. It finds binaries (npm package or the system's),
// makes a cluster in the data folder, starts the server on a private Unix socket, also when the
// program runs as root, and stops it when the program ends, however it ends.
//
// One program owns a data folder at a time, by a file lock. A second program on the same folder is a
// guest: it uses the owner's server. When the owner stops or dies its server stops too, and one of
// the guests becomes the owner and starts it again on the same socket; the guest's open connections
// break once and its pool reconnects a moment later. Stop on a guest leaves the server running.
package pgembed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"historias/internal/pgembed/filelock"
)

const (
	// Role is the login role that URL connects as. It owns Database and is neither superuser nor
	// exempt from row-level security, so that the walls between clinics hold for it too.
	Role = "historias"
	// Database is the database that Start creates.
	Database = "historias"

	superuser = "postgres"
	// port names the socket file; without Options.Port the server listens on no address.
	port = "5432"

	lockPoll     = 250 * time.Millisecond
	restartPause = time.Second
)

// Options says where the server lives and how it is found.
type Options struct {
	// DataDir is the program's data folder; the cluster is made inside it, one per major version
	// (pg18), because one version cannot open another's files. Created with mode 0700 if missing.
	DataDir string
	// BinDir, when set, is the only folder where binaries are looked for.
	BinDir string
	// Log receives the server's own messages, never statements or values. Nil discards them.
	Log *slog.Logger
	// ForTests gives up durability for speed. Never for data that someone wants to keep.
	ForTests bool
	// Port, when set, is where the server also listens on the loopback address, to measure it as it is
	// reached in production. A cluster made with it asks whoever comes there for a password.
	Port int

	// identity overrides the user that the server runs as, in tests.
	identity *identity
}

// Server is a PostgreSQL server that answers on a private Unix socket.
type Server struct {
	cluster *cluster
	log     *slog.Logger

	// owner and proc are nil while the server belongs to another program. After Start only the
	// watching goroutine touches them.
	owner *filelock.Lock
	proc  *process

	cancel  context.CancelFunc
	done    chan struct{}
	stopErr error
}

// Start makes the server of opts.DataDir answer and returns it with Role and Database in place. It
// starts the server, or joins the one that another program already runs on the folder. Whatever a
// killed program left behind is cleared. The error is ErrNoBinaries when no PostgreSQL is to be
// found, and otherwise says in Spanish what failed. ctx limits the start only.
func Start(ctx context.Context, opts Options) (*Server, error) {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	bin, err := findBinaries(ctx, opts.BinDir)
	if err != nil {
		return nil, err
	}
	cluster, err := newCluster(ctx, opts, bin)
	if err != nil {
		return nil, err
	}
	server := &Server{cluster: cluster, log: opts.Log, done: make(chan struct{})}
	if err := server.join(ctx); err != nil {
		return nil, err
	}
	watching, cancel := context.WithCancel(context.WithoutCancel(ctx))
	server.cancel = cancel
	go server.watch(watching)
	return server, nil
}

// URL is the connection string of a database, as Role.
func (s *Server) URL(database string) string { return s.cluster.url(Role, database) }

// AdminURL is the connection string of a database as the cluster's superuser, for whoever makes and
// drops databases. Never for serving requests: row-level security does not bind a superuser.
func (s *Server) AdminURL(database string) string { return s.cluster.url(superuser, database) }

// Major is the server's major version, such as 18.
func (s *Server) Major() int { return s.cluster.bin.major }

// Stop ends the server with a fast shutdown (open transactions are rolled back, everything committed
// is kept), or only leaves it when another program owns it. It returns ctx's error when ctx ends
// first; the shutdown goes on, and a later Start waits for it. Stop may be called again.
func (s *Server) Stop(ctx context.Context) error {
	s.cancel()
	select {
	case <-s.done:
		return s.stopErr
	case <-ctx.Done():
		return fmt.Errorf("PostgreSQL no terminó a tiempo: %w", ctx.Err())
	}
}

// join becomes the owner of the cluster and starts it, or waits until its owner has it running.
func (s *Server) join(ctx context.Context) error {
	for {
		joined, err := s.tryJoin(ctx)
		if joined || err != nil {
			return err
		}
		if err := sleep(ctx, lockPoll); err != nil {
			return fmt.Errorf("otro programa está usando %s y su PostgreSQL no responde: %w", s.cluster.data, err)
		}
	}
}

func (s *Server) tryJoin(ctx context.Context) (bool, error) {
	lock, err := filelock.Exclusive(s.cluster.lock)
	switch {
	case err == nil:
		return true, s.own(ctx, lock)
	case !errors.Is(err, filelock.ErrHeld):
		return false, fmt.Errorf("no se puede usar la carpeta de datos: %w", err)
	case !s.cluster.joinRunning(ctx):
		return false, nil
	}
	if err := s.cluster.prepare(ctx); err != nil {
		// An owner that stops just now is no failure: the next try finds the lock free.
		return false, s.cluster.stillAnswers(ctx, err)
	}
	s.log.InfoContext(ctx, "joined the PostgreSQL server of another program", "data", s.cluster.data)
	return true, nil
}

// own starts the server under a lock that this program holds until the server has stopped.
func (s *Server) own(ctx context.Context, lock *filelock.Lock) error {
	proc, err := s.cluster.start(ctx)
	if err != nil {
		return errors.Join(err, lock.Release())
	}
	s.owner, s.proc = lock, proc
	return nil
}

// watch keeps the server running until Stop: it starts it again if it dies, and takes over from an
// owner that went away.
func (s *Server) watch(ctx context.Context) {
	defer close(s.done)
	for ctx.Err() == nil {
		if s.owner == nil {
			s.awaitTurn(ctx)
		} else {
			s.awaitExit(ctx)
		}
	}
	s.stopErr = s.leave()
}

func (s *Server) awaitTurn(ctx context.Context) {
	if sleep(ctx, lockPoll) != nil {
		return
	}
	lock, err := filelock.Exclusive(s.cluster.lock)
	if err != nil {
		return
	}
	if err := s.own(ctx, lock); err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, "could not take over the PostgreSQL server", "error", err)
		return
	}
	s.log.InfoContext(ctx, "took over the PostgreSQL server", "data", s.cluster.data)
}

func (s *Server) awaitExit(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-s.proc.exited:
	}
	s.log.ErrorContext(ctx, "the PostgreSQL server ended by itself; starting it again", "error", s.proc.failure())
	if sleep(ctx, restartPause) != nil {
		return
	}
	proc, err := s.cluster.start(ctx)
	if err != nil {
		s.log.ErrorContext(ctx, "could not start the PostgreSQL server again", "error", err)
		return
	}
	s.proc = proc
}

func (s *Server) leave() error {
	if s.owner == nil {
		return nil
	}
	return errors.Join(s.proc.stop(), s.owner.Release())
}

func (c *cluster) url(role, database string) string {
	address := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database}
	address.RawQuery = url.Values{"host": {c.socket}, "port": {c.port}}.Encode()
	return address.String()
}

func sleep(ctx context.Context, pause time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}
