package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// source is one parsed file of a package whose types are known.
type source struct {
	name string // relative to the root
	path string
	text []byte
	tree *ast.File
}

// code is the packages that are changed.
type code struct {
	set   *token.FileSet
	info  *types.Info
	files []source
}

// listed is what «go list» says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// load reads the packages in some folders, with the types of every expression.
func load(root string, folders []string) (*code, error) {
	exports, packages, err := list(folders)
	if err != nil {
		return nil, err
	}
	c := &code{set: token.NewFileSet(), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
	}}
	from := importer.ForCompiler(c.set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, p := range packages {
		if err := c.add(root, p, from); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *code) add(root string, p listed, from types.Importer) error {
	var trees []*ast.File
	for _, name := range p.GoFiles {
		path := filepath.Join(p.Dir, name)
		text, err := os.ReadFile(path) //nolint:gosec // a file of the module
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(c.set, path, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		trees = append(trees, tree)
		c.files = append(c.files, source{name: filepath.ToSlash(relative), path: path, text: text, tree: tree})
	}
	_, err := (&types.Config{Importer: from}).Check(p.ImportPath, c.set, trees, c.info)
	return err
}

// list asks the go command for the packages and for what they import, compiled.
func list(folders []string) (exports map[string]string, packages []listed, err error) {
	wanted := map[string]bool{}
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles"}
	for _, f := range folders {
		args = append(args, "./"+f)
		wanted["historias/"+f] = true
	}
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return nil, nil, fmt.Errorf("go list: %w", err)
	}
	exports = map[string]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return exports, packages, nil
		} else if err != nil {
			return nil, nil, err
		}
		exports[p.ImportPath] = p.Export
		if wanted[p.ImportPath] {
			packages = append(packages, p)
		}
	}
}
