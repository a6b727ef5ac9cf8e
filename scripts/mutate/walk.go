package main

import (
	"go/ast"
	"go/token"
	"strings"
)

// walk finds every place of the file where something can be decided otherwise.
func (w *writer) walk() {
	for _, d := range w.file.tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			w.within = nameOf(d)
			// What a refusal says is no decision.
			if d.Body != nil && !strings.HasPrefix(w.within, "err") {
				ast.Inspect(d.Body, w.visit)
			}
		case *ast.GenDecl:
			w.declared(d)
		}
	}
}

// nameOf is the name of a function, with the type that it belongs to.
func nameOf(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if id, ok := of.(*ast.Ident); ok {
		return id.Name + "." + d.Name.Name
	}
	return d.Name.Name
}

// declared looks into variables and into constants that are SQL.
func (w *writer) declared(d *ast.GenDecl) {
	switch {
	case d.Tok == token.VAR:
		w.within = "var"
		ast.Inspect(d, w.visit)
	case d.Tok == token.CONST && w.isSQL(d):
		w.within = "const"
		at := w.offset(d.Pos())
		w.edits.around(at, at+len("const"), "var /*", "*/")
		ast.Inspect(d, w.visit)
	}
}

func (w *writer) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		w.binary(n)
	case *ast.UnaryExpr:
		w.unary(n)
	case *ast.IfStmt:
		w.condition(n.Cond)
	case *ast.CaseClause:
		w.cases(n)
	case *ast.BlockStmt:
		w.statements(n.List)
	case *ast.CommClause:
		w.statements(n.Body)
	case *ast.ReturnStmt:
		w.returned(n)
	case *ast.BasicLit:
		w.literal(n)
	case *ast.CompositeLit:
		w.list(n)
	case *ast.GenDecl:
		return n.Tok != token.CONST || w.within == "const"
	}
	return true
}

var comparisons = map[token.Token]bool{
	token.EQL: true, token.NEQ: true, token.LSS: false, token.LEQ: false, token.GTR: false, token.GEQ: false,
}

var sums = map[token.Token]string{token.ADD: "-", token.SUB: "+", token.MUL: "+", token.QUO: "*"}

func (w *writer) binary(n *ast.BinaryExpr) {
	same, compares := comparisons[n.Op]
	other, counts := sums[n.Op]
	switch {
	case compares:
		if !same {
			w.boundary(n)
		}
		w.negate(n)
	case n.Op == token.LAND:
		w.operands(n, " || mutant.Is(", "always")
	case n.Op == token.LOR:
		w.operands(n, " && !mutant.Is(", "never")
	case counts && w.isNumber(n):
		w.pick(n, string(w.raw(n.X))+" "+other+" "+string(w.raw(n.Y)))
	}
}

// boundary has a comparison decide otherwise where both sides are equal.
func (w *writer) boundary(n *ast.BinaryExpr) {
	id := w.add(n, "at the boundary of "+w.source(n))
	w.around(n, "((", ") != (mutant.Is("+number(id)+") && "+string(w.raw(n.X))+" == "+string(w.raw(n.Y))+"))")
}

func (w *writer) negate(e ast.Expr) {
	w.around(e, "((", ") != mutant.Is("+number(w.add(e, "not "+w.source(e)))+"))")
}

// operands lets one side of a condition count for nothing. A fault of the database
// that is passed on is no decision of ours.
func (w *writer) operands(n *ast.BinaryExpr, change, word string) {
	for _, side := range []ast.Expr{n.X, n.Y} {
		if !w.isFault(side) {
			id := w.add(side, word+" "+w.source(side)+" in "+w.source(n))
			w.around(side, "(", change+number(id)+"))")
		}
	}
}

func (w *writer) unary(n *ast.UnaryExpr) {
	switch {
	case n.Op == token.NOT:
		w.negate(n)
	case n.Op == token.SUB && w.isNumber(n):
		w.pick(n, string(w.raw(n.X)))
	}
}

// condition negates what is neither a comparison nor a negation.
func (w *writer) condition(e ast.Expr) {
	switch bare := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return
	case *ast.UnaryExpr:
		if bare.Op == token.NOT {
			return
		}
	}
	if w.isPlainBool(e) {
		w.negate(e)
	}
}

func (w *writer) cases(n *ast.CaseClause) {
	for _, e := range n.List {
		w.condition(e)
	}
	w.statements(n.Body)
}

// statements leaves lines out.
func (w *writer) statements(list []ast.Stmt) {
	for _, s := range list {
		if w.isAct(s) {
			w.around(s, "if !mutant.Is("+number(w.add(s, "without "+w.source(s)))+") { ", " }")
		}
	}
}

// returned turns answers around and lets pass what is refused.
func (w *writer) returned(n *ast.ReturnStmt) {
	for _, e := range n.Results {
		switch {
		case w.isRefusal(e):
			w.around(e, "mutant.Err("+number(w.add(e, "passes "+w.source(e)))+", ", ")")
		default:
			w.condition(e)
		}
	}
}

func (w *writer) pick(n ast.Expr, changed string) {
	id := w.add(n, w.source(n)+" becomes "+strings.Join(strings.Fields(changed), " "))
	w.around(n, "mutant.Pick("+number(id)+", ", ", "+changed+")")
}
