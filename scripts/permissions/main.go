// Command permissions makes docs/permisos.md of the table in internal/actor, so
// that what people read is what the program asks.
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"historias/internal/actor"
)

const target = "docs/permisos.md"

func main() {
	if err := os.WriteFile(target, []byte(page()), 0o644); err != nil { //nolint:gosec // a document for everybody
		fmt.Fprintln(os.Stderr, "permissions:", err)
		os.Exit(1)
	}
}

func page() string {
	var b strings.Builder
	b.WriteString(`# Quién puede qué

Esta página se genera de la tabla que el programa consulta en cada solicitud (` + "`internal/actor/rules.go`" + `); no se edita a mano.
Quien es titular y tiene cédula profesional suma lo del personal médico. «Sí» es todo; «En parte» remite a los datos de abajo.

`)
	matrix(&b)
	b.WriteString("\n## Datos que se ven en parte\n")
	for _, r := range limited() {
		fmt.Fprintf(&b, "\n**%s**, %s: %s.\n", r.Permission.Label(), strings.Join(r.roles, ", "), "`"+strings.Join(r.Fields, "`, `")+"`")
	}
	return b.String()
}

// matrix writes the permissions by rows and the roles by columns.
func matrix(b *strings.Builder) {
	b.WriteString("| Permiso | Qué permite |")
	for _, role := range actor.Roles() {
		b.WriteString(" " + role.Label() + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(actor.Roles())) + "\n")
	for _, p := range permissions() {
		fmt.Fprintf(b, "| `%s` | %s |", p, p.Label())
		for _, role := range actor.Roles() {
			b.WriteString(" " + cell(role, p) + " |")
		}
		b.WriteString("\n")
	}
}

// permissions lists them in the order of the table.
func permissions() []actor.Permission {
	var all []actor.Permission
	for _, r := range actor.Rules() {
		if !slices.Contains(all, r.Permission) {
			all = append(all, r.Permission)
		}
	}
	return all
}

func cell(role actor.Role, p actor.Permission) string {
	for _, r := range actor.Rules() {
		if r.Role == role && r.Permission == p {
			if slices.Equal(r.Fields, actor.Every) {
				return "Sí"
			}
			return "En parte"
		}
	}
	return "–"
}

// group is a set of fields with the roles that see it.
type group struct {
	actor.Rule
	roles []string
}

// limited gathers the rules that show only some fields.
func limited() []group {
	var all []group
	for _, r := range actor.Rules() {
		if slices.Equal(r.Fields, actor.Every) {
			continue
		}
		at := slices.IndexFunc(all, func(g group) bool { return g.Permission == r.Permission && slices.Equal(g.Fields, r.Fields) })
		if at < 0 {
			all, at = append(all, group{Rule: r}), len(all)
		}
		all[at].roles = append(all[at].roles, strings.ToLower(r.Role.Label()))
	}
	return all
}
