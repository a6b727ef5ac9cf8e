package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"slices"
	"strings"

	"filippo.io/age"

	"historias/internal/vault"
)

// biggestManifest bounds what is read into memory.
const biggestManifest = 64 << 20

// take is what becomes of the members of a copy while it is read; each gets the
// bytes of one member in order. A nil one lets them pass.
type take struct {
	dump io.Writer
	file func(name string) (io.WriteCloser, error)
}

// contents is what reading a whole copy tells.
type contents struct {
	Manifest
	// Proved says that the stamp was compared.
	Proved bool
}

// read decrypts a copy to its end, compares every member with the manifest and
// hands the members on. An error means that what was handed on must not be used.
func read(from io.Reader, who []age.Identity, keys *vault.Keyring, to take) (contents, error) {
	plain, err := age.Decrypt(from, who...)
	if err != nil {
		return contents{}, unopened(err)
	}
	r := &reader{tar: tar.NewReader(plain), to: to, keys: keys}
	if err := r.all(); err != nil {
		return contents{}, err
	}
	// The end of the tar is not the end of the stream.
	if _, err := io.Copy(io.Discard, plain); err != nil {
		return contents{}, errTruncated
	}
	return r.contents, r.compare()
}

// unopened explains why age did not open a copy.
func unopened(err error) error {
	if _, wrong := errors.AsType[*age.NoIdentityMatchError](err); wrong {
		return faultOf(err, "wrong_identity", "Esta identidad no abre el respaldo: se cifró para otra. Use la identidad que corresponde a BACKUP_AGE_RECIPIENT de entonces.")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errTruncated
	}
	if _, ours := errors.AsType[*Error](err); ours {
		return err
	}
	return errForeign
}

type reader struct {
	tar      *tar.Reader
	to       take
	keys     *vault.Keyring
	found    []Member
	sum      hash.Hash
	contents contents
	complete bool
}

func (r *reader) all() error {
	head, err := r.tar.Next()
	if err != nil {
		return broken(err)
	}
	text, err := io.ReadAll(io.LimitReader(r.tar, int64(len(format))+1))
	switch {
	case err != nil:
		return broken(err)
	case head.Name != memberHead || string(text) != format:
		return errForeign
	}
	for {
		head, err := r.tar.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken(err)
		}
		if err := r.entry(head); err != nil {
			return err
		}
	}
}

// broken tells a stream that was cut from one that was changed.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errTruncated
	}
	if _, ours := errors.AsType[*Error](err); ours {
		return err
	}
	return errDamaged
}

func (r *reader) entry(head *tar.Header) error {
	switch {
	case r.complete:
		return errDamaged
	case head.Name == memberManifest:
		return r.manifest()
	case strings.HasPrefix(head.Name, memberDump+"/"):
		return r.piece(memberDump, r.to.dump)
	case strings.HasPrefix(head.Name, filesPrefix):
		return r.file(head.Name)
	}
	return errDamaged
}

func (r *reader) manifest() error {
	raw, err := io.ReadAll(io.LimitReader(r.tar, biggestManifest))
	if err != nil {
		return broken(err)
	}
	r.contents.Manifest, r.contents.Proved, err = decodeManifest(raw, r.keys)
	r.complete = true
	return err
}

// piece adds the present entry to a member that may have begun before.
func (r *reader) piece(name string, to io.Writer) error {
	if len(r.found) == 0 || r.found[len(r.found)-1].Name != name {
		r.found = append(r.found, Member{Name: name})
		r.sum = sha256.New()
	}
	m := &r.found[len(r.found)-1]
	into := io.Writer(r.sum)
	if to != nil {
		into = io.MultiWriter(r.sum, receiver{to})
	}
	n, err := io.Copy(into, r.tar)
	m.Bytes += n
	m.SHA256 = r.sum.Sum(nil)
	if err != nil {
		return handed(err)
	}
	return nil
}

// handed keeps an error of the receiving side apart from one of the archive.
func handed(err error) error {
	if _, receiving := errors.AsType[*receiverError](err); receiving {
		return err
	}
	return broken(err)
}

// receiverError is a failure of who takes a member, not of the archive.
type receiverError struct{ cause error }

func (e *receiverError) Error() string { return e.cause.Error() }
func (e *receiverError) Unwrap() error { return e.cause }

// receiver marks the errors of a writer as its own.
type receiver struct{ io.Writer }

func (r receiver) Write(raw []byte) (int, error) {
	n, err := r.Writer.Write(raw)
	if err != nil {
		err = &receiverError{err}
	}
	return n, err
}

// file is a member of one entry.
func (r *reader) file(name string) error {
	if r.to.file != nil {
		f, err := r.to.file(strings.TrimPrefix(name, filesPrefix))
		if err != nil {
			return err
		}
		return errors.Join(r.piece(name, f), f.Close())
	}
	return r.piece(name, nil)
}

// compare holds what was read against the manifest.
func (r *reader) compare() error {
	if !r.complete {
		return errTruncated
	}
	same := slices.EqualFunc(r.found, r.contents.Members, func(a, b Member) bool {
		return a.Name == b.Name && a.Bytes == b.Bytes && bytes.Equal(a.SHA256, b.SHA256)
	})
	if !same {
		return errDamaged
	}
	return nil
}
