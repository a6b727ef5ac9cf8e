//go:build unix && !linux

package pgembed

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	asSelf identityKind = iota
	asOther
)

type identityKind int

// identity is the user that PostgreSQL's programs run as: root's place is taken by an ordinary user,
// who must be able to enter the folders of the binaries and of the data.
type identity struct {
	kind     identityKind
	uid, gid int
}

func chooseIdentity(_ context.Context, _ binaries, data string) identity {
	if os.Geteuid() != 0 {
		return identity{kind: asSelf}
	}
	if owner, ok := ownerOf(data); ok {
		return owner
	}
	return unprivilegedUser()
}

// attributes keeps the terminal's Ctrl-C away from the server. Nothing here ends a child with its
// parent; the next start ends a server that outlived its program.
func (id identity) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if id.kind == asOther {
		attr.Credential = &syscall.Credential{Uid: uint32(id.uid), Gid: uint32(id.gid)} //nolint:gosec // numbers of the system's own list of users
	}
	return attr
}

// isPostgres tells whether a process lives and is a PostgreSQL server, and not another program that
// was given the number of one that died.
func isPostgres(pid int) bool {
	out, err := exec.Command("ps", "-p", strconv.Itoa(pid), "-o", "comm=").Output()
	return err == nil && filepath.Base(strings.TrimSpace(string(out))) == "postgres"
}
