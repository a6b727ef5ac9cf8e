package pgembed

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// PostgreSQL refuses to run as root. Two ways around it, tried in this order:
//   - a user namespace in which root is called by an ordinary user's number. Files stay root's, and
//     folders that only root may enter stay usable;
//   - where namespaces are forbidden (the default of many containers), a real ordinary user that owns
//     the data, with the one capability that lets it walk through folders closed to it.
const (
	asSelf identityKind = iota
	inNamespace
	asOther

	// capDacOverride is CAP_DAC_OVERRIDE of capabilities(7). Containers grant it by default.
	capDacOverride = 1
)

type identityKind int

// identity is the user that PostgreSQL's programs run as.
type identity struct {
	kind     identityKind
	uid, gid int
	// closedFolders lets another user pass through folders that only root may enter.
	closedFolders bool
}

func chooseIdentity(ctx context.Context, bin binaries, data string) identity {
	if os.Geteuid() != 0 {
		return identity{kind: asSelf}
	}
	other, settled := ownerOf(data)
	if !settled {
		other = unprivilegedUser()
		namespace := identity{kind: inNamespace, uid: other.uid, gid: other.gid}
		if namespace.runs(ctx, bin) {
			return namespace
		}
	}
	other.closedFolders = true
	if !other.runs(ctx, bin) {
		other.closedFolders = false
	}
	return other
}

// runs tells whether the system lets this program start a child as the identity.
func (id identity) runs(ctx context.Context, bin binaries) bool {
	probe := exec.CommandContext(ctx, bin.path("postgres"), "--version")
	probe.SysProcAttr = id.attributes()
	return probe.Run() == nil
}

// attributes starts a child as the identity, out of reach of the terminal's Ctrl-C (the program ends
// it in its own order) and told to end when the program does.
func (id identity) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT}
	switch id.kind {
	case inNamespace:
		attr.Cloneflags = syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: id.uid, HostID: os.Geteuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: id.gid, HostID: os.Getegid(), Size: 1}}
	case asOther:
		attr.Credential = &syscall.Credential{Uid: uint32(id.uid), Gid: uint32(id.gid)} //nolint:gosec // numbers of the system's own list of users
		if id.closedFolders {
			attr.AmbientCaps = []uintptr{capDacOverride}
		}
	case asSelf:
	}
	return attr
}

// isPostgres tells whether a process lives and is a PostgreSQL server, and not another program that
// was given the number of one that died.
func isPostgres(pid int) bool {
	name, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/comm")
	return err == nil && string(name) == "postgres\n"
}
