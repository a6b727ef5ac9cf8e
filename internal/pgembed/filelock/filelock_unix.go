//go:build unix

package filelock

import (
	"errors"
	"os"
	"syscall"
)

func tryExclusive(file *os.File) error {
	return flock(file, syscall.LOCK_EX|syscall.LOCK_NB)
}

func waitShared(file *os.File) error {
	return flock(file, syscall.LOCK_SH)
}

func flock(file *os.File, how int) error {
	for {
		err := syscall.Flock(int(file.Fd()), how)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrHeld
		default:
			return err
		}
	}
}
