package api_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// desk is a person at work with patients.
type desk struct {
	*apitest.API
	apitest.Person
	t testing.TB
}

func newDesk(t testing.TB) desk {
	t.Helper()
	a := apitest.New(t)
	return desk{API: a, Person: a.ReadyDoctor(t), t: t}
}

func (d desk) send(method, path string, body any, headers ...string) apitest.Reply {
	d.t.Helper()
	call := apitest.Call{Method: method, Path: path, Token: d.Token, Body: body, Headers: map[string]string{}}
	for i := 0; i < len(headers); i += 2 {
		call.Headers[headers[i]] = headers[i+1]
	}
	return d.Do(d.t, call)
}

// wrong sends what the document does not allow.
func (d desk) wrong(method, path string, body any, headers ...string) apitest.Reply {
	d.t.Helper()
	call := apitest.Call{Method: method, Path: path, Token: d.Token, Body: body, Headers: map[string]string{}, Undocumented: true}
	for i := 0; i < len(headers); i += 2 {
		call.Headers[headers[i]] = headers[i+1]
	}
	return d.Do(d.t, call)
}

// fernanda is a valid patient, as the SPA sends her.
func fernanda() map[string]any {
	return map[string]any{
		"given_names": "María Fernanda", "first_surname": "Orozco", "second_surname": "Villaseñor",
		"birth_date": "1980-08-14", "sex": "M", "curp": "oovf800814mplrlr00", "phone": "55 5555 0142",
		"email": "fernanda.orozco@correo.example", "address": testkit.Address(), "blood_type": "O+",
		"emergency_contact": map[string]any{"full_name": "Julián Estévez", "relationship": "Esposo", "phone": "5555550122"},
	}
}

func (d desk) register(body map[string]any) map[string]any {
	d.t.Helper()
	return d.send(http.MethodPost, "/api/patients", body).Want(http.StatusCreated).JSON()
}

func pathOf(p map[string]any) string { return "/api/patients/" + p["id"].(string) }

func changed(body map[string]any, pairs ...any) map[string]any {
	out := maps.Clone(body)
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i].(string)] = pairs[i+1]
	}
	return out
}

func dropped(body map[string]any, keys ...string) map[string]any {
	out := maps.Clone(body)
	for _, k := range keys {
		delete(out, k)
	}
	return out
}

func TestAPatientIsRegisteredAndReadBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	res := d.send(http.MethodPost, "/api/patients", fernanda()).Want(http.StatusCreated)
	made := res.JSON()
	require.Equal(t, pathOf(made), res.Header.Get("Location"))
	require.Equal(t, `"1"`, res.Header.Get("ETag"))
	require.Equal(t, "H-000001", made["record_number"])
	require.InDelta(t, 46, made["age"], 0)
	require.Equal(t, "46 años 3 meses", made["age_text"])
	require.Equal(t, "OOVF800814MPLRLR00", made["curp"])
	require.Equal(t, "+525555550142", made["phone"])
	require.Equal(t, "21", made["state_of_birth"])
	require.Equal(t, map[string]any{"status": "none"}, made["consent"])
	require.Equal(t, []any{}, made["warnings"])
	require.True(t, strings.HasSuffix(made["created_at"].(string), "Z"), "times are in UTC")

	got := d.send(http.MethodGet, pathOf(made), nil).Want(http.StatusOK)
	require.Equal(t, `"1"`, got.Header.Get("ETag"))
	require.Equal(t, "no-store", got.Header.Get("Cache-Control"))
	require.Equal(t, dropped(made, "warnings"), got.JSON())
	for _, absent := range []string{"representative", "archive", "gender", "occupation", "second_address"} {
		require.NotContains(t, got.JSON(), absent, "what is not known is an absent key")
	}
}

func TestAFormThatIsWrongSaysWhereAndLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	address := func(pairs ...any) map[string]any {
		return changed(map[string]any{
			"street": "Calle Ficticia", "exterior_number": "48", "neighborhood": "Centro", "municipality": "Puebla",
			"state": "21", "postal_code": "72000", "country": "MEX",
		}, pairs...)
	}
	for name, c := range map[string]struct {
		body any
		want map[string]string
	}{
		"no such day":        {changed(fernanda(), "birth_date", "2026-02-30"), map[string]string{"birth_date": "date"}},
		"born in the future": {changed(fernanda(), "birth_date", "2027-01-01"), map[string]string{"birth_date": "future"}},
		"131 years":          {changed(fernanda(), "birth_date", "1895-11-22"), map[string]string{"birth_date": "too_old"}},
		"wrong check digit":  {changed(fernanda(), "curp", "OOVF800814MPLRLR07"), map[string]string{"curp": "check_digit"}},
		"phone of nine":      {changed(fernanda(), "phone", "555555014"), map[string]string{"phone": "length"}},
		"mail with a space":  {changed(fernanda(), "email", "fer nanda@correo.example"), map[string]string{"email": "format"}},
		"postal code of 4":   {changed(fernanda(), "address", address("postal_code", "7203")), map[string]string{"address.postal_code": "format"}},
		"a girl alone":       {changed(dropped(fernanda(), "curp"), "birth_date", "2022-02-03"), map[string]string{"representative": "required"}},
		"everything at once": {map[string]any{"sex": "X", "phone": "1", "address": address("state", "00")}, map[string]string{
			"given_names": "required", "first_surname": "required", "birth_date": "required", "sex": "enum",
			"phone": "length", "address.state": "format",
		}},
		"an unknown key":  {changed(fernanda(), "blod_type", "O+"), map[string]string{"blod_type": "unknown"}},
		"a wrong type":    {changed(fernanda(), "given_names", 7), map[string]string{"given_names": "type"}},
		"a key of ours":   {changed(fernanda(), "record_number", "H-000777"), map[string]string{"record_number": "unknown"}},
		"NUL":             {changed(fernanda(), "given_names", "Fer\x00nanda"), map[string]string{"given_names": "format"}},
		"a text too long": {changed(fernanda(), "occupation", strings.Repeat("x", 600)), map[string]string{"occupation": "too_long"}},
	} {
		res := d.wrong(http.MethodPost, "/api/patients", c.body).Want(http.StatusBadRequest)
		require.Equal(t, "request.invalid", res.Code(), name)
		require.Equal(t, c.want, res.Fields(), name)
	}
	require.Equal(t, http.StatusBadRequest, d.wrong(http.MethodPost, "/api/patients", "{\"given_names\": \"\xff\"}").Status)
	require.Equal(t, http.StatusRequestEntityTooLarge, d.wrong(http.MethodPost, "/api/patients", strings.Repeat(" ", 2<<20)).Status)
	list := d.send(http.MethodGet, "/api/patients", nil).Want(http.StatusOK).JSON()
	require.Empty(t, list["items"])

	for _, name := range []string{"Ana", "D’Angelo", "Oʼfarrill", "Jean-Luc", "Ñoño", "Güemes", strings.Repeat("ñ", 60)} {
		made := d.register(changed(dropped(fernanda(), "curp"), "given_names", name))
		require.Equal(t, name, made["given_names"])
	}
}

func TestTheSameRequestTwiceRegistersOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.send(http.MethodPost, "/api/patients", fernanda(), "Idempotency-Key", "abc").Want(http.StatusCreated)
	again := d.send(http.MethodPost, "/api/patients", fernanda(), "Idempotency-Key", "abc").Want(http.StatusCreated)
	require.JSONEq(t, string(first.Body), string(again.Body))
	require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
	other := d.send(http.MethodPost, "/api/patients", changed(fernanda(), "sex", "H"), "Idempotency-Key", "abc")
	require.Equal(t, http.StatusUnprocessableEntity, other.Status)
	list := d.send(http.MethodGet, "/api/patients", nil).Want(http.StatusOK).JSON()
	require.Len(t, list["items"], 1)
}

func TestDuplicatesAreShownWithoutSaving(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.register(fernanda())
	found := d.send(http.MethodPost, "/api/patients/duplicates", map[string]any{"phone": "5215555550142", "curp": "OOVF"}).
		Want(http.StatusOK).JSON()["items"].([]any)
	require.Len(t, found, 1)
	item := found[0].(map[string]any)
	require.Equal(t, made["id"], item["id"])
	require.Equal(t, "Orozco", item["first_surname"])
	require.Equal(t, []any{"same_phone"}, item["reasons"])
	again := d.register(fernanda())
	warning := again["warnings"].([]any)[0].(map[string]any)
	require.Equal(t, made["id"], warning["patient_id"])
	require.Equal(t, "H-000001", warning["record_number"])
	require.Equal(t, "possible_duplicate", warning["code"])
}

func TestAnEditNeedsTheVersionItSaw(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.register(fernanda())
	require.Equal(t, http.StatusPreconditionRequired, d.wrong(http.MethodPut, pathOf(made), made).Status)

	// What was read goes back as it is, with one thing changed.
	saved := d.send(http.MethodPut, pathOf(made), changed(made, "occupation", "Ceramista"), "If-Match", `"1"`).Want(http.StatusOK)
	require.Equal(t, `"2"`, saved.Header.Get("ETag"))
	require.Equal(t, "Ceramista", saved.JSON()["occupation"])

	stale := d.send(http.MethodPut, pathOf(made), made, "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
	require.Equal(t, "patient.stale", stale.Code())
	require.Equal(t, http.StatusPreconditionFailed, d.wrong(http.MethodPut, pathOf(made), "no es JSON", "If-Match", `"1"`).Status,
		"the version is judged before the body")

	// An optional key that is left out is cleared.
	cleared := d.send(http.MethodPut, pathOf(made), dropped(fernanda(), "phone", "emergency_contact"), "If-Match", `"2"`).Want(http.StatusOK).JSON()
	for _, key := range []string{"phone", "emergency_contact", "occupation"} {
		require.NotContains(t, cleared, key)
	}
	require.InDelta(t, 3, cleared["version"], 0)

	read := d.send(http.MethodPut, pathOf(made), changed(fernanda(), "id", uuid.NewString(), "record_number", "H-000009",
		"consent", map[string]any{"status": "accepted"}, "age", 46), "If-Match", `"3"`).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "patient.read_only", read.Code())
	require.Equal(t, map[string]string{"id": "read_only", "record_number": "read_only", "consent": "read_only"}, read.Fields())
}

func TestARecordIsPutAwayAndTakenOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.register(fernanda())
	require.Equal(t, map[string]string{"reason": "required"},
		d.send(http.MethodPost, pathOf(made)+"/archive", map[string]any{"reason": " "}).Want(http.StatusBadRequest).Fields())
	away := d.send(http.MethodPost, pathOf(made)+"/archive", map[string]any{"reason": "Cambió de médico."}).Want(http.StatusOK)
	require.Equal(t, `"2"`, away.Header.Get("ETag"))
	archive := away.JSON()["archive"].(map[string]any)
	require.Equal(t, "Cambió de médico.", archive["reason"])
	require.Equal(t, d.UserID, archive["by"])
	require.Equal(t, "archived", away.JSON()["status"])

	again := d.send(http.MethodPost, pathOf(made)+"/archive", map[string]any{"reason": "Otra vez."}).Want(http.StatusConflict)
	require.Equal(t, "patient.archived", again.Code())
	put := d.send(http.MethodPut, pathOf(made), fernanda(), "If-Match", `"2"`).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "patient.archived", put.Code())
	require.Empty(t, d.send(http.MethodGet, "/api/patients?q=orozco", nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, d.send(http.MethodGet, "/api/patients?q=orozco&status=all", nil).Want(http.StatusOK).JSON()["items"], 1)

	back := d.send(http.MethodPost, pathOf(made)+"/unarchive", nil).Want(http.StatusOK).JSON()
	require.Equal(t, "active", back["status"])
	require.NotContains(t, back, "archive")
	require.Equal(t, "patient.not_archived", d.send(http.MethodPost, pathOf(made)+"/unarchive", nil).Want(http.StatusConflict).Code())
}

func TestAListIsSearchedAndPaged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, surname := range []string{"Zúñiga", "Zuno", "Orozco"} {
		d.register(changed(dropped(fernanda(), "curp"), "first_surname", surname))
	}
	first := d.send(http.MethodGet, "/api/patients?q=zu%20fern&limit=1", nil).Want(http.StatusOK).JSON()
	require.Len(t, first["items"], 1)
	cursor := first["next_cursor"].(string)
	require.NotEmpty(t, cursor)
	second := d.send(http.MethodGet, "/api/patients?q=zu%20fern&limit=1&cursor="+cursor, nil).Want(http.StatusOK).JSON()
	require.Len(t, second["items"], 1)
	require.Nil(t, second["next_cursor"])
	require.Contains(t, second, "next_cursor")
	require.NotEqual(t, first["items"], second["items"])

	item := first["items"].([]any)[0].(map[string]any)
	for _, key := range []string{
		"id", "record_number", "given_names", "first_surname", "second_surname", "birth_date", "age", "age_text",
		"sex", "phone", "status", "consent", "last_seen_at",
	} {
		require.Contains(t, item, key)
	}
	for query, fields := range map[string]map[string]string{
		"cursor=ajeno":   {"cursor": "format"},
		"limit=muchos":   {"limit": "range"},
		"status=asleep":  {"status": "enum"},
		"consent=perhap": {"consent": "enum"},
	} {
		require.Equal(t, fields, d.wrong(http.MethodGet, "/api/patients?"+query, nil).Want(http.StatusBadRequest).Fields(), query)
	}
	require.Len(t, d.send(http.MethodGet, "/api/patients?consent=missing", nil).Want(http.StatusOK).JSON()["items"], 3)
	require.Empty(t, d.send(http.MethodGet, "/api/patients?consent=accepted", nil).Want(http.StatusOK).JSON()["items"])
}

func TestTheFirstPageOfAChart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.register(changed(dropped(fernanda(), "curp"), "birth_date", "2022-02-03", "representative",
		map[string]any{"full_name": "Paula Cárdenas Mijares", "relationship": "Madre", "phone": "5555550177"}))
	page := d.send(http.MethodGet, pathOf(made)+"/summary", nil).Want(http.StatusOK).JSON()
	banner := page["banner"].(map[string]any)
	require.Equal(t, made["id"], banner["id"])
	require.Equal(t, "H-000001", banner["record_number"])
	require.Equal(t, "4 años 9 meses", banner["age_text"])
	require.Equal(t, true, banner["minor"])
	require.Equal(t, "O+", banner["blood_type"])
	require.Equal(t, map[string]any{"full_name": "Paula Cárdenas Mijares", "relationship": "Madre", "phone": "+525555550177"},
		banner["representative"])
	require.Equal(t, map[string]any{"status": "none"}, banner["consent"])
	require.Empty(t, page["messages"])
	for _, later := range []string{"next_appointment", "immunizations", "study_results"} {
		require.NotContains(t, page, later, "what nobody can write down yet is an absent key")
	}
}

// everyCall is each route of patients for one patient, with a body that fits.
func everyCall(id string) map[string]apitest.Call {
	path := "/api/patients/" + id
	return map[string]apitest.Call{
		"list":       {Method: http.MethodGet, Path: "/api/patients?q=or"},
		"create":     {Method: http.MethodPost, Path: "/api/patients", Body: fernanda()},
		"duplicates": {Method: http.MethodPost, Path: "/api/patients/duplicates", Body: fernanda()},
		"get":        {Method: http.MethodGet, Path: path},
		"put":        {Method: http.MethodPut, Path: path, Body: fernanda(), Headers: map[string]string{"If-Match": `"1"`}},
		"archive":    {Method: http.MethodPost, Path: path + "/archive", Body: map[string]any{"reason": "Cambió de médico."}},
		"unarchive":  {Method: http.MethodPost, Path: path + "/unarchive"},
		"summary":    {Method: http.MethodGet, Path: path + "/summary"},
	}
}

func TestWhoMayDoWhatWithPatients(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.register(fernanda())
	id := made["id"].(string)
	reading, writing := []string{"list", "get"}, []string{"create", "duplicates", "put", "archive", "unarchive"}
	for role, allowed := range map[actor.Role][]string{
		actor.RoleDoctor:         append(append([]string{"summary"}, reading...), writing...),
		actor.RoleNurse:          append(append([]string{"summary"}, reading...), writing...),
		actor.RoleReceptionist:   append(append([]string{}, reading...), writing...),
		actor.RolePrivacyOfficer: reading,
		actor.RoleAuditor:        {},
	} {
		colleague := d.Colleague(t, d.Person, role)
		for name, call := range everyCall(id) {
			call.Token = colleague.Token
			res := d.Do(t, call)
			if slices.Contains(allowed, name) {
				require.NotEqual(t, http.StatusForbidden, res.Status, "%s may %s: %s", role, name, res.Body)
				continue
			}
			require.Equal(t, http.StatusForbidden, res.Status, "%s must not %s", role, name)
			require.NotEmpty(t, res.JSON()["permission"])
		}
	}
	for name, call := range everyCall(id) {
		require.Equal(t, http.StatusUnauthorized, d.Do(t, call).Status, "a guest must not %s", name)
	}
}

func TestAnotherClinicsIdsAreNotFound(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.register(fernanda())
	stranger := d.ReadyDoctor(t)
	for _, id := range []string{made["id"].(string), uuid.NewString()} {
		for name, call := range everyCall(id) {
			call.Token = stranger.Token
			switch name {
			case "create":
			case "list", "duplicates":
				require.Empty(t, d.Do(t, call).Want(http.StatusOK).JSON()["items"], name)
			default:
				res := d.Do(t, call)
				require.Equal(t, http.StatusNotFound, res.Status, "%s: %s", name, res.Body)
				require.Equal(t, "patient.not_found", res.Code(), name)
			}
		}
	}
	require.Equal(t, http.StatusNotFound, d.wrong(http.MethodGet, "/api/patients/no-es-un-id", nil).Status)
}
