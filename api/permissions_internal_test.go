package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
)

// A route whose permission no rule mentions stops the start.
func TestARouteWithoutARuleStopsTheStart(t *testing.T) {
	t.Parallel()
	good := route{http.MethodGet, "/api/patients", actor.PatientRead, nil, routeOptions{}}
	require.NoError(t, unruled([]route{good, {http.MethodGet, "/health", public, nil, routeOptions{}}}))
	err := unruled([]route{good, {http.MethodPost, "/api/money", "money:print", nil, routeOptions{}}})
	require.ErrorContains(t, err, `POST /api/money asks for "money:print"`)
}

// What a role does not see is an absent key, never an empty one, and a rule names
// only fields that exist.
func TestHiddenFieldsAreAbsent(t *testing.T) {
	t.Parallel()
	for permission, dtos := range map[actor.Permission][]any{
		actor.PatientRead: {patientDTO{}, patientItemDTO{}, duplicateDTO{}},
		actor.StaffRead:   {memberDTO{}},
	} {
		exist := map[string]bool{}
		for _, dto := range dtos {
			for _, f := range fieldsOfDTO(reflect.TypeOf(dto)) {
				exist[f.name] = true
			}
		}
		for _, r := range actor.Rules() {
			if r.Permission != permission || r.Fields.Has("*") {
				continue
			}
			for _, name := range r.Fields {
				require.True(t, exist[name], "%s of %s names %s, which is in no answer", permission, r.Role, name)
			}
			for _, dto := range dtos {
				raw, err := json.Marshal(dto)
				require.NoError(t, err)
				var keys map[string]any
				require.NoError(t, json.Unmarshal(raw, &keys))
				for key := range keys {
					require.True(t, r.Fields.Has(key), "%T always shows %s, which %s does not see", dto, key, r.Role)
				}
			}
		}
	}
}
