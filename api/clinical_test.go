package api_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
)

// openChart is a desk with the record of one patient open.
type openChart struct {
	desk
	id string
}

func newChart(t testing.TB) openChart {
	t.Helper()
	d := newDesk(t)
	return openChart{desk: d, id: d.register(fernanda())["id"].(string)}
}

func (c openChart) at(path string) string { return "/api/patients/" + c.id + path }

func object(v any) map[string]any { o, _ := v.(map[string]any); return o }

func TestVitalSignsOverHTTP(t *testing.T) {
	t.Parallel()
	c := newChart(t)
	r := c.send(http.MethodPost, c.at("/vital-signs"), map[string]any{
		"systolic": 138, "diastolic": 86, "weight_kg": 78.6, "height_cm": 160, "temperature": 41.8,
	}).Want(http.StatusCreated)
	require.Equal(t, c.at("/vital-signs"), r.Header.Get("Location"))
	made := r.JSON()
	require.Equal(t, 30.7, made["bmi"])
	require.EqualValues(t, 103, made["map"])
	require.Equal(t, map[string]any{"state": "elevated", "label": "Elevada"}, object(made["states"])["blood_pressure"])
	require.Equal(t, "temperature", list(made["warnings"])[0]["field"])
	require.Equal(t, "Sofía Núñez Alcaraz", object(made["taken_by"])["name"])
	require.NotContains(t, made, "glucose", "what was not measured is no key")

	shown := c.send(http.MethodGet, c.at("/vital-signs?series=true"), nil).Want(http.StatusOK).JSON()
	require.Len(t, shown["items"], 1)
	series := map[any]map[string]any{}
	for _, s := range list(shown["series"]) {
		series[s["key"]] = s
	}
	require.EqualValues(t, 129, series["systolic"]["high"])
	require.EqualValues(t, 138, list(series["systolic"]["points"])[0]["value"])
	require.NotContains(t, c.send(http.MethodGet, c.at("/vital-signs"), nil).Want(http.StatusOK).JSON(), "series")
	c.wrong(http.MethodGet, c.at("/vital-signs?series=quizá"), nil).Want(http.StatusBadRequest)
	c.send(http.MethodGet, c.at("/vital-signs?cursor=x"), nil).Want(http.StatusBadRequest)

	void := c.at("/vital-signs/" + made["id"].(string) + "/void")
	c.send(http.MethodPost, void, map[string]any{"reason": ""}).Want(http.StatusBadRequest)
	key := []string{"Idempotency-Key", uuid.NewString()}
	voided := c.send(http.MethodPost, void, map[string]any{"reason": "Es de otra persona."}, key...).Want(http.StatusOK)
	require.Equal(t, "Es de otra persona.", object(voided.JSON()["voided"])["reason"])
	again := c.send(http.MethodPost, void, map[string]any{"reason": "Es de otra persona."}, key...).Want(http.StatusOK)
	require.JSONEq(t, string(voided.Body), string(again.Body), "the first answer is repeated")
	require.Equal(t, "vitals.voided", c.send(http.MethodPost, void, map[string]any{"reason": "Otra vez."}).Want(http.StatusConflict).Code())
}

func TestBadVitalSignsGetAClearAnswer(t *testing.T) {
	t.Parallel()
	c := newChart(t)
	for body, want := range map[string]map[string]string{
		`{"temperature":98}`:                                    {"temperature": "unit"},
		`{"height_cm":1.65}`:                                    {"height_cm": "unit"},
		`{"weight_kg":0}`:                                       {"weight_kg": "range"},
		`{"systolic":80,"diastolic":120}`:                       {"systolic": "order"},
		`{"systolic":120}`:                                      {"diastolic": "pair"},
		`{"weight_kg":"78,6"}`:                                  {"weight_kg": "type"},
		`{"weight_kg":70,"bmi":24}`:                             {"bmi": "unknown"},
		`{"temperature":98,"height_cm":1.65}`:                   {"temperature": "unit", "height_cm": "unit"},
		`{"weight_kg":70,"measured_at":"2999-01-01T00:00:00Z"}`: {"measured_at": "future"},
		`{"weight_kg":70,"measured_at":"1970-01-01T00:00:00Z"}`: {"measured_at": "before_birth"},
	} {
		r := c.wrong(http.MethodPost, c.at("/vital-signs"), body)
		require.Equal(t, http.StatusBadRequest, r.Status, body)
		require.Equal(t, want, r.Fields(), body)
	}
	require.Equal(t, "vitals.empty", c.send(http.MethodPost, c.at("/vital-signs"), map[string]any{}).Want(http.StatusUnprocessableEntity).Code())
	require.Empty(t, c.send(http.MethodGet, c.at("/vital-signs"), nil).JSON()["items"])
	measures := list(c.send(http.MethodGet, "/api/catalogs/measures", nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, measures, 11)
}

func TestAllergiesOverHTTP(t *testing.T) {
	t.Parallel()
	c := newChart(t)
	require.Equal(t, "not_asked", c.send(http.MethodGet, c.at("/allergies"), nil).JSON()["status"])
	denied := c.send(http.MethodPost, c.at("/allergies/none-known"), nil).Want(http.StatusOK).JSON()
	require.Equal(t, "none_known", denied["status"])
	require.NotEmpty(t, object(denied["none_known"])["at"])

	body := map[string]any{"substance": "Penicilina", "substance_code": "class:penicillins", "reaction": "Anafilaxia", "severity": "severe", "onset_on": "2009"}
	r := c.send(http.MethodPost, c.at("/allergies"), body, "Idempotency-Key", uuid.NewString()).Want(http.StatusCreated)
	made := r.JSON()
	require.Equal(t, `"1"`, r.Header.Get("ETag"))
	location := r.Header.Get("Location")
	require.Equal(t, made, c.send(http.MethodGet, location, nil).Want(http.StatusOK).JSON())
	twin := c.send(http.MethodPost, c.at("/allergies"), body, "Idempotency-Key", uuid.NewString()).Want(http.StatusConflict)
	require.Equal(t, "allergy.duplicate", twin.Code())
	require.Equal(t, made["id"], twin.JSON()["existing_id"])

	c.send(http.MethodPut, location, changed(made, "reaction", "Urticaria"), "If-Match", `"1"`).Want(http.StatusOK)
	c.send(http.MethodPut, location, made, "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
	require.Equal(t, "request.read_only", c.send(http.MethodPut, location,
		changed(made, "version", 7), "If-Match", `"2"`).Want(http.StatusUnprocessableEntity).Code())
	c.wrong(http.MethodPut, location, made).Want(http.StatusPreconditionRequired)
	require.Equal(t, "allergy.listed", c.send(http.MethodPost, c.at("/allergies/none-known"), nil).Want(http.StatusUnprocessableEntity).Code())
	found := list(c.send(http.MethodGet, "/api/catalogs/allergens?q=penic", nil).Want(http.StatusOK).JSON()["items"])
	require.Equal(t, "class:penicillins", found[0]["code"])
}

func TestProblemsOverHTTP(t *testing.T) {
	t.Parallel()
	c := newChart(t)
	r := c.send(http.MethodPost, c.at("/problems"), map[string]any{"code": "N40", "onset_on": "2019-03"}).Want(http.StatusCreated)
	made := r.JSON()
	require.Equal(t, "2026.11", made["catalog_version"])
	require.Equal(t, "code", list(made["warnings"])[0]["field"], "of the other sex: asked, not refused")
	twin := c.send(http.MethodPost, c.at("/problems"), map[string]any{"code": "N40"}).Want(http.StatusConflict)
	require.Equal(t, made["id"], twin.JSON()["existing_id"])
	require.Equal(t, "problem.unknown_code", c.send(http.MethodPost, c.at("/problems"), map[string]any{"code": "N99.99"}).Want(http.StatusUnprocessableEntity).Code())

	location := r.Header.Get("Location")
	resolved := c.send(http.MethodPut, location, changed(made, "status", "resolved"), "If-Match", `"1"`).Want(http.StatusOK).JSON()
	require.NotEmpty(t, resolved["resolved_on"])
	require.EqualValues(t, 2, resolved["version"])
	c.send(http.MethodPut, location, changed(resolved, "code", "I10", "label", "Presión alta"), "If-Match", `"2"`).Want(http.StatusOK)
	items := list(c.send(http.MethodGet, c.at("/problems"), nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, items, 1)
	require.Equal(t, "Hipertensión esencial (primaria)", items[0]["catalog_label"])
}

// One answer holds the whole first page; a nurse reads it, the desk does not.
func TestWhatTheFirstPageOfAChartShows(t *testing.T) {
	t.Parallel()
	c := newChart(t)
	empty := c.send(http.MethodGet, c.at("/summary"), nil).Want(http.StatusOK).JSON()
	require.Equal(t, map[string]any{"status": "not_asked", "items": []any{}}, empty["allergies"])
	require.Equal(t, map[string]any{"previous": map[string]any{}, "series": []any{}}, empty["vital_signs"])
	require.Equal(t, map[string]any{"consultations": 0.0, "prescriptions": 0.0}, empty["counts"])
	for _, key := range []string{"problems", "medications", "notes"} {
		require.Equal(t, []any{}, empty[key], key)
	}
	c.send(http.MethodPost, c.at("/allergies"), map[string]any{"substance": "Penicilina"}).Want(http.StatusCreated)
	c.send(http.MethodPost, c.at("/problems"), map[string]any{"code": "I10"}).Want(http.StatusCreated)
	for _, kg := range []float64{79.2, 78.6} {
		c.send(http.MethodPost, c.at("/vital-signs"), map[string]any{"weight_kg": kg}).Want(http.StatusCreated)
		c.Fake.Advance(60e9)
	}
	c.send(http.MethodPost, c.at("/consultations"), map[string]any{"type": "evolucion"}).Want(http.StatusCreated)
	nurse := c
	nurse.Person = c.Colleague(t, c.Person, actor.RoleNurse)
	full := nurse.send(http.MethodGet, c.at("/summary"), nil).Want(http.StatusOK).JSON()
	require.Equal(t, "listed", object(full["allergies"])["status"])
	require.Equal(t, "I10", list(full["problems"])[0]["code"])
	vitals := object(full["vital_signs"])
	require.Equal(t, 78.6, object(vitals["latest"])["weight_kg"])
	require.Equal(t, 79.2, object(object(vitals["previous"])["weight_kg"])["value"])
	note := list(full["notes"])[0]
	require.Equal(t, "draft", note["status"])
	require.NotContains(t, note, "excerpt", "somebody else's draft shows no text")
	desk := c
	desk.Person = c.Colleague(t, c.Person, actor.RoleReceptionist)
	desk.send(http.MethodGet, c.at("/summary"), nil).Want(http.StatusForbidden)
}

func TestFavoritesOverHTTP(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := func() map[string]any {
		items := list(d.send(http.MethodGet, "/api/catalogs/diagnoses?q=", nil).Want(http.StatusOK).JSON()["items"])
		if len(items) == 0 {
			return nil
		}
		return items[0]
	}
	require.Nil(t, first())
	d.send(http.MethodPut, "/api/favorites/diagnoses/I10", map[string]any{"pinned": true}).Want(http.StatusNoContent)
	require.Equal(t, "I10", first()["code"])
	require.Equal(t, true, first()["favorite"])
	d.send(http.MethodPut, "/api/favorites/diagnoses/I10", map[string]any{"pinned": false}).Want(http.StatusNoContent)
	require.Nil(t, first())
	d.send(http.MethodPut, "/api/favorites/diagnoses/nada", map[string]any{"pinned": true}).Want(http.StatusNotFound)
	d.wrong(http.MethodPut, "/api/favorites/states/21", map[string]any{"pinned": true}).Want(http.StatusNotFound)
	d.wrong(http.MethodPut, "/api/favorites/diagnoses/I10", map[string]any{}).Want(http.StatusBadRequest)
}
