package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// codeArgument is which argument of a constructor of errs is the code, and what
// the constructor adds to it.
var codeArgument = map[string]struct {
	at     int
	suffix string
}{
	"New": {1, ""}, "Rule": {0, ""}, "Conflict": {0, ""}, "TooMany": {0, ""}, "Unavailable": {0, ""},
	"Unauthorized": {0, ""}, "NotFound": {0, ".not_found"}, "Stale": {0, ".stale"}, "malformed": {0, ""},
	"Missing": {1, ".not_found"}, "pathID": {2, ".not_found"}, "patientAnd": {2, ".not_found"},
}

// errorCodes finds every code that the program can answer, in its source.
func errorCodes(roots ...string) ([]string, error) {
	found := map[string]bool{"request.invalid": true, "auth.forbidden": true}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err == nil {
				ast.Inspect(file, func(n ast.Node) bool { collect(n, found); return true })
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]string, 0, len(found))
	for code := range found {
		out = append(out, code)
	}
	sort.Strings(out)
	return out, nil
}

func collect(n ast.Node, found map[string]bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if pkg, isPkg := f.X.(*ast.Ident); isPkg && (pkg.Name == "errs" || pkg.Name == "db") {
			name = f.Sel.Name
		}
	case *ast.Ident:
		name = f.Name
	}
	rule, ok := codeArgument[name]
	if !ok || len(call.Args) <= rule.at {
		return
	}
	lit, ok := call.Args[rule.at].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	text, err := strconv.Unquote(lit.Value)
	code := text + rule.suffix
	if err == nil && strings.Count(code, ".") == 1 && !strings.ContainsAny(code, " :/") {
		found[code] = true
	}
}
