package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/testkit"
)

// visit opens a consultation of a patient.
func (d desk) visit(p map[string]any) string {
	d.t.Helper()
	return d.send(http.MethodPost, pathOf(p)+"/consultations", map[string]any{"type": "evolucion"}).Want(http.StatusCreated).JSON()["id"].(string)
}

// metformin is an item with everything that the law asks for.
func metformin() map[string]any {
	return map[string]any{
		"generic_name": "Metformina", "allow_substitution": true, "presentation": "Caja con 30 tabletas de 850 mg",
		"dose": "1 tableta", "route": "oral", "frequency": "cada 12 horas", "duration": "60 días", "quantity": 4,
		"instructions": "Tomar con el desayuno y la cena.",
	}
}

func rx(items ...map[string]any) map[string]any { return map[string]any{"items": items} }

func (d desk) prescribe(visit string, body map[string]any) map[string]any {
	d.t.Helper()
	return d.send(http.MethodPost, "/api/consultations/"+visit+"/prescriptions", body).Want(http.StatusCreated).JSON()
}

func rxPath(p map[string]any) string { return "/api/prescriptions/" + p["id"].(string) }

func (d desk) signRx(p map[string]any) apitest.Reply {
	d.t.Helper()
	return d.send(http.MethodPost, rxPath(p)+"/sign", map[string]any{"password": testkit.Password})
}

func kinds(p map[string]any) map[string]string {
	out := map[string]string{}
	for _, a := range list(p["alerts"]) {
		out[a["kind"].(string)] = a["requires"].(string)
	}
	return out
}

func TestAPrescriptionIsWrittenSignedPrintedAndVoided(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.register(fernanda())
	v := d.visit(p)
	res := d.send(http.MethodPost, "/api/consultations/"+v+"/prescriptions", rx(metformin())).Want(http.StatusCreated)
	draft := res.JSON()
	require.Equal(t, rxPath(draft), res.Header.Get("Location"))
	require.Equal(t, "draft", draft["status"])
	require.Equal(t, map[string]string{"allergies_unknown": "none"}, kinds(draft))
	sheet := list(draft["sheets"])[0]
	require.Equal(t, []any{
		"Tomar 1 tableta por vía oral cada 12 horas durante 60 días.", "Tomar con el desayuno y la cena.", "Surtir 4 (cuatro) cajas.",
	}, list(sheet["items"])[0]["lines"])

	require.Equal(t, draft, d.send(http.MethodGet, rxPath(draft), nil).Want(http.StatusOK).JSON())
	same := d.send(http.MethodPut, rxPath(draft), draft, "If-Match", `"1"`).Want(http.StatusOK)
	require.Equal(t, `"1"`, same.Header.Get("ETag"), "what changed nothing is the same version")
	item := changed(list(draft["items"])[0], "quantity", 3)
	saved := d.send(http.MethodPut, rxPath(draft), rx(item), "If-Match", `"1"`).Want(http.StatusOK).JSON()
	require.EqualValues(t, 2, saved["version"])
	d.send(http.MethodPut, rxPath(draft), rx(item), "If-Match", `"1"`).Want(http.StatusPreconditionFailed)

	require.Equal(t, "auth.wrong_password",
		d.send(http.MethodPost, rxPath(draft)+"/sign", map[string]any{"password": "otra cosa"}).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "prescription.not_signed", d.send(http.MethodGet, rxPath(draft)+"/pdf", nil).Want(http.StatusConflict).Code())
	require.Equal(t, "%PDF", string(d.send(http.MethodGet, rxPath(draft)+"/preview.pdf", nil).Want(http.StatusOK).Body[:4]))
	signed := d.signRx(draft).Want(http.StatusOK).JSON()
	require.Equal(t, "signed", signed["status"])
	require.Equal(t, "R-2026-00001", signed["folio"])
	require.Len(t, signed["hash"], 64)
	require.NotEmpty(t, signed["verification_code"])
	require.Equal(t, "prescription.already_signed", d.signRx(draft).Want(http.StatusConflict).Code())
	require.Equal(t, "prescription.already_signed",
		d.send(http.MethodPut, rxPath(draft), rx(item), "If-Match", `"3"`).Want(http.StatusConflict).Code())
	for _, format := range []string{"", "?format=letter", "?format=letter_large"} {
		r := d.send(http.MethodGet, rxPath(draft)+"/pdf"+format, nil).Want(http.StatusOK)
		require.Equal(t, "%PDF", string(r.Body[:4]))
		require.NotContains(t, r.Header.Get("Content-Disposition"), "Orozco")
	}
	taken := list(d.send(http.MethodGet, pathOf(p)+"/medications", nil).Want(http.StatusOK).JSON()["items"])
	require.Len(t, taken, 1)
	require.Equal(t, "2026-11-23", taken[0]["starts_on"])
	require.Equal(t, "2027-01-21", taken[0]["ends_on"])

	void := map[string]any{"reason": "La dosis era de otra presentación."}
	voided := d.send(http.MethodPost, rxPath(draft)+"/void", void).Want(http.StatusOK).JSON()
	require.Equal(t, "voided", voided["status"])
	require.Equal(t, "La dosis era de otra presentación.", voided["voided"].(map[string]any)["reason"])
	require.Equal(t, "prescription.already_voided", d.send(http.MethodPost, rxPath(draft)+"/void", void).Want(http.StatusConflict).Code())
	require.Empty(t, d.send(http.MethodGet, pathOf(p)+"/medications", nil).JSON()["items"])
	again := d.send(http.MethodPost, rxPath(draft)+"/reissue", nil).Want(http.StatusCreated).JSON()
	require.Equal(t, draft["id"], again["reissues"])
	require.Equal(t, again["id"], d.send(http.MethodGet, rxPath(draft), nil).JSON()["reissued_as"])
	require.Equal(t, "prescription.already_reissued", d.send(http.MethodPost, rxPath(draft)+"/reissue", nil).Want(http.StatusConflict).Code())
	require.Len(t, list(d.send(http.MethodGet, pathOf(p)+"/prescriptions", nil).Want(http.StatusOK).JSON()["items"]), 2)
	require.Len(t, list(d.send(http.MethodGet, "/api/prescriptions?status=voided", nil).Want(http.StatusOK).JSON()["items"]), 1)
}
