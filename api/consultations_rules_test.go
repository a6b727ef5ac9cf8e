package api_test

import (
	"fmt"
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

// as is the same note in somebody else's hands.
func (v noteVisit) as(p apitest.Person) noteVisit {
	return noteVisit{desk: desk{API: v.API, Person: p, t: v.t}, id: v.id}
}

// atOnce runs an act several times at the same moment and gives the answers by status.
func atOnce(n int, act func(i int) apitest.Reply) []apitest.Reply {
	replies := together(n, act)
	slices.SortFunc(replies, func(a, b apitest.Reply) int { return a.Status - b.Status })
	return replies
}

// Two presses of the button, or two tabs, sign once.
func TestSigningTwiceAtOnceGivesOneSignature(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	replies := atOnce(4, func(int) apitest.Reply { return v.sign() })
	require.Equal(t, http.StatusOK, replies[0].Status)
	for _, r := range replies[1:] {
		require.Equal(t, "consultation.already_signed", r.Want(http.StatusConflict).Code())
	}
	require.Equal(t, 1, apitest.Scalar[int](t, d.API, `select count(*)::int from signatures where subject_id = $1`, uuid.MustParse(v.id)))
	require.Equal(t, 1, v.events("consultation.signed"))
	require.Equal(t, 2, apitest.Scalar[int](t, d.API, `select count(*)::int from documents where subject_id = $1`, uuid.MustParse(v.id)), "one in each format")
}

// Two tabs on one draft: one saves, the other learns it and keeps its text beside.
func TestTwoTabsOnOneDraftLoseNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	replies := atOnce(2, func(i int) apitest.Reply {
		return v.put("1", changed(evolution(), "plan", fmt.Sprintf("Plan de la pestaña %d.", i)))
	})
	require.Equal(t, []int{http.StatusOK, http.StatusPreconditionFailed}, []int{replies[0].Status, replies[1].Status})
	require.Equal(t, "consultation.stale", replies[1].Code())
	lost := changed(evolution(), "plan", "Plan de la pestaña que perdió.")
	v.send(http.MethodPost, v.path("/copies"), lost).Want(http.StatusCreated)
	// Changing the kind of note keeps what was written in the other one as well.
	body := map[string]any{"type": "referencia", "sections": map[string]any{"reason": "Valoración por cardiología."}}
	turned := v.put("2", body).Want(http.StatusOK).JSON()
	require.Equal(t, "referencia", turned["type"])
	copies := list(v.send(http.MethodGet, v.path("/copies"), nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, copies, 2)
	require.Equal(t, "Plan de la pestaña que perdió.", copies[1]["plan"])
	require.Contains(t, copies[0]["sections"], "evolution")
	require.Equal(t, 138.0, copies[0]["vital_signs"].(map[string]any)["systolic"])
}

// What is impossible is refused at its field and changes nothing; what is
// unfinished, long or odd is kept exactly as it was written.
func TestWhatIsWrittenIsKeptOrRefusedClearly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	for field, body := range map[string]map[string]any{
		"vital_signs.temperature": {"plan": "x", "vital_signs": map[string]any{"temperature": 98}},
		"vital_signs.weight_kg":   {"plan": "x", "vital_signs": map[string]any{"weight_kg": 0}},
		"vital_signs.height_cm":   {"plan": "x", "vital_signs": map[string]any{"height_cm": 1.65}},
		"vital_signs.systolic":    {"plan": "x", "vital_signs": map[string]any{"systolic": 80, "diastolic": 120}},
		"diagnoses[0].code":       {"diagnoses": []any{map[string]any{"code": "Q999.9", "kind": "principal"}}},
		"sections.family_history": {"sections": map[string]any{"family_history": "Padre con diabetes."}},
		"omissions.study_results": {"omissions": map[string]any{"study_results": "negado"}},
	} {
		r := v.put("1", body).Want(http.StatusUnprocessableEntity)
		require.Equal(t, "consultation.invalid", r.Code(), field)
		require.Contains(t, r.Fields(), field)
	}
	nul := v.wrong(http.MethodPut, v.path(""), `{"plan":"antes\u0000después"}`, "If-Match", `"1"`).Want(http.StatusBadRequest)
	require.Equal(t, map[string]string{"plan": "format"}, nul.Fields())
	odd := map[string]any{
		"sections":    map[string]any{"evolution": strings.Repeat("👩🏽‍⚕️ عربى ñandú «cita» <b>&amp;</b>\n", 4000)},
		"vital_signs": map[string]any{"systolic": 138},
		"diagnoses":   []any{map[string]any{"code": "o80", "kind": "secundario"}, map[string]any{"code": "N40", "kind": "principal"}},
	}
	long := odd["sections"].(map[string]any)["evolution"].(string)
	require.Greater(t, len(long), 200_000)
	saved := v.put("1", odd).Want(http.StatusOK).JSON()
	require.Equal(t, long, saved["sections"].(map[string]any)["evolution"])
	require.Equal(t, long, v.read()["sections"].(map[string]any)["evolution"])
	require.Equal(t, "unusual", list(saved["warnings"])[0]["code"], "a prostate in a woman is asked again, not refused")
	r := v.put("2", changed(odd, "plan", strings.Repeat("x", 80<<10)))
	require.Equal(t, "consultation.too_large", r.Want(http.StatusRequestEntityTooLarge).Code())
	require.Equal(t, 2.0, v.read()["version"])
}

// A note of odd characters is signed and printed, and reads back as it was.
func TestAnOddNoteIsSignedAsItWasWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	text := strings.Repeat("👩🏽‍⚕️ Dolor «urente» 3/10 <b>&amp;</b> \u2028 שלום e\u0301 é. ", 300)
	v.put("1", changed(evolution(), "plan", text)).Want(http.StatusOK)
	v.sign().Want(http.StatusOK)
	require.Equal(t, text, v.read()["plan"])
	v.send(http.MethodGet, v.path("/pdf"), nil).Want(http.StatusOK)
}

// A draft belongs to who opened it; a signed note is read by the clinic's clinical
// people, and any of its doctors may add to it.
func TestWhoReadsAndWritesANote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	v := d.openVisit(p, "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	doctor, nurse := v.as(d.Colleague(t, d.Person, actor.RoleDoctor)), v.as(d.Colleague(t, d.Person, actor.RoleNurse))
	front := v.as(d.Colleague(t, d.Person, actor.RoleReceptionist))
	for _, who := range []noteVisit{doctor, nurse} {
		require.Equal(t, "consultation.not_author", who.send(http.MethodGet, v.path(""), nil).Want(http.StatusForbidden).Code())
		item := list0(who.send(http.MethodGet, pathOf(p)+"/consultations", nil).Want(http.StatusOK).JSON()["items"])
		require.Equal(t, "draft", item["status"])
		require.NotContains(t, item, "excerpt", "somebody else's draft is not shown")
	}
	require.Equal(t, "consultation.not_author", doctor.put("2", evolution()).Want(http.StatusForbidden).Code())
	require.Equal(t, "consultation.not_author", doctor.sign().Want(http.StatusForbidden).Code())
	doctor.send(http.MethodPost, v.path("/discard"), map[string]any{"reason": "No es mía."}).Want(http.StatusForbidden)
	doctor.send(http.MethodGet, v.path("/preview.pdf"), nil).Want(http.StatusForbidden)
	v.send(http.MethodGet, v.path("/preview.pdf"), nil).Want(http.StatusOK)
	require.Empty(t, doctor.send(http.MethodGet, "/api/consultations", nil).Want(http.StatusOK).JSON()["items"])
	mine := list(v.send(http.MethodGet, "/api/consultations", nil).Want(http.StatusOK).JSON()["items"])
	require.Equal(t, "María Fernanda Orozco Villaseñor", mine[0]["patient"].(map[string]any)["full_name"])
	require.Equal(t, 0.0, mine[0]["missing"])

	v.sign().Want(http.StatusOK)
	require.Equal(t, "signed", nurse.read()["status"])
	require.Equal(t, "auth.forbidden", front.send(http.MethodGet, v.path(""), nil).Want(http.StatusForbidden).Code())
	require.Equal(t, "auth.forbidden", front.send(http.MethodGet, v.path("/pdf"), nil).Want(http.StatusForbidden).Code())
	nurse.send(http.MethodPost, v.path("/addenda"), map[string]any{"text": "Nota.", "password": testkit.Password}).Want(http.StatusForbidden)
	added := doctor.send(http.MethodPost, v.path("/addenda"), map[string]any{"text": "Llamó: mejoría.", "password": testkit.Password})
	require.Equal(t, "Llamó: mejoría.", list0(added.Want(http.StatusCreated).JSON()["addenda"])["text"])
	require.Empty(t, v.send(http.MethodGet, "/api/consultations", nil).Want(http.StatusOK).JSON()["items"])
}

// Addenda are numbered, signed and printed; the note they add to stays as it was.
func TestAddendaStandBesideTheNote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.openVisit(d.register(fernanda()), "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	add := func(text, password string) apitest.Reply {
		return v.send(http.MethodPost, v.path("/addenda"), map[string]any{"text": text, "password": password})
	}
	require.Equal(t, "consultation.not_signed", add("Antes de tiempo.", testkit.Password).Want(http.StatusConflict).Code())
	before := v.sign().Want(http.StatusOK).JSON()
	require.Equal(t, "auth.wrong_password", add("Texto.", "otra").Want(http.StatusUnprocessableEntity).Code())
	add(" . ", testkit.Password).Want(http.StatusBadRequest)
	replies := atOnce(3, func(i int) apitest.Reply { return add(fmt.Sprintf("Adenda %d.", i), testkit.Password) })
	for _, r := range replies {
		r.Want(http.StatusCreated)
	}
	after := v.read()
	addenda := list(after["addenda"])
	require.Len(t, addenda, 3)
	for i, a := range addenda {
		require.Equal(t, float64(i+1), a["number"])
		require.Regexp(t, `^A-2026-0000\d$`, a["folio"])
		v.send(http.MethodGet, v.path(fmt.Sprintf("/pdf?addendum=%d", i+1)), nil).Want(http.StatusOK)
	}
	delete(before, "addenda")
	delete(after, "addenda")
	require.Equal(t, before, after)
	require.Equal(t, "addendum.not_found", v.send(http.MethodGet, v.path("/pdf?addendum=9"), nil).Want(http.StatusNotFound).Code())
	require.Equal(t, 4, apitest.Scalar[int](t, d.API, `select max(seq)::int from signatures where clinic_id = $1`, uuid.MustParse(d.ClinicID)))
}

// A draft that is thrown away stays, with its reason.
func TestDiscardingADraft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	blank := d.openVisit(p, "evolucion")
	blank.send(http.MethodPost, blank.path("/discard"), map[string]any{}).Want(http.StatusNoContent)
	v := d.openVisit(p, "evolucion")
	v.put("1", evolution()).Want(http.StatusOK)
	require.Equal(t, map[string]string{"reason": "required"}, v.send(http.MethodPost, v.path("/discard"), map[string]any{"reason": "  "}).Want(http.StatusBadRequest).Fields())
	v.send(http.MethodPost, v.path("/discard"), map[string]any{"reason": "Se abrió por error."}).Want(http.StatusNoContent)
	require.Equal(t, "consultation.discarded", v.sign().Want(http.StatusConflict).Code())
	require.Equal(t, "consultation.discarded", v.put("3", evolution()).Want(http.StatusConflict).Code())
	require.Equal(t, "discarded", v.read()["status"])
	require.Empty(t, d.send(http.MethodGet, pathOf(p)+"/consultations", nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, d.send(http.MethodGet, pathOf(p)+"/consultations?status=discarded", nil).Want(http.StatusOK).JSON()["items"], 2)
	d.wrong(http.MethodGet, pathOf(p)+"/consultations?status=perdidas", nil).Want(http.StatusBadRequest)
}
