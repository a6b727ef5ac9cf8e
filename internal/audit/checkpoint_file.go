package audit

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// checkpointFile is the append-only file of checkpoints. It is opened for each
// line, so that it may be moved away at any time (the next line is then full).
type checkpointFile struct {
	path string
	mu   sync.Mutex
}

const (
	checkpointMode    = 0o600
	checkpointDirMode = 0o700
	// firstLook is how much of the end of the file is read at first.
	firstLook = 64 << 10
)

// append adds one line in one write and makes it durable.
func (f *checkpointFile) append(line []byte) (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(f.path), checkpointDirMode); err != nil {
		return fmt.Errorf("audit: checkpoint file: %w", err)
	}
	file, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, checkpointMode)
	if err != nil {
		return fmt.Errorf("audit: checkpoint file: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if cutOff(file) {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := file.Write(line); err != nil {
		return fmt.Errorf("audit: checkpoint file: %w", err)
	}
	return file.Sync()
}

// cutOff tells whether the last write was not finished. The rest of it stays:
// the file may be one that can only grow.
func cutOff(file *os.File) bool {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	var last [1]byte
	_, err = file.ReadAt(last[:], info.Size()-1)
	return err == nil && last[0] != '\n'
}

// read folds the lines back to the last full one. It looks at the end of the
// file first and goes further back only as far as it must.
func (f *checkpointFile) read(public ed25519.PublicKey) (history, error) {
	file, err := os.Open(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return history{}, nil
	}
	if err != nil {
		return history{}, fmt.Errorf("audit: checkpoint file: %w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return history{}, fmt.Errorf("audit: checkpoint file: %w", err)
	}
	for look := int64(firstLook); ; look *= 4 {
		from := max(0, info.Size()-look)
		tail := make([]byte, info.Size()-from)
		if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
			return history{}, fmt.Errorf("audit: checkpoint file: %w", err)
		}
		h, complete := foldTail(public, tail, from > 0)
		if complete || from == 0 {
			return h, nil
		}
	}
}

// foldTail folds lines from the last one back; complete says that a full line
// was reached. The first line of a tail may lack its beginning.
func foldTail(public ed25519.PublicKey, tail []byte, partial bool) (h history, complete bool) {
	lines := bytes.Split(tail, []byte{'\n'})
	if partial {
		lines = lines[1:]
	}
	for i := len(lines) - 1; i >= 0; i-- {
		b, whole, genuine := decodeCheckpoint(public, lines[i])
		switch {
		case !whole:
			continue
		case !genuine:
			h.forged++
			continue
		}
		h.fold(b)
		if b.full() {
			return h, true
		}
	}
	return h, false
}
