package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// folder keeps copies in a directory.
type folder struct{ dir string }

const (
	partial = ".partial"
	// staleAfter is when what a killed run left is cleared.
	staleAfter = 24 * time.Hour
)

func (f folder) kind() string { return "directory" }

// put writes beside the final name and renames when all is on the disk, so that
// a run that is killed leaves no copy that looks whole.
func (f folder) put(_ context.Context, name string, fill func(io.Writer) error) (int64, error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return 0, written(err)
	}
	aside := filepath.Join(f.dir, "."+name+partial)
	file, err := os.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, archiveMode) //nolint:gosec // the operator names the folder
	if err != nil {
		return 0, written(err)
	}
	n, err := fillFile(file, fill)
	if err == nil {
		err = written(f.publish(aside, name))
	}
	if err != nil {
		return 0, errors.Join(err, os.Remove(aside))
	}
	return n, nil
}

func fillFile(file *os.File, fill func(io.Writer) error) (int64, error) {
	counted := &counter{to: file}
	err := fill(counted)
	if err == nil {
		err = written(file.Sync())
	}
	return counted.n, errors.Join(err, file.Close())
}

func (f folder) publish(aside, name string) error {
	final := filepath.Join(f.dir, name)
	if _, err := os.Lstat(final); err == nil {
		return fault("exists", "Ya hay un respaldo con ese nombre. Espere un segundo y vuelva a intentar.")
	}
	if err := os.Rename(aside, final); err != nil {
		return err
	}
	dir, err := os.Open(f.dir)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// clear removes what killed runs left behind.
func (f folder) clear(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(f.dir, ".historias-*"+partial)) // the pattern is right
	for _, path := range left {
		if info, err := os.Lstat(path); err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.Remove(path)
		}
	}
}

func (f folder) list(context.Context) ([]Archive, error) {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, faultOf(err, "no_folder", "No se puede leer BACKUP_DIR. Revise la ruta y sus permisos.")
	}
	var out []Archive
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			out = append(out, Archive{Name: entry.Name(), Bytes: info.Size()})
		}
	}
	return newestFirst(out), nil
}

func (f folder) open(_ context.Context, name string) (io.ReadCloser, error) {
	file, err := os.Open(filepath.Join(f.dir, filepath.Base(name)))
	if err != nil {
		return nil, absent(err)
	}
	return file, nil
}

func (f folder) remove(_ context.Context, name string) error {
	err := os.Remove(filepath.Join(f.dir, filepath.Base(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return faultOf(err, "not_found", "No hay un respaldo con ese nombre. «historias backup list» muestra los que hay.")
	}
	return faultOf(err, "not_readable", "No se puede leer el respaldo. Revise sus permisos.")
}

// counter counts what passes, and explains a full or read-only disk.
type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(raw []byte) (int, error) {
	n, err := c.to.Write(raw)
	c.n += int64(n)
	return n, written(err)
}
