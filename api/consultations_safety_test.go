package api_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/testkit"
)

// A draft whose patient was archived meanwhile is neither saved nor signed, and
// loses nothing; out of the archive it goes on.
func TestADraftOfAnArchivedPatient(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	v := d.openVisit(p, "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	d.send(http.MethodPost, pathOf(p)+"/archive", map[string]any{"reason": "Cambió de médico."}).Want(http.StatusOK)
	require.Equal(t, "patient.archived", v.put("2", changed(evolution(), "plan", "Otro plan.")).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "patient.archived", v.sign().Want(http.StatusUnprocessableEntity).Code())
	r := d.send(http.MethodPost, pathOf(p)+"/consultations", map[string]any{"type": "evolucion"})
	require.Equal(t, "patient.archived", r.Want(http.StatusUnprocessableEntity).Code())
	v.send(http.MethodPost, v.path("/copies"), changed(evolution(), "plan", "Otro plan.")).Want(http.StatusCreated)
	require.Equal(t, evolution()["plan"], v.read()["plan"])
	d.send(http.MethodPost, pathOf(p)+"/unarchive", nil).Want(http.StatusOK)
	v.sign().Want(http.StatusOK)
}

// A session that dies while she signs leaves a draft; she enters again and signs.
func TestSigningWhileTheSessionDies(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	// The session ends between the opening of the request and its transaction: the
	// remembered actor is still good, its auth_seq is not.
	d.Database.Exec(t, `update sessions set revoked_at = now() where user_id = $1`, d.UserID)
	require.Equal(t, "auth.signed_out", v.sign().Want(http.StatusUnauthorized).Code())
	require.Equal(t, "draft", apitest.Scalar[string](t, d.API, `select status from consultations where id = $1`, uuid.MustParse(v.id)))
	require.Equal(t, 0, apitest.Scalar[int](t, d.API, `select count(*)::int from signatures`))
	out := d.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": d.Email, "password": testkit.Password,
	}}).Want(http.StatusOK).JSON()
	v.Token = out["access_token"].(string)
	v.sign().Want(http.StatusOK)
}

// Guessing a password at the signing button ends like guessing it at the door,
// also when each guess would be rolled back.
func TestGuessingThePasswordWhileSigning(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	for i := range 10 {
		r := v.send(http.MethodPost, v.path("/sign"), map[string]any{"password": "intento"}, "Idempotency-Key", fmt.Sprint(i))
		require.Equal(t, "auth.wrong_password", r.Want(http.StatusUnprocessableEntity).Code())
	}
	r := v.sign().Want(http.StatusTooManyRequests)
	require.Equal(t, "auth.too_many_failures", r.Code())
	require.NotEmpty(t, r.Header.Get("Retry-After"))
	require.Equal(t, 10, apitest.Scalar[int](t, d.API, `select count(*)::int from audit_events where action = 'session.proof_refused' and outcome = 'failure'`))
	d.Fake.Advance(16 * time.Minute)
	v.sign().Want(http.StatusOK)
}

// The hours of a note are the server's, whatever a computer says; a clock that
// was set back signs nothing before it was opened.
func TestTheHoursOfANote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	require.Equal(t, "request.read_only", v.put("1", changed(evolution(), "opened_at", "2020-01-01T00:00:00Z")).Want(http.StatusUnprocessableEntity).Code())
	d.wrong(http.MethodPut, v.path(""), map[string]any{"signed_at": "2020-01-01T00:00:00Z"}, "If-Match", `"1"`).Want(http.StatusBadRequest)
	v.put("1", evolution()).Want(http.StatusOK)
	d.Fake.Advance(-time.Hour)
	signed := v.sign().Want(http.StatusOK).JSON()
	require.GreaterOrEqual(t, signed["signed_at"], signed["opened_at"])
}

// Nobody signs for a clinic without its data, or without a cédula; the draft waits.
func TestWhatSigningNeedsBesideTheNote(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	d := desk{API: a, Person: a.Doctor(t), t: t}
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	r := v.sign().Want(http.StatusUnprocessableEntity)
	require.Equal(t, "clinic.incomplete", r.Code())
	require.Contains(t, r.Fields(), "address")
	d.send(http.MethodPut, "/api/clinic", map[string]any{
		"legal_name": "Clínica Jacarandas, S.C.", "address": testkit.Address(),
		"privacy_contact": map[string]any{"name": "Carmen Arrieta", "email": "privacidad@jacarandas.example"},
	}, "If-Match", `"1"`).Want(http.StatusOK)
	signed := v.sign().Want(http.StatusOK).JSON()
	place := signed["head"].(map[string]any)["establishment"].(map[string]any)
	require.NotContains(t, place, "office", "without an office the clinic itself is the place")
	for range 2 {
		d.send(http.MethodPost, "/api/offices", map[string]any{
			"name": "Consultorio", "address": testkit.Address(), "time_zone": "America/Tijuana",
		}).Want(http.StatusCreated)
	}
	p := d.first("/api/patients")
	r = d.send(http.MethodPost, "/api/patients/"+p+"/consultations", map[string]any{"type": "evolucion"})
	require.Equal(t, "office.required", r.Want(http.StatusUnprocessableEntity).Code())
	chosen := d.first("/api/offices")
	d.send(http.MethodPost, "/api/patients/"+p+"/consultations", map[string]any{"type": "evolucion", "office_id": chosen}).Want(http.StatusCreated)
}

// What the nurse measured is in the note that opens, with her name, and is signed
// with it.
func TestWhatTheNurseMeasuredIsInTheNote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	nurse := d.Colleague(t, d.Person, "nurse")
	d.Do(t, apitest.Call{Method: http.MethodPost, Path: pathOf(p) + "/vital-signs", Token: nurse.Token, Body: map[string]any{
		"systolic": 120, "diastolic": 80, "heart_rate": 72, "respiratory_rate": 16, "temperature": 36.5, "weight_kg": 70, "height_cm": 165,
	}}).Want(http.StatusCreated)
	v := d.openVisit(p, "evolucion")
	note := v.read()
	require.Equal(t, 120.0, note["vital_signs"].(map[string]any)["systolic"])
	require.Equal(t, nurse.UserID, note["vital_signs_taken"].(map[string]any)["by"].(map[string]any)["id"])
	body := evolution()
	body["vital_signs"] = note["vital_signs"]
	v.put("1", body).Want(http.StatusOK)
	signed := v.sign().Want(http.StatusOK).JSON()
	require.Equal(t, note["vital_signs"], signed["vital_signs"])
	require.Equal(t, note["vital_signs_taken"], signed["vital_signs_taken"])
}

// The wrong patient: a note stays with the patient it was opened for, whatever is
// sent, by whatever way.
func TestANoteNeverMovesToAnotherPatient(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	fer, ren := d.register(fernanda()), d.register(changed(fernanda(), "given_names", "Renata", "curp", "", "phone", "55 5555 0199"))
	one, two := d.openVisit(fer, "evolucion"), d.openVisit(ren, "evolucion")
	// Two tabs, two patients, saved across each other with the text of the other tab.
	one.put("1", changed(evolution(), "plan", "Plan de Fernanda.")).Want(http.StatusOK)
	two.put("1", changed(evolution(), "plan", "Plan de Renata.")).Want(http.StatusOK)
	r := one.put("2", changed(two.read(), "plan", "Plan de Renata, otra vez."))
	require.Equal(t, "request.read_only", r.Want(http.StatusUnprocessableEntity).Code())
	require.Contains(t, r.Fields(), "patient_id")
	one.sign().Want(http.StatusOK)
	two.sign().Want(http.StatusOK)
	for _, c := range []struct {
		patient map[string]any
		v       noteVisit
		plan    string
	}{{fer, one, "Plan de Fernanda."}, {ren, two, "Plan de Renata."}} {
		items := list(d.send(http.MethodGet, pathOf(c.patient)+"/consultations", nil).Want(http.StatusOK).JSON()["items"])
		require.Len(t, items, 1)
		require.Equal(t, c.v.id, items[0]["id"])
		note := c.v.read()
		require.Equal(t, c.plan, note["plan"])
		require.Equal(t, c.patient["id"], note["head"].(map[string]any)["patient"].(map[string]any)["id"])
	}
}

// Whoever signs says which version she saw: none that there cannot be stands for
// any. That she was late is in the trail, of a request that may be repeated too.
func TestSigningAnotherVersionIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	proof := map[string]any{"password": testkit.Password}
	for _, version := range []string{`"0"`, `"-1"`, "*"} {
		d.wrong(http.MethodPost, v.path("/sign"), proof, "If-Match", version).Want(http.StatusPreconditionFailed)
	}
	late := func() int64 {
		return apitest.Scalar[int64](t, d.API, `select count(*) from audit_events where subject_id = $1 and outcome = 'failure' and reason = 'stale'`, v.id)
	}
	require.Zero(t, late())
	v.send(http.MethodPost, v.path("/sign"), proof, "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
	v.send(http.MethodPost, v.path("/sign"), proof, "If-Match", `"1"`, "Idempotency-Key", "signed-late").Want(http.StatusPreconditionFailed)
	require.Equal(t, int64(2), late())
	v.send(http.MethodPost, v.path("/sign"), proof, "If-Match", `"2"`).Want(http.StatusOK)
}
