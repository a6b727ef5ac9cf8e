//go:build unix

package pgembed

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// nobodyID is the number of nobody where the system's list of users cannot be read.
const nobodyID = 65534

// unprivilegedUser is a user that every system has. initdb asks for its name, so a number alone
// would not do.
func unprivilegedUser() identity {
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(account.Uid)
		gid, gidErr := strconv.Atoi(account.Gid)
		if uidErr == nil && gidErr == nil && uid > 0 {
			return identity{kind: asOther, uid: uid, gid: gid}
		}
	}
	return identity{kind: asOther, uid: nobodyID, gid: nobodyID}
}

// ownerOf is the ordinary user whose files a data folder already holds. Root runs the server as that
// user, so that starting once with sudo does not take the data away from them.
func ownerOf(data string) (identity, bool) {
	info, err := os.Stat(data)
	if err != nil {
		return identity{}, false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || stat.Uid == 0 {
		return identity{}, false
	}
	return identity{kind: asOther, uid: int(stat.Uid), gid: int(stat.Gid)}, true
}

// diskUser is the user that the server's files belong to.
func (id identity) diskUser() (uid, gid int) {
	if id.kind == asOther {
		return id.uid, id.gid
	}
	return os.Geteuid(), os.Getegid()
}

// own gives a folder and all inside to the identity. Only root can, and only root needs to: an
// earlier start may have run the server in another way.
func (id identity) own(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	uid, gid := id.diskUser()
	return fs.WalkDir(root.FS(), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return root.Lchown(path, uid, gid)
	})
}

// trusts tells whether a folder belongs to this program's user or to the server's.
func (id identity) trusts(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	uid, _ := id.diskUser()
	return ok && (int(stat.Uid) == os.Geteuid() || int(stat.Uid) == uid)
}

// interrupt asks a postmaster for a fast shutdown.
func (c *cluster) interrupt(_ context.Context, pid int) error {
	err := syscall.Kill(pid, syscall.SIGINT)
	if errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}
