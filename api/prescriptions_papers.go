package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

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
func (h prescriptionsAPI) pdf(c echo.Context) error {
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
func (h prescriptionsAPI) preview(c echo.Context) error {
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
