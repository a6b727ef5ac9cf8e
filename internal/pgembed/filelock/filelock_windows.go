package filelock

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

func tryExclusive(file *os.File) error {
	err := lockFile(file, windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrHeld
	}
	return err
}

func waitShared(file *os.File) error {
	return lockFile(file, 0)
}

func lockFile(file *os.File, flags uint32) error {
	return windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
}
