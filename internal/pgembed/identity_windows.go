package pgembed

import (
	"context"
	"io/fs"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// identity is the user that PostgreSQL's programs run as: on Windows always the program's own.
type identity struct{}

func chooseIdentity(context.Context, binaries, string) identity { return identity{} }

// attributes keeps the console's Ctrl-C away from the server.
func (identity) attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

func (identity) own(string) error { return nil }

func (identity) trusts(fs.FileInfo) bool { return true }

// interrupt asks a postmaster for a fast shutdown, through pg_ctl because Windows has no signals.
func (c *cluster) interrupt(ctx context.Context, pid int) error {
	return exec.CommandContext(ctx, c.bin.path("pg_ctl"), "kill", "INT", strconv.Itoa(pid)).Run()
}

// isPostgres tells whether a process lives and is a PostgreSQL server.
func isPostgres(pid int) bool {
	out, err := exec.Command("tasklist", "/FI", "PID eq "+strconv.Itoa(pid), "/FO", "CSV", "/NH").Output()
	return err == nil && strings.Contains(strings.ToLower(string(out)), "postgres.exe")
}
