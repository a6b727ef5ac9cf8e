package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/testkit"
)

// noteVisit is a note as it is written in these tests.
type noteVisit struct {
	desk
	id string
}

func (d desk) openVisit(patient map[string]any, kind string) noteVisit {
	d.t.Helper()
	n := d.send(http.MethodPost, pathOf(patient)+"/consultations", map[string]any{"type": kind}).Want(http.StatusCreated).JSON()
	return noteVisit{desk: d, id: n["id"].(string)}
}

func (v noteVisit) path(more string) string { return "/api/consultations/" + v.id + more }

func (v noteVisit) read() map[string]any {
	v.t.Helper()
	return v.send(http.MethodGet, v.path(""), nil).Want(http.StatusOK).JSON()
}

func (v noteVisit) put(version string, body map[string]any) apitest.Reply {
	v.t.Helper()
	return v.send(http.MethodPut, v.path(""), body, "If-Match", `"`+version+`"`)
}

func (v noteVisit) sign() apitest.Reply {
	v.t.Helper()
	return v.send(http.MethodPost, v.path("/sign"), map[string]any{"password": testkit.Password})
}

// evolution is a complete progress note.
func evolution() map[string]any {
	return map[string]any{
		"sections":    map[string]any{"evolution": "Acude a control. Refiere mejor apego a la dieta.", "physical_exam": "Sin alteraciones."},
		"omissions":   map[string]any{"study_results": "no_aplica"},
		"vital_signs": map[string]any{"systolic": 138, "diastolic": 86, "heart_rate": 78, "temperature": 36.5},
		"diagnoses": []any{
			map[string]any{"code": "I10", "kind": "principal"},
			map[string]any{"code": "E11.9", "label": "Diabetes tipo 2 en control", "kind": "secundario"},
		},
		"prognosis": "Bueno para la vida y la función.", "plan": "Losartán 50 mg por vía oral cada 24 horas.",
	}
}

// A visit from its opening to the paper: what is still missing is said by numeral,
// signing needs the password, and afterwards nothing changes.
func TestAVisitFromOpeningToPaper(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	list := d.send(http.MethodGet, pathOf(p)+"/consultations", nil).Want(http.StatusOK).JSON()
	require.Equal(t, "historia_clinica", list["suggested_type"])
	v := d.openVisit(p, "evolucion")
	empty := v.sign().Want(http.StatusUnprocessableEntity)
	require.Equal(t, "consultation.incomplete", empty.Code())
	require.Equal(t, map[string]string{
		"evolution": "missing", "study_results": "missing", "diagnoses": "missing", "prognosis": "missing", "plan": "missing",
	}, empty.Fields())

	saved := v.put("1", evolution()).Want(http.StatusOK).JSON()
	require.Equal(t, "Hipertensión esencial (primaria)", list0(saved["diagnoses"])["label"])
	require.Equal(t, 2.0, saved["version"])
	require.Equal(t, true, saved["completeness"].(map[string]any)["complete"])
	again := v.put("2", evolution()).Want(http.StatusOK).JSON()
	require.Equal(t, 2.0, again["version"], "what did not change is no new version")
	require.Equal(t, 1, v.events("consultation.saved"))

	wrong := v.send(http.MethodPost, v.path("/sign"), map[string]any{"password": "otra cosa"}).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "auth.wrong_password", wrong.Code())
	require.Equal(t, map[string]string{"password": "wrong"}, wrong.Fields())
	code := v.send(http.MethodPost, v.path("/sign"), map[string]any{"totp_code": "123456"}).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "auth.totp_not_enrolled", code.Code())
	v.send(http.MethodGet, v.path("/pdf"), nil).Want(http.StatusConflict)

	signed := v.sign().Want(http.StatusOK).JSON()
	require.Equal(t, "signed", signed["status"])
	require.Len(t, signed["hash"], 64)
	require.Equal(t, "N-2026-00001", signed["folio"])
	require.NotEmpty(t, signed["verification_code"])
	head := signed["head"].(map[string]any)
	require.Equal(t, "María Fernanda Orozco Villaseñor", head["patient"].(map[string]any)["full_name"])
	require.Equal(t, "00123456", head["professional"].(map[string]any)["license_number"])
	require.Equal(t, signed, v.read())
	require.Equal(t, "consultation.already_signed", v.sign().Want(http.StatusConflict).Code())
	require.Equal(t, "consultation.already_signed", v.put("3", evolution()).Want(http.StatusConflict).Code())
	for _, format := range []string{"letter", "half_letter"} {
		pdf := v.send(http.MethodGet, v.path("/pdf?format="+format), nil).Want(http.StatusOK)
		require.True(t, strings.HasPrefix(string(pdf.Body), "%PDF-"))
		require.Equal(t, `inline; filename="nota-`+v.id+`.pdf"`, pdf.Header.Get("Content-Disposition"))
	}
	list = d.send(http.MethodGet, pathOf(p)+"/consultations", nil).Want(http.StatusOK).JSON()
	item := list0(list["items"])
	require.Equal(t, "signed", item["status"])
	require.Contains(t, item["excerpt"], "Acude a control.")
}

func list0(v any) map[string]any { return list(v)[0] }

// events counts what the trail holds of this note.
func (v noteVisit) events(action string) int {
	v.t.Helper()
	return apitest.Scalar[int](v.t, v.API, `select count(*)::int from audit_events where subject_id = $1 and action = $2 and outcome = 'success'`,
		uuid.MustParse(v.id), action)
}

// The ids of another clinic in a note lead nowhere: its office is not found, and
// what only the server sets cannot be another one's.
func TestAnotherClinicsIdsInANote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	other := desk{API: d.API, Person: d.ReadyDoctor(t), t: t}
	office := other.first("/api/offices")
	r := d.send(http.MethodPost, pathOf(p)+"/consultations", map[string]any{"type": "evolucion", "office_id": office}).Want(http.StatusNotFound)
	require.Equal(t, "office.not_found", r.Code())
	v := d.openVisit(p, "evolucion")
	for key, value := range map[string]any{
		"id": office, "patient_id": other.register(fernanda())["id"], "office_id": office,
		"author": map[string]any{"id": other.UserID, "name": "Sofía Núñez Alcaraz"},
	} {
		body := evolution()
		body[key] = value
		r := v.put("1", body).Want(http.StatusUnprocessableEntity)
		require.Equal(t, "request.read_only", r.Code(), key)
		require.Contains(t, r.Fields(), key)
	}
	// What was read may be sent back as it is.
	body := v.read()
	body["plan"] = "Reposo relativo."
	require.Equal(t, "Reposo relativo.", v.put("1", body).Want(http.StatusOK).JSON()["plan"])
}
