package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/prescription"
)

// medicationsInUseAPI speaks for the medicines that a patient takes, and for the
// papers of recetas.
type medicationsInUseAPI struct{ svc *prescription.Service }

func (h medicationsInUseAPI) routes() []route {
	read, write := actor.PrescriptionRead, actor.PrescriptionWrite
	return []route{
		{http.MethodGet, "/api/patients/:id/medications", read, h.list, routeOptions{}},
		{http.MethodPost, "/api/patients/:id/medications/:course_id/stop", write, h.stop, routeOptions{}},
		{http.MethodGet, "/api/prescriptions/:id/pdf", read, h.pdf, routeOptions{}},
		{http.MethodGet, "/api/prescriptions/:id/preview.pdf", write, h.preview, routeOptions{}},
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

// paperFormats are the papers of a receta; the first is the usual one.
var paperFormats = []string{"half_letter", "letter", "letter_large"}

// pdf gives the stored document.
//
//	@Summary	El documento de una receta firmada
//	@Tags		Recetas
//	@Produce	application/pdf
//	@Param		id		path		string	true	"Receta"	Format(uuid)
//	@Param		format	query		string	false	"Papel"		Enums(half_letter,letter,letter_large)
//	@Success	200		{file}		binary
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	403		{object}	Problem	"prescription.not_author"
//	@Failure	404		{object}	Problem	"prescription.not_found"
//	@Failure	409		{object}	Problem	"prescription.not_signed"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/prescriptions/{id}/pdf [get]
func (h medicationsInUseAPI) pdf(c echo.Context) error {
	id, format, err := paperOf(c)
	if err != nil {
		return err
	}
	raw, err := h.svc.File(c.Request().Context(), id, format)
	if err != nil {
		return err
	}
	return inlinePDF(c, "receta-"+id.String()+"-"+format+".pdf", raw)
}

// preview renders a draft.
//
//	@Summary	Vista previa del borrador de una receta
//	@Tags		Recetas
//	@Produce	application/pdf
//	@Param		id		path		string	true	"Receta"	Format(uuid)
//	@Param		format	query		string	false	"Papel"		Enums(half_letter,letter,letter_large)
//	@Success	200		{file}		binary
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	403		{object}	Problem	"prescription.not_author"
//	@Failure	404		{object}	Problem	"prescription.not_found"
//	@Failure	409		{object}	Problem	"prescription.already_signed, prescription.discarded"
//	@Failure	422		{object}	Problem	"clinic.incomplete, user.no_license, patient.archived, office.required"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/prescriptions/{id}/preview.pdf [get]
func (h medicationsInUseAPI) preview(c echo.Context) error {
	id, format, err := paperOf(c)
	if err != nil {
		return err
	}
	raw, err := h.svc.Preview(c.Request().Context(), id, format)
	if err != nil {
		return err
	}
	return inlinePDF(c, "borrador-"+id.String()+".pdf", raw)
}

func paperOf(c echo.Context) (id uuid.UUID, format string, err error) {
	if id, err = prescriptionID(c); err != nil {
		return id, "", err
	}
	if format = c.QueryParam("format"); format == "" {
		format = paperFormats[0]
	}
	if !slices.Contains(paperFormats, format) {
		return id, "", field("format", "enum", "Elija una de las opciones.")
	}
	return id, format, nil
}

// inlinePDF answers a document that a browser shows; its name holds ids only.
func inlinePDF(c echo.Context, name string, raw []byte) error {
	c.Response().Header().Set("Content-Disposition", `inline; filename="`+name+`"`)
	return c.Blob(http.StatusOK, "application/pdf", raw)
}
