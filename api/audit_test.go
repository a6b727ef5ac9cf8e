package api_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
)

func auditPage(t *testing.T, a *apitest.API, p apitest.Person, query string) []map[string]any {
	t.Helper()
	out := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/audit-events?" + query, Token: p.Token}).Want(http.StatusOK).JSON()
	items, _ := out["items"].([]any)
	list := make([]map[string]any, 0, len(items))
	for _, item := range items {
		e, _ := item.(map[string]any)
		list = append(list, e)
	}
	return list
}

func newAuditPatient(t *testing.T, a *apitest.API, p apitest.Person) string {
	t.Helper()
	out := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/patients", Token: p.Token, Body: map[string]any{
		"given_names": "Ignacio", "first_surname": "Ibarra", "sex": "H", "identity_status": "provisional",
	}}).Want(http.StatusCreated).JSON()
	id, _ := out["id"].(string)
	require.NotEmpty(t, id)
	return id
}

func TestADoctorSeesWhoReadOrChangedARecord(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.ReadyDoctor(t)
	id := newAuditPatient(t, a, p)
	a.Fake.Advance(time.Second)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/patients/" + id, Token: p.Token}).Want(http.StatusOK)
	a.Fake.Advance(time.Second)

	list := auditPage(t, a, p, "patient_id="+id)
	require.Len(t, list, 2)
	read := list[0]
	require.Equal(t, "patient.read", read["action"])
	require.Equal(t, "patient.created", list[1]["action"])
	require.Equal(t, p.UserID, read["actor_id"])
	require.Equal(t, "Sofía Núñez Alcaraz", read["actor_name"])
	require.Equal(t, "owner", read["role"])
	require.Equal(t, "success", read["outcome"])
	require.NotEmpty(t, read["request_id"])
	require.NotEmpty(t, read["action_text"])
	patient, _ := read["patient"].(map[string]any)
	require.Equal(t, "Ignacio Ibarra", patient["names"])
	require.Regexp(t, `^H-\d+$`, patient["record_number"])

	detail := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/audit-events/" + text(t, read["id"]), Token: p.Token}).Want(http.StatusOK).JSON()
	require.Equal(t, read["id"], detail["id"])
	require.Contains(t, detail, "chain")
}

func text(t *testing.T, v any) string {
	t.Helper()
	s, ok := v.(string)
	require.True(t, ok)
	return s
}

func TestTheAuditorReadsTheTrailWithoutPatientsNames(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.ReadyDoctor(t)
	id := newAuditPatient(t, a, p)
	auditor := a.Colleague(t, p, actor.RoleAuditor)
	list := auditPage(t, a, auditor, "action=patient.created&patient_id="+id)
	require.Len(t, list, 1)
	patient, _ := list[0]["patient"].(map[string]any)
	require.NotContains(t, patient, "names", "the auditor may not read patients")
	require.NotEmpty(t, patient["record_number"])
	require.NotEmpty(t, auditPage(t, a, p, "action=audit.read&actor_id="+auditor.UserID), "who read the trail is in the trail")
}

func TestWhoMayReadTheTrail(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.ReadyDoctor(t)
	event := text(t, auditPage(t, a, p, "limit=1")[0]["id"])
	other := a.Doctor(t)
	for _, path := range []string{"/api/audit-events", "/api/audit-events/" + event, "/api/audit/verification"} {
		a.Do(t, apitest.Call{Method: http.MethodGet, Path: path}).Want(http.StatusUnauthorized)
		for _, role := range []actor.Role{actor.RoleReceptionist, actor.RoleDoctor} {
			refused := a.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Token: a.Colleague(t, p, role).Token}).Want(http.StatusForbidden)
			require.Equal(t, "audit:read", refused.JSON()["permission"])
		}
	}
	missing := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/audit-events/" + event, Token: other.Token}).Want(http.StatusNotFound)
	require.Equal(t, "audit_event.not_found", missing.Code())
	for _, e := range auditPage(t, a, other, "limit=100") {
		require.NotEqual(t, event, e["id"], "another clinic's event")
	}
}

func TestTheListsConditionsAreCheckedAllAtOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	query := url.Values{
		"patient_id": {"x"}, "actor_id": {"00000000-0000-0000-0000-000000000000"}, "action": {"patient.eaten"},
		"outcome": {"maybe"}, "from": {"2026-02-30"}, "to": {"ayer"},
	}
	bad := a.Do(t, apitest.Call{
		Method: http.MethodGet, Path: "/api/audit-events?" + query.Encode(), Token: p.Token, Undocumented: true,
	}).Want(http.StatusBadRequest)
	require.Equal(t, map[string]string{
		"patient_id": "format", "actor_id": "format", "action": "enum", "outcome": "enum", "from": "format", "to": "format",
	}, bad.Fields())
	order := a.Do(t, apitest.Call{
		Method: http.MethodGet, Path: "/api/audit-events?from=2026-11-23T10:00:00Z&to=2026-11-23T09:00:00Z", Token: p.Token,
	}).Want(http.StatusBadRequest)
	require.Equal(t, map[string]string{"to": "order"}, order.Fields())
	cursor := a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/audit-events?cursor=x", Token: p.Token}).Want(http.StatusBadRequest)
	require.Equal(t, map[string]string{"cursor": "format"}, cursor.Fields())
	require.NotEmpty(t, auditPage(t, a, p, "from=2026-11-23&to=2026-11-23"), "a day is taken whole")
	require.Empty(t, auditPage(t, a, p, "to=2026-11-22"))
}

func TestTheBannerNamesTheFirstBrokenEvent(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	verify := func(query string) map[string]any {
		return a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/audit/verification" + query, Token: p.Token}).Want(http.StatusOK).JSON()
	}
	intact := verify("")
	require.Equal(t, "intact", intact["state"])
	require.NotEmpty(t, intact["verified_at"])
	require.NotContains(t, intact, "first_fault")

	event := text(t, auditPage(t, a, p, "limit=1")[0]["id"])
	a.Database.Exec(t, `set session_replication_role = replica; update audit_events set outcome = 'failure' where id = '`+event+`'`)
	require.Equal(t, "intact", verify("")["state"], "within a minute the last answer stands")
	broken := verify("?fresh=true")
	require.Equal(t, "broken", broken["state"])
	fault, _ := broken["first_fault"].(map[string]any)
	require.Equal(t, event, fault["event_id"])
	require.Contains(t, fault["text"], event)
	a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/audit/verification?fresh=si", Token: p.Token, Undocumented: true}).Want(http.StatusBadRequest)
}
