package backup

import (
	"archive/tar"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"time"

	"filippo.io/age"
)

const (
	memberHead     = "historias-backup"
	memberDump     = "database.dump"
	memberManifest = "manifest.json"
	// filesPrefix begins the members that are files of DATA_DIR.
	filesPrefix = "data/"

	// pieceSize is how much of a stream of unknown length is one entry: tar asks
	// for the length first.
	pieceSize = 4 << 20

	archiveMode = 0o600
)

// writer writes the members of a copy, encrypted.
type writer struct {
	tar     *tar.Writer
	sealed  io.WriteCloser
	at      time.Time
	members []Member
}

func newWriter(to io.Writer, at time.Time, who ...age.Recipient) (*writer, error) {
	sealed, err := age.Encrypt(to, who...)
	if err != nil {
		return nil, err
	}
	w := &writer{tar: tar.NewWriter(sealed), sealed: sealed, at: at}
	return w, w.entry(memberHead, []byte(format))
}

func (w *writer) entry(name string, raw []byte) error {
	head := &tar.Header{Name: name, Mode: archiveMode, Size: int64(len(raw)), ModTime: w.at}
	if err := w.tar.WriteHeader(head); err != nil {
		return err
	}
	_, err := w.tar.Write(raw)
	return err
}

// close ends the copy: whatever was cut off before is known by age.
func (w *writer) close() error {
	if err := w.tar.Close(); err != nil {
		return err
	}
	return w.sealed.Close()
}

// stream begins a member of unknown length, which is written in pieces.
func (w *writer) stream(name string) *pieces {
	return &pieces{w: w, name: name, sum: sha256.New(), buffer: make([]byte, 0, pieceSize)}
}

// pieces cuts a stream into entries name/000001, name/000002…
type pieces struct {
	w      *writer
	name   string
	number int
	total  int64
	sum    hash.Hash
	buffer []byte
}

// Write takes the next bytes of the member.
func (p *pieces) Write(raw []byte) (int, error) {
	taken := len(raw)
	for len(raw) > 0 {
		n := min(len(raw), pieceSize-len(p.buffer))
		p.buffer = append(p.buffer, raw[:n]...)
		raw = raw[n:]
		if len(p.buffer) == pieceSize {
			if err := p.flush(); err != nil {
				return 0, err
			}
		}
	}
	return taken, nil
}

func (p *pieces) flush() error {
	p.number++
	p.total += int64(len(p.buffer))
	p.sum.Write(p.buffer)
	err := p.w.entry(fmt.Sprintf("%s/%06d", p.name, p.number), p.buffer)
	p.buffer = p.buffer[:0]
	return err
}

// Close ends the member and notes it for the manifest.
func (p *pieces) Close() error {
	if len(p.buffer) > 0 {
		if err := p.flush(); err != nil {
			return err
		}
	}
	p.w.members = append(p.w.members, Member{Name: p.name, Bytes: p.total, SHA256: p.sum.Sum(nil)})
	return nil
}

// file writes one file of a known length.
func (w *writer) file(name string, size int64, from io.Reader) error {
	head := &tar.Header{Name: filesPrefix + name, Mode: archiveMode, Size: size, ModTime: w.at}
	if err := w.tar.WriteHeader(head); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(w.tar, sum), from, size); err != nil {
		return err
	}
	w.members = append(w.members, Member{Name: head.Name, Bytes: size, SHA256: sum.Sum(nil)})
	return nil
}
