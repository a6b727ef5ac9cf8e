//go:build unix

package checkup

import (
	"os"
	"strconv"
	"syscall"
)

// owner names whose a file is, and tells whether that is who runs the program.
// The administrator looks after the files of others.
func owner(info os.FileInfo) (whose string, ours bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", true
	}
	me := os.Geteuid()
	return strconv.FormatUint(uint64(stat.Uid), 10), me == 0 || me == int(stat.Uid)
}

// room gives the free and the whole size of the volume of a folder, in bytes.
func room(dir string) (free, whole uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil || s.Bsize <= 0 {
		return 0, 0, false
	}
	size := uint64(s.Bsize)
	return s.Bavail * size, s.Blocks * size, true
}
