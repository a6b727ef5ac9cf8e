// Package filelock takes advisory locks on files. The kernel lets go of them when the program that
// holds them ends, however it ends, so they answer "does another program still use this?" where a
// file with a process id in it would lie after a crash.
package filelock

import (
	"errors"
	"fmt"
	"os"
)

// ErrHeld says that another holder has the lock in a mode that excludes the one asked for.
var ErrHeld = errors.New("filelock: held by another program")

// Lock is one lock held by this program.
type Lock struct{ file *os.File }

// Exclusive takes the lock alone and does not wait. It returns ErrHeld when anyone else has it.
func Exclusive(path string) (*Lock, error) { return open(path, tryExclusive) }

// Shared takes the lock together with other sharers, waiting while someone has it alone.
func Shared(path string) (*Lock, error) { return open(path, waitShared) }

// Release lets go of the lock. The file stays: removing it would let two programs hold "the" lock
// on two different files of the same name.
func (l *Lock) Release() error { return l.file.Close() }

func open(path string, take func(*os.File) error) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the caller's own lock
	if err != nil {
		return nil, fmt.Errorf("filelock: %w", err)
	}
	if err := take(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &Lock{file: file}, nil
}
