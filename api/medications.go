package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/prescription"
)

// medicationsInUseAPI speaks for the medicines that a patient takes.
type medicationsInUseAPI struct{ svc *prescription.Service }

func (h medicationsInUseAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/patients/:id/medications", actor.PrescriptionRead, h.list, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/medications/:course_id/stop", actor.PrescriptionWrite, h.stop, routeOptions{}},
	}
}

// list gives the medicines of a patient.
//
//	@Summary		Los medicamentos que toma un paciente
//	@Description	Los que están en uso; con status=all también los que terminaron, se suspendieron o se reemplazaron.
//	@Tags			Recetas
//	@Produce		json
//	@Param			id		path		string	true	"Paciente"	Format(uuid)
//	@Param			status	query		string	false	"Cuáles"	Enums(in_force,all)
//	@Success		200		{object}	medicationsInUseDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		404		{object}	Problem	"patient.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/medications [get]
func (h medicationsInUseAPI) list(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	status := c.QueryParam("status")
	if !slices.Contains([]string{"", "in_force", "all"}, status) {
		return field("status", "enum", "Elija una de las opciones.")
	}
	courses, err := h.svc.Medications(c.Request().Context(), id, status == "all")
	if err != nil {
		return err
	}
	out := medicationsInUseDTO{Items: make([]medicationInUseDTO, 0, len(courses))}
	for _, course := range courses {
		out.Items = append(out.Items, medicationInUseDTOOf(course))
	}
	return ok(c, out)
}

// stop ends a medicine.
//
//	@Summary	Suspender un medicamento
//	@Tags		Recetas
//	@Accept		json
//	@Produce	json
//	@Param		id				path		string		true	"Paciente"		Format(uuid)
//	@Param		course_id		path		string		true	"Medicamento"	Format(uuid)
//	@Param		Idempotency-Key	header		string		false	"Clave para repetir sin duplicar"
//	@Param		body			body		voidRequest	true	"Motivo, con tres letras o más"
//	@Success	200				{object}	medicationInUseDTO
//	@Failure	400				{object}	Problem	"request.invalid"
//	@Failure	404				{object}	Problem	"patient.not_found, medication.not_found"
//	@Failure	409				{object}	Problem	"medication.not_in_force"
//	@Failure	422				{object}	Problem	"patient.archived"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/medications/{course_id}/stop [post]
func (h medicationsInUseAPI) stop(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	course, err := pathID(c, "course_id", "medication")
	if err != nil {
		return err
	}
	body, err := bind[voidRequest](c)
	if err != nil {
		return err
	}
	stopped, err := h.svc.Stop(c.Request().Context(), id, course, body.Reason)
	if err != nil {
		return err
	}
	return ok(c, medicationInUseDTOOf(stopped))
}
