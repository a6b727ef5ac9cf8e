package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/vitals"
)

// vitalsAPI speaks for vital signs.
type vitalsAPI struct{ svc *vitals.Service }

func (h vitalsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/patients/:id/vital-signs", actor.VitalsRead, h.list, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/vital-signs", actor.VitalsWrite, h.create, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/vital-signs/:reading_id/void", actor.VitalsWrite, h.void, routeOptions{}},
		{http.MethodGet, "/api/catalogs/measures", actor.CatalogRead, h.measures, routeOptions{}},
	}
}

// list shows the readings of a patient.
//
//	@Summary		Signos vitales de un paciente
//	@Description	Las mediciones más recientes primero, con índice de masa corporal, presión media y lo que cada valor significa a la edad de ese día. Con series=true vienen también las series de cada medida, de la más antigua a la más reciente (hasta 500 mediciones). Lo registrado por error aparece marcado y no entra en las series.
//	@Tags			Signos vitales
//	@Produce		json
//	@Param			id		path		string	true	"Paciente"	format(uuid)
//	@Param			series	query		bool	false	"Incluir las series de cada medida"
//	@Param			limit	query		int		false	"Cuántos por página (1 a 100)"
//	@Param			cursor	query		string	false	"Página siguiente"
//	@Success		200		{object}	readingsDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		404		{object}	Problem	"patient.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/vital-signs [get]
func (h vitalsAPI) list(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	series, err := boolParam(c, "series")
	if err != nil {
		return err
	}
	l, err := h.svc.List(c.Request().Context(), id, p, series)
	if err != nil {
		return err
	}
	return ok(c, readingsDTOOf(l, series))
}

// boolParam reads a condition of the query that is true, false or absent.
func boolParam(c echo.Context, name string) (bool, error) {
	switch c.QueryParam(name) {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	}
	return false, field(name, "enum", "Escriba true o false.")
}

// create records what was measured.
//
//	@Summary		Registrar signos vitales
//	@Description	Todos los valores son opcionales y al menos uno es necesario. Lo imposible o escrito en otra unidad se rechaza; lo poco común vuelve en warnings y no impide guardar. Sin measured_at es ahora.
//	@Tags			Signos vitales
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string			true	"Paciente"	format(uuid)
//	@Param			Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param			body			body		readingRequest	true	"Lo medido"
//	@Success		201				{object}	readingSavedDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found"
//	@Failure		422				{object}	Problem	"vitals.empty, patient.archived"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/vital-signs [post]
func (h vitalsAPI) create(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[readingRequest](c)
	if err != nil {
		return err
	}
	r, warnings, err := h.svc.Record(c.Request().Context(), id, body.entry())
	if err != nil {
		return err
	}
	return created(c, "/api/patients/"+id.String()+"/vital-signs", 0, readingSavedDTOOf(r, warnings))
}

// void marks a reading as entered by mistake.
//
//	@Summary		Marcar signos vitales como registrados por error
//	@Description	Nada se borra: la medición queda a la vista, marcada con su motivo, y deja de contar. Lo que forma parte de una nota firmada ya no cambia.
//	@Tags			Signos vitales
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string				true	"Paciente"	format(uuid)
//	@Param			reading_id		path		string				true	"Medición"	format(uuid)
//	@Param			Idempotency-Key	header		string				false	"Clave para repetir sin duplicar"
//	@Param			body			body		readingVoidRequest	true	"Motivo"
//	@Success		200				{object}	readingDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found, vitals.not_found"
//	@Failure		409				{object}	Problem	"vitals.voided"
//	@Failure		422				{object}	Problem	"vitals.frozen"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/vital-signs/{reading_id}/void [post]
func (h vitalsAPI) void(c echo.Context) error {
	id, reading, err := patientAnd(c, "reading_id", "vitals")
	if err != nil {
		return err
	}
	body, err := bind[readingVoidRequest](c)
	if err != nil {
		return err
	}
	r, err := h.svc.Void(c.Request().Context(), id, reading, body.Reason)
	if err != nil {
		return err
	}
	return ok(c, readingDTOOf(r))
}

// measures lists what can be measured.
//
//	@Summary		Las medidas, con su unidad y sus límites
//	@Description	Fuera de min y max un valor se rechaza; fuera de usual_min y usual_max se pregunta.
//	@Tags			Catálogos
//	@Produce		json
//	@Success		200	{object}	listDTO[measureDTO]
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/catalogs/measures [get]
func (h vitalsAPI) measures(c echo.Context) error { return ok(c, measuresDTO()) }
