package actor_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
)

// shown is docs/permisos.md, which people read and approve.
type shown struct {
	roles  []string                      // the names of the columns
	cells  map[actor.Permission][]string // what each role may, column by column
	fields map[string]actor.Fields       // by the permission's and the role's name
}

func readShown(t *testing.T) shown {
	t.Helper()
	text, err := os.ReadFile("../../docs/permisos.md")
	require.NoError(t, err)
	s := shown{cells: map[actor.Permission][]string{}, fields: map[string]actor.Fields{}}
	for line := range strings.Lines(string(text)) {
		part := strings.Split(strings.TrimSpace(line), "|")
		switch {
		case len(part) > 3 && strings.HasPrefix(line, "| Permiso"):
			s.roles = trimmed(part[3 : len(part)-1])
		case len(part) > 3 && strings.HasPrefix(line, "| `"):
			s.cells[actor.Permission(strings.Trim(part[1], " `"))] = trimmed(part[3 : len(part)-1])
		case strings.HasPrefix(line, "**"):
			s.readFields(line)
		}
	}
	return s
}

func trimmed(all []string) []string {
	out := make([]string, 0, len(all))
	for _, text := range all {
		out = append(out, strings.TrimSpace(text))
	}
	return out
}

// readFields reads «**permission**, role, role: `field`, `field`.»
func (s shown) readFields(line string) {
	head, list, _ := strings.Cut(line, ": ")
	names := strings.Split(strings.ReplaceAll(head, "**, ", ", "), ", ")
	var fields actor.Fields
	for name := range strings.SplitSeq(list, ", ") {
		fields = append(fields, strings.Trim(name, "`.\n"))
	}
	for _, role := range names[1:] {
		s.fields[strings.TrimPrefix(names[0], "**")+" "+role] = fields
	}
}

// What people read of who may do what is what the program asks, cell by cell and
// field by field: nobody is given or loses anything without that page saying so.
func TestThePageOfPermissionsIsTheTable(t *testing.T) {
	t.Parallel()
	page := readShown(t)
	require.Len(t, page.roles, len(actor.Roles()))
	rows := 0
	for column, role := range actor.Roles() {
		require.Equal(t, page.roles[column], role.Label())
		for p, cells := range page.cells {
			require.True(t, actor.Ruled(p), p)
			require.Equal(t, cells[column] != "–", actor.Grants(role, false).Has(p), "%s of %s", p, role)
			at := slices.IndexFunc(actor.Rules(), func(r actor.Rule) bool { return r.Role == role && r.Permission == p })
			require.Equal(t, cells[column] != "–", at >= 0, "%s of %s", p, role)
			if at < 0 {
				continue
			}
			rows++
			want := actor.Every
			if cells[column] == "En parte" {
				want = page.fields[p.Label()+" "+strings.ToLower(role.Label())]
			}
			require.NotEmpty(t, want, "%s of %s", p, role)
			require.Equal(t, want, actor.Rules()[at].Fields, "%s of %s", p, role)
			seen := (&actor.Actor{Role: role, Permissions: actor.Grants(role, false)}).Sees(p)
			require.Equal(t, want, seen, "%s of %s", p, role)
		}
	}
	require.Len(t, actor.Rules(), rows, "the table has rows that the page does not show")
}

// An owner with a cédula sees what either of her rows shows, and nothing of a row
// that is not hers.
func TestAnOwnerWithALicenseSeesByBothRows(t *testing.T) {
	t.Parallel()
	owner := &actor.Actor{Role: actor.RoleOwner, Permissions: actor.Grants(actor.RoleOwner, true)}
	for p := range owner.Permissions {
		var want actor.Fields
		for _, r := range actor.Rules() {
			if r.Permission == p && (r.Role == actor.RoleOwner || r.Role == actor.RoleDoctor) {
				want = append(want, r.Fields...)
			}
		}
		require.Equal(t, want, owner.Sees(p), p)
	}
}

// What a person may do is listed in one order, so that two answers can be compared.
func TestPermissionsAreListedInOrder(t *testing.T) {
	t.Parallel()
	for _, role := range actor.Roles() {
		list := actor.Grants(role, true).List()
		require.True(t, slices.IsSorted(list), role)
		require.Len(t, list, len(actor.Grants(role, true)), role)
	}
}

// Some things hold whatever the page says: who only watches or only receives
// people reads no clinical text, and who owns a clinic without a cédula neither.
func TestWhoNeverReadsClinicalText(t *testing.T) {
	t.Parallel()
	clinical := []actor.Object{"chart", "consultation", "prescription", "vitals", "condition"}
	for _, role := range []actor.Role{actor.RoleOwner, actor.RoleReceptionist, actor.RolePrivacyOfficer, actor.RoleAuditor} {
		for p := range actor.Grants(role, false) {
			object, _ := p.Parts()
			require.NotContains(t, clinical, object, "%s of %s", p, role)
		}
	}
	for _, role := range actor.Roles() {
		set := actor.Grants(role, false)
		require.Equal(t, role == actor.RoleDoctor, set.Has(actor.ConsultationSign), role)
		require.Equal(t, role == actor.RoleDoctor, set.Has(actor.PrescriptionWrite), role)
		require.Equal(t, role == actor.RoleOwner, set.Has(actor.StaffWrite), role)
		require.Equal(t, role == actor.RoleOwner, set.Has(actor.SecurityWrite), role)
	}
}
