package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
)

// Each role sees of a patient and of her colleagues the fields of its row, in
// every answer that shows them, and cannot write over what it does not see.
func TestEachRoleSeesItsFields(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	full := changed(fernanda(), "gender", "Femenino", "occupation", "Ceramista", "marital_status", "Casada")
	patient := d.register(full)
	hidden := []string{"blood_type", "gender", "occupation", "marital_status"}
	for _, who := range roles {
		caller := d
		if !(who.role == actor.RoleOwner && who.licensed) {
			caller = d.as(d.Colleague(t, d.Person, who.role))
		}
		as := &actor.Actor{Role: who.role, Permissions: actor.Grants(who.role, who.licensed)}
		for _, path := range []string{pathOf(patient), "/api/patients", "/api/staff"} {
			object := actor.PatientRead
			if path == "/api/staff" {
				object = actor.StaffRead
			}
			r := caller.send(http.MethodGet, path, nil)
			if !as.Permissions.Has(object) {
				r.Want(http.StatusForbidden)
				continue
			}
			shown := []map[string]any{r.Want(http.StatusOK).JSON()}
			if items, ok := shown[0]["items"]; ok {
				shown = list(items)
			}
			for _, item := range shown {
				for key := range item {
					require.True(t, as.Sees(object).Has(key), "%s (cédula: %t) sees %s of %s", who.role, who.licensed, key, path)
				}
			}
		}
	}
	for _, name := range hidden {
		require.Contains(t, d.send(http.MethodGet, pathOf(patient), nil).JSON(), name, "who may see it does")
	}

	front := d.as(d.Colleague(t, d.Person, actor.RoleReceptionist))
	seen := front.send(http.MethodGet, pathOf(patient), nil).Want(http.StatusOK).JSON()
	saved := front.send(http.MethodPut, pathOf(patient), changed(seen, "phone", "5555550199"), "If-Match", `"1"`).Want(http.StatusOK).JSON()
	now := d.send(http.MethodGet, pathOf(patient), nil).Want(http.StatusOK).JSON()
	require.Equal(t, "+525555550199", now["phone"])
	for _, name := range hidden {
		require.NotContains(t, saved, name)
		require.Equal(t, full[name], now[name], "the desk neither sees nor clears %s", name)
	}
	refused := front.send(http.MethodPut, pathOf(patient), changed(saved, "blood_type", "A-"), "If-Match", `"2"`).Want(http.StatusUnprocessableEntity)
	require.Equal(t, map[string]string{"blood_type": "not_allowed"}, refused.Fields())
}
