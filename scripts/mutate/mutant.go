package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// mutant is one change.
type mutant struct {
	id   int
	file string
	line int
	name string // the same as long as the code is: file, function, change, count
	fate string
	by   string // the test that noticed
}

// edited is the text of a file with all its mutants in it.
type edited struct {
	path string
	text []byte
}

// findMutants lists the mutants of the subjects and writes the files that hold them.
func findMutants(root string, chosen []subject) ([]*mutant, []edited, error) {
	var folders []string
	for _, s := range chosen {
		folders = append(folders, s.folders()...)
	}
	slices.Sort(folders)
	c, err := load(root, slices.Compact(folders))
	if err != nil {
		return nil, nil, err
	}
	var mutants []*mutant
	var files []edited
	for _, f := range c.files {
		if !slices.ContainsFunc(chosen, func(s subject) bool { return s.has(f.name) }) {
			continue
		}
		w := &writer{code: c, file: f, next: len(mutants) + 1, seen: map[string]int{}}
		w.walk()
		if len(w.mutants) > 0 {
			mutants = append(mutants, w.mutants...)
			files = append(files, edited{f.path, w.text()})
		}
	}
	return mutants, files, nil
}

// writer puts mutants into one file.
type writer struct {
	code    *code
	file    source
	next    int
	within  string // the function
	seen    map[string]int
	mutants []*mutant
	edits   edits
}

// add makes a mutant of a piece of code and gives its number.
func (w *writer) add(n ast.Node, what string) int {
	id := w.next
	w.next++
	name := fmt.Sprintf("%s %s: %s", w.file.name, w.within, what)
	w.seen[name]++
	if w.seen[name] > 1 {
		name += fmt.Sprintf(" (%d)", w.seen[name])
	}
	w.mutants = append(w.mutants, &mutant{id: id, file: w.file.name, line: w.code.set.Position(n.Pos()).Line, name: name})
	return id
}

// source gives the text of a piece of code on one line.
func (w *writer) source(n ast.Node) string {
	return strings.Join(strings.Fields(string(w.raw(n))), " ")
}

func (w *writer) raw(n ast.Node) []byte { return w.file.text[w.offset(n.Pos()):w.offset(n.End())] }

func (w *writer) offset(p token.Pos) int { return w.code.set.Position(p).Offset }

// around puts text before and after a piece of code.
func (w *writer) around(n ast.Node, before, after string) {
	w.edits.around(w.offset(n.Pos()), w.offset(n.End()), before, after)
}

// is tells the type of an expression, nil where it has none.
func (w *writer) is(e ast.Expr) types.Type {
	if t, ok := w.code.info.Types[e]; ok && !t.IsType() {
		return t.Type
	}
	return nil
}

func (w *writer) isPlainBool(e ast.Expr) bool {
	b, ok := w.is(e).(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// text is the file with its mutants.
func (w *writer) text() []byte {
	at := w.offset(w.file.tree.Name.End())
	w.edits.around(at, at, "; import \"historias/internal/mutant\"; ", "")
	return w.edits.apply(w.file.text)
}
