package backup

import (
	"errors"
	"io/fs"
	"os"
	"path"
)

// copied are the folders of DATA_DIR that hold files of records. Keys, the
// development database and the checkpoints of the trail never travel.
var copied = []string{"files", "blobs"}

// addFiles writes the files of DATA_DIR. One that goes away meanwhile was erased
// and is left out.
func addFiles(w *writer, dir string) error {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	for _, folder := range copied {
		err := fs.WalkDir(root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			return addFile(w, root, name)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func addFile(w *writer, root *os.Root, name string) error {
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return w.file(name, info.Size(), f)
}

// noFiles refuses a DATA_DIR that holds files already.
func noFiles(dir string) error {
	for _, folder := range copied {
		entries, err := os.ReadDir(path.Join(dir, folder))
		if len(entries) > 0 {
			return fault("data_dir_full", "DATA_DIR ya tiene archivos de expedientes. Un respaldo sólo se restaura en una instalación vacía.")
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// placer makes the files of a copy under DATA_DIR; names cannot leave it.
func placer(root *os.Root) func(name string) (*os.File, error) {
	return func(name string) (*os.File, error) {
		if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
			return nil, err
		}
		return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, archiveMode)
	}
}
