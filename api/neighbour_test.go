package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// canary is what must never be seen outside its clinic.
var canary = []string{
	"Xiadani", "Tepoztécatl", "Yohualtzin", "OOVF800814MPLRLR00", "5550773190", "xiadani@canario.example", "Ocelote Pardo",
	"Quetzalcanario", "Huitzilcanario", "Mictlancanario", "Xolocanario", "I27.0",
}

// canaryPatient is a patient of the other clinic.
func canaryPatient() map[string]any {
	return changed(fernanda(), "given_names", "Xiadani", "first_surname", "Tepoztécatl", "second_surname", "Yohualtzin",
		"phone", "55 5077 3190", "email", "xiadani@canario.example", "phone", "5550773190")
}

// neighbour is another clinic on the same server, with one of everything; ids
// gives them by the first part of their address.
type neighbour struct {
	desk
	ids map[string]string
	// both is the session of somebody who belongs to both clinics: she is told the
	// names of hers, and nothing more.
	both string
}

func newNeighbour(t testing.TB, o office) neighbour {
	t.Helper()
	n := neighbour{desk: desk{API: o.API, Person: o.ReadyDoctor(t), t: t}, ids: map[string]string{}}
	n.send(http.MethodPut, "/api/clinic", map[string]any{
		"legal_name": "Clínica Ocelote Pardo, S.C.", "address": testkit.Address(),
		"privacy_contact": map[string]any{"name": "Quetzalcanario Ruiz", "phone": "5555550101"},
	}, "If-Match", `"2"`).Want(http.StatusOK)
	made := n.made
	n.ids["offices"] = made("/api/offices", map[string]any{
		"name": "Consultorio Huitzilcanario", "address": testkit.Address(), "time_zone": "America/Tijuana",
	})
	n.ids["patients"] = made("/api/patients", canaryPatient())
	n.notes(made)
	n.conditions(made)
	n.ids["privacy-notices"] = made("/api/privacy-notices", map[string]any{"kind": "integral"})
	n.send(http.MethodPost, "/api/patients/"+n.ids["patients"]+"/consent-requests",
		map[string]any{"channel": "whatsapp", "purposes": []string{"care"}}).Want(http.StatusAccepted)
	o.work()
	_, err := o.meta.Fail(t.Context(), o.lastSent(), 131026)
	require.NoError(t, err)
	o.work()
	n.ids["messages"] = n.first("/api/messages?needs_call=true")
	n.staff(made)
	n.ids["auth/sessions"] = n.first("/api/auth/sessions")
	// Browsers and passkeys are a person's and no clinic's; factors_test.go and
	// passkeys_test.go try those of somebody else.
	n.ids["auth/devices"], n.ids["auth/passkeys"] = uuid.NewString(), uuid.NewString()
	n.ids["audit-events"] = n.first("/api/audit-events?patient_id=" + n.ids["patients"])
	return n
}

// made makes something and gives its id.
func (n neighbour) made(path string, body any) string {
	n.t.Helper()
	return n.send(http.MethodPost, path, body).Want(http.StatusCreated).JSON()["id"].(string)
}

// notes gives the other clinic a signed note, a draft and a draft of a receta.
func (n neighbour) notes(made func(path string, body any) string) {
	n.t.Helper()
	signed := noteVisit{desk: n.desk, id: made("/api/patients/"+n.ids["patients"]+"/consultations", map[string]any{"type": "evolucion", "office_id": n.ids["offices"]})}
	note := evolution()
	note["plan"] = "Mictlancanario 50 mg por vía oral cada 24 horas."
	signed.put("1", note).Want(http.StatusOK)
	signed.sign().Want(http.StatusOK)
	n.ids["consultations"] = signed.id
	n.draft()
	n.ids["prescriptions"] = made("/api/consultations/"+signed.id+"/prescriptions", rx(metformin()))
	draft := n.send(http.MethodGet, "/api/prescriptions/"+n.ids["prescriptions"], nil).Want(http.StatusOK).JSON()
	n.ids["{item_id}"] = list(draft["items"])[0]["id"].(string)
}

// staff gives the other clinic an invitation, and a colleague who lost her second
// factor.
func (n neighbour) staff(made func(path string, body any) string) {
	n.t.Helper()
	n.ids["staff"] = made("/api/staff", map[string]any{
		"email": "xiadani@canario.example", "full_name": "Xiadani Tepoztécatl", "role": "nurse",
	})
	colleague := n.Colleague(n.t, n.Person, actor.RoleDoctor)
	n.Database.Exec(n.t, `update users set has_factor = true where id = $1`, colleague.UserID)
	for _, m := range list(n.send(http.MethodGet, "/api/staff", nil).Want(http.StatusOK).JSON()["items"]) {
		if m["user_id"] == colleague.UserID {
			n.ids["members"] = m["id"].(string)
		}
	}
	n.ids["factor-resets"] = made("/api/factor-resets", map[string]any{"membership_id": n.ids["members"]})
}

// draftOnly are the acts on a note that only a draft allows.
var draftOnly = map[string]bool{
	"PUT /api/consultations/{id}": true, "POST /api/consultations/{id}/sign": true, "POST /api/consultations/{id}/discard": true,
}

// draft opens one more note, which could be signed.
func (n neighbour) draft() {
	n.t.Helper()
	made := n.send(http.MethodPost, "/api/patients/"+n.ids["patients"]+"/consultations",
		map[string]any{"type": "evolucion", "office_id": n.ids["offices"]}).Want(http.StatusCreated).JSON()
	n.ids["drafts"] = made["id"].(string)
	noteVisit{desk: n.desk, id: n.ids["drafts"]}.put("1", evolution()).Want(http.StatusOK)
}

// conditions gives the patient of the other clinic an allergy, a problem and a
// reading.
func (n neighbour) conditions(made func(path string, body any) string) {
	n.t.Helper()
	patient := "/api/patients/" + n.ids["patients"]
	n.ids["{allergy_id}"] = made(patient+"/allergies", map[string]any{"substance": "Xolocanario"})
	n.ids["{problem_id}"] = made(patient+"/problems", map[string]any{"code": "I27.0"})
	n.ids["{reading_id}"] = made(patient+"/vital-signs", map[string]any{"weight_kg": 61.3})
}

// at gives the path with the other clinic's ids in their places.
func (n neighbour) at(o operation, id string) string {
	for name, known := range n.ids {
		if strings.HasPrefix(name, "{") {
			o.path = strings.ReplaceAll(o.path, name, known)
		}
	}
	return o.at(id)
}

func (d desk) first(path string) string {
	d.t.Helper()
	return list(d.send(http.MethodGet, path, nil).Want(http.StatusOK).JSON()["items"])[0]["id"].(string)
}

// of gives the id that stands in the path of an operation, empty for one
// without ids.
func (n neighbour) of(o operation) string {
	n.t.Helper()
	if !strings.Contains(o.path, "{") {
		return ""
	}
	if draftOnly[o.name()] {
		return n.ids["drafts"]
	}
	if !strings.Contains(o.path, "{id}") {
		return uuid.NewString() // what it names belongs to no clinic
	}
	parts := strings.Split(o.path, "/")
	subject := parts[2]
	if subject == "auth" {
		subject += "/" + parts[3]
	}
	id := n.ids[subject]
	require.NotEmpty(n.t, id, "this test does not know whose id stands in %s", o.name())
	return id
}

// silent asks as somebody who may, and fails where an answer names what belongs
// to the other clinic.
func (n neighbour) silent(token string, o operation, path string, body any) apitest.Reply {
	n.t.Helper()
	r := n.Do(n.t, apitest.Call{Method: o.method, Path: path, Token: token, Body: body, Headers: o.headers()})
	said := strings.ToLower(string(r.Body) + fmt.Sprint(r.Header))
	for _, word := range canary {
		if word == "Ocelote Pardo" && token == n.both && o.name() == "GET /api/auth/me" {
			continue
		}
		require.NotContains(n.t, said, strings.ToLower(word), "%s told of another clinic", o.name())
	}
	return r
}

// An id of another clinic, wherever it may stand, is an id of nothing: for the
// owner of this clinic, and for somebody who belongs to both but works here now.
// Nothing of the other clinic is told or changed.
func TestAnotherClinicsIdsLeadNowhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	here := o.Colleague(t, o.Person, actor.RoleDoctor)
	o.Database.Exec(t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, 'owner', now())`,
		n.ClinicID, uuid.New(), here.UserID)
	n.both = here.Token
	before := n.Fingerprint(t, n.ClinicID)
	for who, token := range map[string]string{"the owner": o.Token, "a doctor of both": here.Token} {
		for _, op := range guarded(t, o.API) {
			if !actor.Grants(actor.RoleOwner, true).Has(op.permission) || strings.HasSuffix(op.path, "/logout") {
				continue
			}
			if who == "a doctor of both" && !actor.Grants(actor.RoleDoctor, true).Has(op.permission) {
				continue
			}
			n.wrongPath(token, op)
			n.wrongQuery(token, op)
			n.wrongBody(token, op, who == "the owner")
		}
	}
	require.Equal(t, before, n.Fingerprint(t, n.ClinicID), "something of the other clinic changed")
	n.idsAreAlive()
}

// wrongPath puts the other clinic's id into the path; a list is asked as it is.
func (n neighbour) wrongPath(token string, o operation) {
	n.t.Helper()
	id := n.of(o)
	if id == "" {
		if o.method == http.MethodGet {
			n.silent(token, o, o.path, nil)
		}
		return
	}
	for _, id := range []string{id, strings.ToUpper(id)} {
		r := n.silent(token, o, n.at(o, id), o.body())
		require.Equal(n.t, http.StatusNotFound, r.Status, "%s: %s", o.name(), r.Body)
		require.True(n.t, strings.HasSuffix(r.Code(), ".not_found"), r.Code())
	}
}

// wrongQuery puts it into each condition of a list that takes an id: 404 where
// the document says so, an empty list otherwise.
func (n neighbour) wrongQuery(token string, o operation) {
	n.t.Helper()
	for _, p := range o.doc.Parameters {
		// Who goes on with the drafts is tried in TestDraftsGoToNobodyElsewhere.
		if p.Value.In != "query" || p.Value.Schema.Value.Format != "uuid" || p.Value.Name == "handover_to" {
			continue
		}
		theirs := map[string]string{"patient_id": n.ids["patients"], "actor_id": n.UserID}[p.Value.Name]
		require.NotEmpty(n.t, theirs, "this test does not know whose id is %s of %s", p.Value.Name, o.name())
		// Who asked is in the trail, so a second look finds the first one.
		r := n.silent(token, o, o.path+"?action=patient.created&"+p.Value.Name+"="+theirs, nil)
		if o.doc.Responses.Status(http.StatusNotFound) != nil {
			require.Equal(n.t, http.StatusNotFound, r.Status, o.name())
			continue
		}
		require.Empty(n.t, r.Want(http.StatusOK).JSON()["items"], "%s by %s", o.name(), p.Value.Name)
	}
}

// keysInBodies are the fields of bodies that take an id, all of them keys that
// only the server sets, or that a test of their own fills with another clinic's.
var keysInBodies = []string{
	"PUT /api/patients/{id} id", "PUT /api/patients/{id} archive.by",
	"POST /api/patients/{id}/consultations office_id", "PUT /api/consultations/{id} id", "PUT /api/consultations/{id} patient_id",
	"PUT /api/consultations/{id} office_id", "PUT /api/consultations/{id} author.id",
	"POST /api/consultations/{id}/prescriptions copy_of", "POST /api/consultations/{id}/prescriptions items.id",
	"POST /api/consultations/{id}/prescriptions items.medication_id", "POST /api/consultations/{id}/prescriptions items.replaces_course_id",
	"PUT /api/prescriptions/{id} id", "PUT /api/prescriptions/{id} consultation_id", "PUT /api/prescriptions/{id} patient_id",
	"PUT /api/prescriptions/{id} reissues", "PUT /api/prescriptions/{id} items.id",
	"PUT /api/prescriptions/{id} items.medication_id", "PUT /api/prescriptions/{id} items.replaces_course_id",
}

// keysOfTests are fields whose ids a test of their own fills with another
// clinic's (handover_to), or that name something which belongs to no clinic.
var keysOfTests = []string{"handover_to", "challenge_id", "passkey.challenge_id"}

// wrongBody puts the other clinic's id into each field of a body that takes one.
// Where the path has an id too, a test of its own does it:
// TestKeysOfTheServerMayComeBackUnchanged, TestAnotherClinicsIdsInANote.
func (n neighbour) wrongBody(token string, o operation, send bool) {
	n.t.Helper()
	if o.doc.RequestBody == nil {
		return
	}
	theirs := map[string]string{
		"membership_id": n.ids["members"], "clinic_id": n.ClinicID, "user_id": n.UserID,
	}
	for _, field := range idsIn(o.doc.RequestBody.Value.Content.Get("application/json").Schema.Value) {
		id, known := theirs[field]
		switch {
		case slices.Contains(keysOfTests, field) || slices.Contains(keysInBodies, o.name()+" "+field):
		case !known || strings.Contains(o.path, "{"):
			require.Fail(n.t, "no test puts another clinic's id there", "%s %s", o.name(), field)
		case send:
			var body map[string]any
			require.NoError(n.t, json.Unmarshal([]byte(o.body().(string)), &body))
			body[field] = id
			r := n.silent(token, o, o.path, body)
			require.Equal(n.t, http.StatusNotFound, r.Status, "%s by %s: %s", o.name(), field, r.Body)
		}
	}
}

// idsIn names the fields of a schema that take an id.
func idsIn(s *openapi3.Schema) []string {
	var out []string
	if s.Items != nil {
		out = append(out, idsIn(s.Items.Value)...)
	}
	for name, p := range s.Properties {
		if p.Value.Format == "uuid" {
			out = append(out, name)
		}
		for _, inner := range idsIn(p.Value) {
			out = append(out, name+"."+inner)
		}
	}
	return out
}

// idsAreAlive proves that what led nowhere from outside leads somewhere inside.
func (n neighbour) idsAreAlive() {
	n.t.Helper()
	for _, o := range guarded(n.t, n.API) {
		if id := n.of(o); id != "" && o.method == http.MethodGet {
			if strings.Contains(o.path, "{id}") {
				r := n.Do(n.t, apitest.Call{Method: o.method, Path: n.at(o, id), Token: n.Token})
				require.Contains(n.t, []int{http.StatusOK, http.StatusConflict}, r.Status, "%s: %s", o.name(), r.Body)
			}
		}
	}
}
