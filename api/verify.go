package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/document"
	"historias/internal/errs"
)

// verifyAPI tells whoever holds a paper whether it is genuine and in force. The
// code is a secret of the paper: it stands in no log (routes are logged, not
// paths), in no cache and in no address that a form makes.
type verifyAPI struct {
	publicPages
	svc *document.Service
}

// formBody is more than any form of a public page needs.
const formBody = 4 << 10

func (h verifyAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/public/verify/:code", public, h.document, routeOptions{}},
		{http.MethodGet, "/verificar", public, h.ask, routeOptions{crowded: h.busy}},
		{http.MethodPost, "/verificar", public, h.answer, routeOptions{body: formBody, crowded: h.busy}},
		{http.MethodGet, "/verificar/:code", public, h.page, routeOptions{crowded: h.busy}},
	}
}

// document says what a code stands for.
//
//	@Summary		Comprobar un documento por su código
//	@Description	No dice nada del paciente ni del contenido. Un código desconocido, incompleto o adivinado es 404. Mayúsculas, espacios y guiones no importan.
//	@Tags			Verificación
//	@Produce		json
//	@Param			code	path		string	true	"Código del documento"	example(7K3M-Q9TA-0XWD-5H2R)
//	@Success		200		{object}	verificationDTO
//	@Failure		404		{object}	Problem	"document.not_found"
//	@Router			/api/public/verify/{code} [get]
func (h verifyAPI) document(c echo.Context) error {
	face, err := h.svc.Verify(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return ok(c, verificationDTOOf(face))
}

// ask shows the form for a code that is typed from paper.
func (h verifyAPI) ask(c echo.Context) error {
	return h.show(c, http.StatusOK, verifyPage{Outcome: outcomeAsk})
}

// answer takes the form. It answers in place, so that the code stands in no
// address.
func (h verifyAPI) answer(c echo.Context) error {
	code := c.FormValue("codigo")
	if code == "" {
		return h.ask(c)
	}
	return h.tell(c, code)
}

// page is where the QR leads.
func (h verifyAPI) page(c echo.Context) error { return h.tell(c, c.Param("code")) }

func (h verifyAPI) tell(c echo.Context, code string) error {
	face, err := h.svc.Verify(c.Request().Context(), code)
	if errs.Is(err, "document.not_found") {
		return h.show(c, http.StatusNotFound, verifyPage{Outcome: outcomeUnknown})
	}
	if err != nil {
		return err
	}
	return h.show(c, http.StatusOK, verifyPageOf(face))
}

func (h verifyAPI) show(c echo.Context, status int, page verifyPage) error {
	title := verifyTitles[page.Outcome]
	page.pageHead = h.head(title+" · Historias", title, "")
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return h.render(c, status, "verify", formCSP, page)
}

// The outcomes that the page shows.
const (
	outcomeAsk     = "ask"
	outcomeGenuine = "genuine"
	outcomeVoided  = "voided"
	outcomeUnknown = "unknown"
)

var verifyTitles = map[string]string{
	outcomeAsk: "Comprobar un documento", outcomeGenuine: "Documento auténtico",
	outcomeVoided: "Documento anulado", outcomeUnknown: "No encontramos este documento",
}

// verifyPage is what the template shows.
type verifyPage struct {
	pageHead
	Outcome string
	// VoidedOn is when it was voided, in words.
	VoidedOn string
	Facts    []verifyFact
}

type verifyFact struct{ Name, Value string }

var documentKinds = map[document.Kind]string{
	document.Prescription: "Receta médica", document.Note: "Nota clínica", document.Addendum: "Adenda a una nota clínica",
}

func verifyPageOf(f document.Face) verifyPage {
	zone := zoneNamed(f.TimeZone)
	page := verifyPage{Outcome: outcomeGenuine}
	state := "Vigente"
	if f.Status == document.Voided {
		page.Outcome, page.VoidedOn, state = outcomeVoided, longMoment(f.VoidedAt.In(zone)), "Sin validez"
	}
	for _, fact := range []verifyFact{
		{"Documento", documentKinds[f.Kind]},
		{"Estado", state},
		{"Emisión", longMoment(f.IssuedAt.In(zone))},
		{"Firmó", f.Issuer.FullName},
		{"Cédula profesional", f.Issuer.License},
		{"Título expedido por", f.Issuer.TitleInstitution},
		{"Establecimiento", f.Issuer.Establishment},
		{"Folio", f.Folio},
	} {
		if fact.Value != "" {
			page.Facts = append(page.Facts, fact)
		}
	}
	return page
}

// zoneNamed is where a paper printed its hours.
func zoneNamed(name string) *time.Location {
	for _, candidate := range []string{name, publicZone} {
		if zone, err := time.LoadLocation(candidate); err == nil && candidate != "" {
			return zone
		}
	}
	return time.UTC
}

// longMoment is 2 de marzo de 2026, 10:31 h.
func longMoment(t time.Time) string { return longDate(t) + ", " + t.Format("15:04") + " h" }
