package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

func number(id int) string { return strconv.Itoa(id) }

// isNumber tells that an expression counts or measures. A constant that takes its
// type from where it stands is left alone.
func (w *writer) isNumber(e ast.Expr) bool {
	t := w.is(e)
	if t == nil {
		return false
	}
	if _, plain := t.(*types.Basic); plain && w.code.info.Types[e].Value != nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0 && b.Info()&types.IsUntyped == 0
}

// isFault tells err == nil and err != nil.
func (w *writer) isFault(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.EQL && b.Op != token.NEQ {
		return false
	}
	nothing, ok := b.Y.(*ast.Ident)
	return ok && nothing.Name == "nil" && w.isError(b.X)
}

func (w *writer) isError(e ast.Expr) bool {
	t := w.is(e)
	return t != nil && types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// isRefusal tells an answer of our own: errs.NotFound("desk"), errLocked(), errUsed.
// What was handed on from below is none, and errs.Internal wraps such.
func (w *writer) isRefusal(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		v, ok := w.code.info.Uses[e].(*types.Var)
		return ok && w.isError(e) && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
	case *ast.CallExpr:
		if !w.isError(e) {
			return false
		}
		switch f := e.Fun.(type) {
		case *ast.Ident:
			return strings.HasPrefix(f.Name, "err")
		case *ast.SelectorExpr:
			from, ok := f.X.(*ast.Ident)
			return ok && from.Name == "errs" && f.Sel.Name != "Internal"
		}
	}
	return false
}

// locks are left alone: without them nothing is decided otherwise until two meet,
// which the detector of races looks for.
var locks = []string{"Lock", "Unlock", "RLock", "RUnlock"}

// isAct tells a line that does something: a call, or a value that is changed.
func (w *writer) isAct(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return s.Tok != token.DEFINE
	case *ast.IncDecStmt, *ast.GoStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			return f.Name != "panic"
		case *ast.SelectorExpr:
			return !slices.Contains(locks, f.Sel.Name)
		}
		return true
	}
	return false
}
