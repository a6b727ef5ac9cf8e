package api_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/actor"
	"historias/internal/testkit"
)

// drug is an item for a week, of a generic name.
func drug(generic string, pairs ...any) map[string]any {
	item := changed(metformin(), "generic_name", generic, "presentation", "Caja con 21 cápsulas de 500 mg", "dose", "1 cápsula",
		"frequency", "cada 8 horas", "duration", "7 días", "quantity", 1)
	return changed(dropped(item, "instructions"), pairs...)
}

func (d desk) allergic(p map[string]any, substance, code string) {
	d.t.Helper()
	d.send(http.MethodPost, pathOf(p)+"/allergies", map[string]any{
		"substance": substance, "substance_code": code, "reaction": "Anafilaxia", "severity": "severe",
	}).Want(http.StatusCreated)
}

func alertOf(p map[string]any, kind string) map[string]any {
	for _, a := range list(p["alerts"]) {
		if a["kind"] == kind {
			return a
		}
	}
	return nil
}

// Sore throat in a patient allergic to penicillin: the alert comes at once, asks
// for a reason, and an allergy learned after the last save still counts.
func TestAnAllergyStopsSigningUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	draft := d.prescribe(d.visit(p), rx(drug("Amoxicilina", "medication_id", "c93e2a7b-f132-53e1-9904-0bcbcab67b46")))
	require.Equal(t, map[string]string{"allergies_unknown": "none", "antibiotic": "none"}, kinds(draft))
	d.allergic(p, "Penicilinas", "class:penicillins")
	refused := d.signRx(draft).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "prescription.alerts_open", refused.Code())
	seen := alertOf(d.send(http.MethodGet, rxPath(draft), nil).JSON(), "allergy_class")
	require.Equal(t, "high", seen["severity"])
	require.Equal(t, "acknowledgement", seen["requires"])
	require.Contains(t, seen["message"], "Amoxicilina es una penicilina.")
	require.Equal(t, list(draft["items"])[0]["id"], seen["item"])
	require.Equal(t, map[string]string{"alerts." + seen["id"].(string): "allergy_class"}, refused.Fields())

	answered := map[string]any{"items": draft["items"], "acknowledgements": []any{map[string]any{"alert_id": seen["id"], "reason": "no"}}}
	require.Equal(t, map[string]string{"acknowledgements[0].reason": "too_short"},
		d.send(http.MethodPut, rxPath(draft), answered, "If-Match", `"1"`).Want(http.StatusBadRequest).Fields())
	answered["acknowledgements"] = []any{map[string]any{"alert_id": seen["id"], "reason": "Toleró amoxicilina en 2024."}}
	saved := d.send(http.MethodPut, rxPath(draft), answered, "If-Match", `"1"`).Want(http.StatusOK).JSON()
	reason := alertOf(saved, "allergy_class")["acknowledged"].(map[string]any)
	require.Equal(t, d.UserID, reason["by"])
	signed := d.signRx(draft).Want(http.StatusOK).JSON()
	require.Equal(t, reason, alertOf(signed, "allergy_class")["acknowledged"], "the record keeps who went on, why and when")
	for _, sheet := range list(signed["sheets"]) {
		require.NotContains(t, sheet, "Toleró", "the pharmacy's paper does not")
	}
}

// What the law does not allow on an ordinary receta cannot be signed.
func TestFractionsOverHTTP(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	v := d.visit(p)
	for name, c := range map[string]struct {
		item map[string]any
		kind string
	}{
		"morphine":                  {drug("Morfina"), "fraction_i"},
		"three of clonazepam":       {drug("clonazepam", "quantity", 3), "fraction_ii"},
		"sertraline four times":     {drug("Sertralina", "fills", 4), "fraction_iii"},
		"an antibiotic without end": {drug("Amoxicilina", "duration", "Uso continuo"), "antibiotic"},
	} {
		draft := d.prescribe(v, rx(c.item))
		require.Equal(t, "change", kinds(draft)[c.kind], name)
		require.Equal(t, "prescription.alerts_open", d.signRx(draft).Want(http.StatusUnprocessableEntity).Code(), name)
		id := alertOf(draft, c.kind)["id"]
		d.send(http.MethodPut, rxPath(draft), map[string]any{
			"items": draft["items"], "acknowledgements": []any{map[string]any{"alert_id": id, "reason": "De todos modos."}},
		}, "If-Match", `"1"`).Want(http.StatusOK)
		d.signRx(draft).Want(http.StatusUnprocessableEntity)
	}
	draft := d.prescribe(v, rx(drug("Morfina", "special_form_folio", "A-0017"), drug("Clonazepam", "quantity", 2), metformin()))
	signed := d.signRx(draft).Want(http.StatusOK).JSON()
	require.Len(t, list(signed["sheets"]), 2)
	require.Equal(t, "Fracción II", list(signed["sheets"])[1]["label"])
	require.Contains(t, signed["special_form"].([]any)[0], "Recetario especial, folio A-0017.")
}

// Whatever the law asks for is named by its field.
func TestAnIncompletePrescriptionSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.visit(d.register(fernanda()))
	draft := d.prescribe(v, rx(drug("Paracetamol", "route", "", "quantity", 0), map[string]any{
		"generic_name": "", "allow_substitution": false, "presentation": "", "dose": " ", "route": "", "frequency": "", "duration": "",
	}))
	r := d.signRx(draft).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "prescription.incomplete", r.Code())
	want := map[string]string{"items[0].route": "required", "items[0].quantity": "required"}
	for _, field := range []string{"generic_name", "presentation", "dose", "route", "frequency", "duration", "quantity"} {
		want["items[1]."+field] = "required"
	}
	require.Equal(t, want, r.Fields())
	empty := d.prescribe(v, map[string]any{})
	require.Equal(t, map[string]string{"items": "required"}, d.signRx(empty).Want(http.StatusUnprocessableEntity).Fields())
	provisional := d.visit(d.register(map[string]any{"sex": "H", "identity_status": "provisional"}))
	nameless := d.prescribe(provisional, rx(metformin()))
	require.Equal(t, map[string]string{"head.patient.full_name": "required"}, d.signRx(nameless).Want(http.StatusUnprocessableEntity).Fields())
}

// Of three recetas in a row, each in place of the one before, any may be voided
// and nothing comes back in force that a later one had replaced or that is void.
func TestVoidingInAnyOrderBringsBackOnlyWhatCounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, order := range []struct {
		void []int
		left []string
	}{
		{[]int{1, 2}, []string{"1 tableta"}},
		{[]int{2, 1}, []string{"1 tableta"}},
		{[]int{0, 1}, []string{"3 tabletas"}},
		{[]int{1, 0, 2}, []string{}},
	} {
		p := d.register(changed(fernanda(), "curp", ""))
		v := d.visit(p)
		inUse := func() []map[string]any {
			return list(d.send(http.MethodGet, pathOf(p)+"/medications", nil).Want(http.StatusOK).JSON()["items"])
		}
		var recetas []map[string]any
		for _, dose := range []string{"1 tableta", "2 tabletas", "3 tabletas"} {
			item := changed(metformin(), "dose", dose)
			for _, taken := range inUse() {
				item = changed(item, "replaces_course_id", taken["id"])
			}
			receta := d.prescribe(v, rx(item))
			d.signRx(receta).Want(http.StatusOK)
			recetas = append(recetas, receta)
		}
		for _, n := range order.void {
			d.send(http.MethodPost, rxPath(recetas[n])+"/void", map[string]any{"reason": "Otra dosis."}).Want(http.StatusOK)
		}
		left := []string{}
		for _, taken := range inUse() {
			left = append(left, taken["dose"].(string))
		}
		require.Equal(t, order.left, left, "voided in the order %v", order.void)
	}
}

// The next receta knows what the patient takes: the same dose goes on, another
// one replaces it, and voiding gives back what was replaced.
func TestMedicinesInUseFollowTheirPrescriptions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	v := d.visit(p)
	inUse := func() (out []string) {
		for _, c := range list(d.send(http.MethodGet, pathOf(p)+"/medications", nil).Want(http.StatusOK).JSON()["items"]) {
			out = append(out, c["dose"].(string))
		}
		return out
	}
	first := d.prescribe(v, rx(metformin()))
	d.signRx(first).Want(http.StatusOK)
	copied := d.prescribe(v, map[string]any{"copy_of": first["id"]})
	require.NotEqual(t, list(first["items"])[0]["id"], list(copied["items"])[0]["id"])
	require.Equal(t, "none", kinds(copied)["in_force"], "the same dose goes on")
	d.signRx(copied).Want(http.StatusOK)
	require.Equal(t, []string{"1 tableta"}, inUse(), "one course, not two")

	more := d.prescribe(v, rx(changed(metformin(), "dose", "2 tabletas")))
	alert := alertOf(more, "in_force")
	require.Equal(t, "acknowledgement", alert["requires"])
	item := changed(list(more["items"])[0], "replaces_course_id", alert["course_id"])
	saved := d.send(http.MethodPut, rxPath(more), rx(item), "If-Match", `"1"`).Want(http.StatusOK).JSON()
	require.Equal(t, "none", kinds(saved)["in_force"])
	d.signRx(more).Want(http.StatusOK)
	require.Equal(t, []string{"2 tabletas"}, inUse())
	d.send(http.MethodPost, rxPath(more)+"/void", map[string]any{"reason": "Otra dosis."}).Want(http.StatusOK)
	require.Equal(t, []string{"1 tableta"}, inUse(), "what it had replaced is taken again")

	course := list(d.send(http.MethodGet, pathOf(p)+"/medications", nil).JSON()["items"])[0]["id"].(string)
	stop := pathOf(p) + "/medications/" + course + "/stop"
	d.send(http.MethodPost, stop, map[string]any{"reason": ""}).Want(http.StatusBadRequest)
	require.Equal(t, "stopped", d.send(http.MethodPost, stop, map[string]any{"reason": "Diarrea."}).Want(http.StatusOK).JSON()["status"])
	require.Equal(t, "medication.not_in_force", d.send(http.MethodPost, stop, map[string]any{"reason": "Diarrea."}).Want(http.StatusConflict).Code())
	require.Empty(t, inUse())
	require.Len(t, list(d.send(http.MethodGet, pathOf(p)+"/medications?status=all", nil).JSON()["items"]), 3)

	d.send(http.MethodPost, pathOf(p)+"/archive", map[string]any{"reason": "Cambió de médico."}).Want(http.StatusOK)
	require.Equal(t, "patient.archived", d.send(http.MethodPost, rxPath(more)+"/reissue", nil).Want(http.StatusUnprocessableEntity).Code())
}

// A draft is its author's; a receta is a prescriber's.
func TestWhoMayPrescribe(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.visit(d.register(fernanda()))
	draft := d.prescribe(v, rx(drug("Paracetamol")))
	as := func(token, method, path string, body any) apitest.Reply {
		return d.Do(t, apitest.Call{Method: method, Path: path, Token: token, Body: body, Headers: map[string]string{"If-Match": `"1"`}})
	}
	password := map[string]any{"password": testkit.Password}
	colleague := d.Colleague(t, d.Person, actor.RoleDoctor)
	for name, r := range map[string]apitest.Reply{
		"read":    as(colleague.Token, http.MethodGet, rxPath(draft), nil),
		"save":    as(colleague.Token, http.MethodPut, rxPath(draft), rx(metformin())),
		"sign":    as(colleague.Token, http.MethodPost, rxPath(draft)+"/sign", password),
		"void":    as(colleague.Token, http.MethodPost, rxPath(draft)+"/void", map[string]any{"reason": "Otra."}),
		"discard": as(colleague.Token, http.MethodPost, rxPath(draft)+"/discard", nil),
		"print":   as(colleague.Token, http.MethodGet, rxPath(draft)+"/preview.pdf", nil),
	} {
		require.Equal(t, http.StatusForbidden, r.Status, name)
		require.Equal(t, "prescription.not_author", r.Code(), name)
		require.NotContains(t, string(r.Body), "Paracetamol")
	}
	require.Equal(t, "consultation.not_author", as(colleague.Token, http.MethodPost, "/api/consultations/"+v+"/prescriptions", rx(metformin())).Want(http.StatusForbidden).Code())
	seen := as(colleague.Token, http.MethodGet, "/api/prescriptions", nil).Want(http.StatusOK)
	require.Len(t, list(seen.JSON()["items"]), 1)
	require.NotContains(t, string(seen.Body), "Paracetamol", "that it exists, not what it says")
	nurse := d.Colleague(t, d.Person, actor.RoleNurse)
	require.Equal(t, "prescription:write", as(nurse.Token, http.MethodPost, rxPath(draft)+"/sign", password).Want(http.StatusForbidden).JSON()["permission"])
	d.signRx(draft).Want(http.StatusOK)
	require.Contains(t, string(as(nurse.Token, http.MethodGet, rxPath(draft), nil).Want(http.StatusOK).Body), "Paracetamol")
	as(colleague.Token, http.MethodPost, rxPath(draft)+"/void", map[string]any{"reason": "Su autora ya no está."}).Want(http.StatusOK)

	body := changed(apitest.RegisterBody(), "profession", "psicologia")
	out := d.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Body: body}).Want(http.StatusCreated).JSON()
	therapist := desk{API: d.API, Person: apitest.Person{Token: out["access_token"].(string)}, t: t}
	hers := therapist.visit(therapist.register(fernanda()))
	require.Equal(t, "prescription.profession",
		therapist.send(http.MethodPost, "/api/consultations/"+hers+"/prescriptions", rx(drug("Paracetamol"))).Want(http.StatusForbidden).Code())

	// Who may not prescribe annuls nobody's receta either, whatever her role.
	user, _ := out["user"].(map[string]any)
	d.Database.Exec(t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, 'doctor', now())`,
		d.ClinicID, uuid.New(), user["id"])
	here := d.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/login", Body: map[string]any{
		"email": body["email"], "password": testkit.Password, "clinic_id": d.ClinicID,
	}}).Want(http.StatusOK).JSON()["access_token"].(string)
	another := d.prescribe(v, rx(drug("Loratadina")))
	d.signRx(another).Want(http.StatusOK)
	require.Equal(t, "prescription.profession",
		as(here, http.MethodPost, rxPath(another)+"/void", map[string]any{"reason": "No la apruebo."}).Want(http.StatusForbidden).Code())
}

// Ids of another clinic, of another patient and of nothing lead nowhere.
func TestIdsThatAPrescriptionRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.visit(d.register(fernanda()))
	other := desk{API: d.API, Person: d.ReadyDoctor(t), t: t}
	theirs := other.prescribe(other.visit(other.register(fernanda())), rx(drug("Paracetamol")))
	other.signRx(theirs).Want(http.StatusOK)
	path := "/api/consultations/" + v + "/prescriptions"
	for _, id := range []any{theirs["id"], uuid.NewString()} {
		require.Equal(t, "prescription.not_found", d.send(http.MethodPost, path, map[string]any{"copy_of": id}).Want(http.StatusNotFound).Code())
	}
	sibling := d.prescribe(d.visit(d.register(fernanda())), rx(drug("Paracetamol")))
	d.signRx(sibling).Want(http.StatusOK)
	require.Equal(t, "prescription.other_patient", d.send(http.MethodPost, path, map[string]any{"copy_of": sibling["id"]}).Want(http.StatusUnprocessableEntity).Code())
	for field, id := range map[string]string{"unknown": uuid.NewString(), "mismatch": "f84136cb-d0e3-556b-9ec5-7dbc11ec46ce"} {
		r := d.send(http.MethodPost, path, rx(drug("Paracetamol", "medication_id", id))).Want(http.StatusUnprocessableEntity)
		require.Equal(t, "prescription.medication", r.Code())
		require.Equal(t, map[string]string{"items[0].medication_id": field}, r.Fields())
	}
	course := list(other.send(http.MethodGet, "/api/patients/"+theirs["patient_id"].(string)+"/medications", nil).JSON()["items"])[0]["id"]
	made := d.prescribe(v, rx(drug("Paracetamol", "replaces_course_id", course)))
	require.NotContains(t, list(made["items"])[0], "replaces_course_id", "another clinic's course is forgotten")
}

// A receta of a visit that never was cannot be signed or begun.
func TestADiscardedVisitHasNoPrescription(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.visit(d.register(fernanda()))
	draft := d.prescribe(v, rx(drug("Paracetamol")))
	d.send(http.MethodPost, "/api/consultations/"+v+"/discard", map[string]any{"reason": "Se abrió por error."}).Want(http.StatusNoContent)
	require.Equal(t, "consultation.discarded", d.signRx(draft).Want(http.StatusConflict).Code())
	require.Equal(t, "consultation.discarded",
		d.send(http.MethodPost, "/api/consultations/"+v+"/prescriptions", rx(drug("Paracetamol"))).Want(http.StatusConflict).Code())
	d.send(http.MethodPost, rxPath(draft)+"/discard", nil).Want(http.StatusNoContent)
	require.Equal(t, "prescription.discarded", d.signRx(draft).Want(http.StatusConflict).Code())
}

// The paper that a pharmacy holds keeps its visit: that is discarded once the
// receta is void. Both at once leave one of the two.
func TestAVisitWithASignedPrescriptionIsNotDiscarded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	discard := func(v string) apitest.Reply {
		return d.send(http.MethodPost, "/api/consultations/"+v+"/discard", map[string]any{"reason": "Se abrió por error."})
	}
	v := d.visit(p)
	signed := d.prescribe(v, rx(drug("Paracetamol")))
	d.signRx(signed).Want(http.StatusOK)
	require.Equal(t, "consultation.has_prescription", discard(v).Want(http.StatusConflict).Code())
	d.send(http.MethodPost, rxPath(signed)+"/void", map[string]any{"reason": "Otra dosis."}).Want(http.StatusOK)
	discard(v).Want(http.StatusNoContent)

	for range 4 {
		v := d.visit(p)
		draft := d.prescribe(v, rx(drug("Loratadina")))
		var both sync.WaitGroup
		both.Go(func() { discard(v) })
		both.Go(func() { d.signRx(draft) })
		both.Wait()
		visit := d.send(http.MethodGet, "/api/consultations/"+v, nil).Want(http.StatusOK).JSON()["status"]
		receta := d.send(http.MethodGet, rxPath(draft), nil).Want(http.StatusOK).JSON()["status"]
		require.NotEqual(t, visit == "discarded", receta == "signed", "%v visit, %v receta", visit, receta)
		if receta == "signed" {
			d.send(http.MethodPost, rxPath(draft)+"/void", map[string]any{"reason": "Otra dosis."}).Want(http.StatusOK)
		}
	}
}

// A withdrawn product can be indicated for a reason.
func TestAWithdrawnMedicineAsksForAReason(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const metformin850 = "f84136cb-d0e3-556b-9ec5-7dbc11ec46ce"
	draft := d.prescribe(d.visit(d.register(fernanda())), rx(changed(metformin(), "medication_id", metformin850)))
	stale := d.send(http.MethodPost, rxPath(draft)+"/sign", map[string]any{"password": testkit.Password}, "If-Match", `"7"`)
	require.Equal(t, "prescription.stale", stale.Want(http.StatusPreconditionFailed).Code())
	d.Database.Exec(t, `update medications set active = false where id = $1`, metformin850)
	require.Equal(t, "acknowledgement", kinds(d.send(http.MethodGet, rxPath(draft), nil).JSON())["withdrawn"])
}

// Two who sign at once give one signature, one folio in force, one paper.
func TestAPrescriptionIsSignedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	draft := d.prescribe(d.visit(d.register(fernanda())), rx(drug("Paracetamol")))
	var wait sync.WaitGroup
	statuses := make([]int, 4)
	for i := range statuses {
		wait.Go(func() { statuses[i] = d.signRx(draft).Status })
	}
	wait.Wait()
	good := 0
	for _, s := range statuses {
		require.Contains(t, []int{http.StatusOK, http.StatusConflict}, s)
		if s == http.StatusOK {
			good++
		}
	}
	require.Equal(t, 1, good)
	id := uuid.MustParse(draft["id"].(string))
	require.Equal(t, 1, apitest.Scalar[int](t, d.API, `select count(*)::int from signatures where subject_id = $1`, id))
	require.Equal(t, 1, apitest.Scalar[int](t, d.API, `select count(*)::int from verification_codes where subject_id = $1`, id))
	require.Equal(t, 3, apitest.Scalar[int](t, d.API, `select count(*)::int from documents where subject_id = $1`, id))
	require.Equal(t, 1, apitest.Scalar[int](t, d.API, `select count(*)::int from medication_courses where prescription_id = $1`, id))
}
