package actor_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
)

// Every role and permission of the table can be shown to a person, and no row
// stands twice.
func TestTheTableCanBeRead(t *testing.T) {
	t.Parallel()
	type cell struct {
		role actor.Role
		p    actor.Permission
	}
	seen := map[cell]bool{}
	for _, r := range actor.Rules() {
		require.True(t, r.Role.Known(), r.Role)
		require.NotEmpty(t, r.Role.Label())
		require.NotEmpty(t, r.Permission.Label(), r.Permission)
		require.Equal(t, string(r.Permission), string(r.Object)+":"+r.Action)
		require.NotEmpty(t, r.Fields, "%s of %s sees nothing", r.Permission, r.Role)
		require.False(t, seen[cell{r.Role, r.Permission}], "%s of %s stands twice", r.Permission, r.Role)
		seen[cell{r.Role, r.Permission}] = true
		require.True(t, actor.Grants(r.Role, false).Has(r.Permission))
	}
	for _, role := range actor.Roles() {
		for p := range actor.Grants(role, false) {
			require.True(t, seen[cell{role, p}], "%s of %s comes from no rule", p, role)
		}
	}
	require.Empty(t, actor.Grants("janitor", true), "who has no role may do nothing")
	require.False(t, actor.Ruled("money:print"))
	require.True(t, actor.Ruled(actor.StaffWrite))
}

// A cédula makes a doctor of an owner and of nobody else.
func TestOnlyAnOwnerWithALicenseIsADoctorToo(t *testing.T) {
	t.Parallel()
	for _, role := range actor.Roles() {
		plain, licensed := actor.Grants(role, false), actor.Grants(role, true)
		if role != actor.RoleOwner {
			require.Equal(t, plain, licensed, role)
			continue
		}
		require.False(t, plain.Has(actor.ConsultationSign))
		for p := range actor.Grants(actor.RoleDoctor, false) {
			require.True(t, licensed.Has(p), p)
		}
		for p := range plain {
			require.True(t, licensed.Has(p), p)
		}
		require.Equal(t, union(plain, actor.Grants(actor.RoleDoctor, false)), licensed)
	}
}

func union(sets ...actor.Permissions) actor.Permissions {
	all := actor.Permissions{}
	for _, set := range sets {
		for p := range set {
			all[p] = true
		}
	}
	return all
}

// What somebody sees of an object follows from her role, and is nothing where
// she may not read it.
func TestFieldsFollowTheRole(t *testing.T) {
	t.Parallel()
	sees := func(role actor.Role, licensed bool, p actor.Permission) actor.Fields {
		return (&actor.Actor{Role: role, Permissions: actor.Grants(role, licensed)}).Sees(p)
	}
	for _, narrow := range []actor.Role{actor.RoleReceptionist, actor.RolePrivacyOfficer, actor.RoleOwner} {
		f := sees(narrow, false, actor.PatientRead)
		require.True(t, f.Has("given_names") && f.Has("phone") && f.Has("consent"), narrow)
		for _, hidden := range []string{"blood_type", "gender", "occupation", "marital_status"} {
			require.False(t, f.Has(hidden), "%s sees %s", narrow, hidden)
		}
	}
	require.True(t, sees(actor.RoleOwner, true, actor.PatientRead).Has("blood_type"))
	require.True(t, sees(actor.RoleDoctor, false, actor.PatientRead).Has("blood_type"))
	require.False(t, sees(actor.RoleAuditor, false, actor.PatientRead).Has("given_names"))
	require.False(t, sees(actor.RoleDoctor, false, actor.StaffRead).Has("email"))
	require.True(t, sees(actor.RoleOwner, true, actor.StaffRead).Has("email"))
	require.False(t, (&actor.Actor{Role: actor.RoleDoctor}).Sees(actor.PatientRead).Has("given_names"), "a role without its permissions sees nothing")
}
