package pgembed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

const (
	// orphanPatience is how long an outlived server may take to write its last checkpoint.
	orphanPatience = 2 * time.Minute
	// memoryRetries bounds the wait for the children of a server that was killed by force: until the
	// last is gone the new one refuses to start.
	memoryRetries = 20
	memoryPause   = 250 * time.Millisecond
)

// process is a running postmaster, a child of this program.
type process struct {
	cluster *cluster
	cmd     *exec.Cmd
	output  *serverLog
	exited  chan struct{}
	err     error
}

// launch starts the server and waits until it answers.
func (c *cluster) launch(ctx context.Context) (*process, error) {
	for attempt := 1; ; attempt++ {
		proc, err := c.spawn()
		if err != nil {
			return nil, fmt.Errorf("no se pudo ejecutar PostgreSQL: %w", err)
		}
		err = proc.awaitReady(ctx)
		if err == nil {
			return proc, nil
		}
		if stopErr := proc.stop(); ctx.Err() != nil || attempt == memoryRetries || !proc.output.saw("is still in use") {
			return nil, errors.Join(err, stopErr)
		}
		if err := sleep(ctx, memoryPause); err != nil {
			return nil, err
		}
	}
}

// spawn starts the server from an operating-system thread of its own that lives as long as the
// server: on Linux the death signal of a child follows the thread that made it, not the program.
func (c *cluster) spawn() (*process, error) {
	output := newServerLog(c.log)
	cmd := c.command(context.Background(), "postgres", c.settings()...)
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = 5 * time.Second
	proc := &process{cluster: c, cmd: cmd, output: output, exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			proc.err = cmd.Wait()
			close(proc.exited)
		}
	}()
	return proc, <-started
}

// settings are given at each start, so that the folder holds no configuration of ours to go stale.
func (c *cluster) settings() []string {
	values := []string{
		"listen_addresses=" + c.listen, "port=" + c.port,
		"unix_socket_directories=" + quoteList(c.socket), "unix_socket_permissions=0700",
		// A statement or a value in the log would be someone's record in a plain file.
		"log_error_verbosity=terse", "log_parameter_max_length=0", "log_parameter_max_length_on_error=0",
		"log_statement=none", "log_min_duration_statement=-1", "log_min_error_statement=panic",
		"log_destination=stderr", "logging_collector=off", "log_line_prefix=" + logPrefix,
		"timezone=UTC", "log_timezone=UTC", "password_encryption=scram-sha-256",
	}
	if c.forTests {
		values = append(values, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=300")
	} else {
		values = append(values, "fsync=on", "synchronous_commit=on", "full_page_writes=on")
	}
	args := []string{"-D", c.data}
	for _, value := range values {
		args = append(args, "-c", value)
	}
	return args
}

// quoteList quotes one member of a setting that is a comma-separated list.
func quoteList(member string) string { return `"` + strings.ReplaceAll(member, `"`, `""`) + `"` }

// command prepares a PostgreSQL tool to run as the server's user, in English and without the PG*
// variables of whoever started the program.
func (c *cluster) command(ctx context.Context, tool string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.bin.path(tool), args...)
	cmd.Dir = os.TempDir()
	cmd.Env = []string{"LC_ALL=C"}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "PG") && !strings.HasPrefix(variable, "LC_") {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.SysProcAttr = c.as.attributes()
	return cmd
}

// awaitReady polls until the server takes connections. Recovery after a crash may take long and is
// waited for as long as the server lives and ctx allows.
func (p *process) awaitReady(ctx context.Context) error {
	for {
		if p.cluster.answers(ctx) {
			return nil
		}
		select {
		case <-p.exited:
			return fmt.Errorf("PostgreSQL terminó al arrancar: %w", p.failure())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL no respondió a tiempo: %w", ctx.Err())
		case <-time.After(15 * time.Millisecond):
		}
	}
}

// failure says why the server ended, with its last words. Only after exited is closed.
func (p *process) failure() error {
	return errors.Join(p.err, errors.New(p.output.lastWords()))
}

// stop asks for a fast shutdown and waits for it.
func (p *process) stop() error {
	select {
	case <-p.exited:
		return nil
	default:
	}
	if err := p.cluster.interrupt(context.Background(), p.cmd.Process.Pid); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("no se pudo detener PostgreSQL: %w", err)
	}
	<-p.exited
	return nil
}
