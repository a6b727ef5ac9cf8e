package pgembed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// linkLibraries makes the symbolic links that the npm package lists in pg-symlinks.json, because an
// npm archive cannot hold links and its install script does not run under --ignore-scripts. A folder
// without that list needs none.
func linkLibraries(native string) error {
	list, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json")) //nolint:gosec // beside the binaries that are about to run
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(list, &links); err != nil {
		return fmt.Errorf("la lista de bibliotecas de PostgreSQL está dañada: %w", err)
	}
	root, err := os.OpenRoot(filepath.Dir(native))
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	for _, link := range links {
		if err := linkLibrary(root, link.Source, link.Target); err != nil {
			return fmt.Errorf("no se pudo completar el paquete de PostgreSQL: %w", err)
		}
	}
	return nil
}

func linkLibrary(root *os.Root, source, target string) error {
	if _, err := root.Stat(target); err == nil {
		return nil
	}
	relative, err := filepath.Rel(path.Dir(target), source)
	if err != nil {
		return err
	}
	if err := root.Symlink(relative, target); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
