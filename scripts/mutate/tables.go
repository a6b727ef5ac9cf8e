package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strconv"
)

// sqlChanges are conditions of SQL texts and what they become.
var sqlChanges = []struct {
	was *regexp.Regexp
	is  string
}{
	{regexp.MustCompile(`\bis null\b`), "is not null"},
	{regexp.MustCompile(`\bis not null\b`), "is null"},
	{regexp.MustCompile(` > \$`), " <= $"},
	{regexp.MustCompile(` >= \$`), " < $"},
	{regexp.MustCompile(` < \$`), " >= $"},
	{regexp.MustCompile(` <= \$`), " > $"},
	{regexp.MustCompile(` <> \$`), " = $"},
	{regexp.MustCompile(`(status|purpose) = '`), "$1 <> '"},
	{regexp.MustCompile(`\bnot exists \(`), "exists ("},
	{regexp.MustCompile(`\band not `), "and "},
}

var sqlText = regexp.MustCompile(`(?s)^["` + "`]" + `.*\b(select|insert|update|delete|from|where|and)\b.*\s`)

// literal changes the conditions of an SQL text, each for itself.
func (w *writer) literal(n *ast.BasicLit) {
	if n.Kind != token.STRING || !sqlText.MatchString(n.Value) {
		return
	}
	for _, c := range sqlChanges {
		for _, at := range c.was.FindAllStringIndex(n.Value, -1) {
			found := n.Value[at[0]:at[1]]
			changed := n.Value[:at[0]] + c.was.ReplaceAllString(found, c.is) + n.Value[at[1]:]
			end := min(at[1]+20, len(n.Value)-1)
			id := w.add(n, "SQL "+strconv.Quote(n.Value[max(at[0]-20, 1):end])+": "+c.was.ReplaceAllString(found, c.is))
			w.around(n, "mutant.Pick("+number(id)+", ", ", "+changed+")")
		}
	}
}

// isSQL tells constants that are nothing but texts, one of them SQL.
func (w *writer) isSQL(d *ast.GenDecl) bool {
	found := false
	for _, s := range d.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok || v.Type != nil {
			return false
		}
		for _, e := range v.Values {
			if b, ok := w.is(e).(*types.Basic); !ok || b.Info()&types.IsString == 0 {
				return false
			}
			ast.Inspect(e, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				found = found || ok && sqlText.MatchString(lit.Value)
				return true
			})
		}
	}
	return found
}

// list changes the tables of permissions: who has one loses it, who has it not gets
// it, a field that is seen is hidden, and who sees some fields sees all.
func (w *writer) list(n *ast.CompositeLit) {
	switch t := w.is(n).(type) {
	case *types.Slice:
		if named(t.Elem()) == "Role" {
			w.roles(n)
		}
	case *types.Named:
		if t.Obj().Name() == "Fields" {
			for _, e := range n.Elts {
				w.around(e, "mutant.Pick("+number(w.add(e, "hides "+w.source(e)))+", ", `, "")`)
			}
		}
	case *types.Map:
		for _, e := range n.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok && named(t.Elem()) == "Fields" {
				id := w.add(pair.Value, w.source(pair.Key)+" sees every field")
				w.around(pair.Value, "mutant.Pick("+number(id)+", ", ", Every)")
			}
		}
	}
}

func named(t types.Type) string {
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// roles takes each role out of a list and puts each other one in.
func (w *writer) roles(n *ast.CompositeLit) {
	within := map[string]bool{}
	for _, e := range n.Elts {
		value := w.code.info.Types[e].Value
		if value == nil {
			return
		}
		within[value.ExactString()] = true
		w.around(e, "mutant.Pick("+number(w.add(e, value.ExactString()+" is not in "+w.row(n)))+", ", `, "")`)
	}
	for _, role := range []string{`"owner"`, `"doctor"`, `"nurse"`, `"receptionist"`, `"privacy_officer"`, `"auditor"`} {
		if !within[role] {
			w.around(n, "mutant.Join("+number(w.add(n, role+" is in "+w.row(n)))+", ", ", "+role+")")
		}
	}
}

// row is the line that a list stands in, which says of what it is.
func (w *writer) row(n *ast.CompositeLit) string {
	file := w.code.set.File(n.Pos())
	line := file.Line(n.Pos())
	begin, end := w.offset(file.LineStart(line)), len(w.file.text)
	if line < file.LineCount() {
		end = w.offset(file.LineStart(line+1)) - 1
	}
	return string(regexp.MustCompile(`\s+`).ReplaceAll(w.file.text[begin:end], []byte(" ")))
}
