package api

import (
	"github.com/labstack/echo/v4"

	"historias/internal/page"
	"historias/internal/prescription"
)

// alternatives offers what may take the place of a medicine that alerts.
//
//	@Summary		Alternativas a un medicamento del borrador
//	@Description	Otros principios activos del mismo uso terapéutico (ATC), los más cercanos primero y antes los de la misma vía. Con q, lo que la búsqueda del catálogo encuentre. En ningún caso aquello de lo que avisan las alergias del paciente, ni por sustancia, ni por clase, ni por reacción cruzada.
//	@Tags			Recetas
//	@Produce		json
//	@Param			id		path		string	true	"Receta"						Format(uuid)
//	@Param			item_id	path		string	true	"Medicamento de la receta"	Format(uuid)
//	@Param			q		query		string	false	"Comienzos de palabras"
//	@Param			limit	query		int		false	"Cuántas (1 a 100)"
//	@Success		200		{object}	listDTO[medicationDTO]
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		403		{object}	Problem	"prescription.not_author"
//	@Failure		404		{object}	Problem	"prescription.not_found"
//	@Failure		409		{object}	Problem	"prescription.already_signed, prescription.discarded"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/prescriptions/{id}/items/{item_id}/alternatives [get]
func (h prescriptionsAPI) alternatives(c echo.Context) error {
	id, err := prescriptionID(c)
	if err != nil {
		return err
	}
	item, err := pathID(c, "item_id", "prescription")
	if err != nil {
		return err
	}
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	found, err := h.svc.Alternatives(c.Request().Context(), id, item, c.QueryParam("q"), p.Size())
	if err != nil {
		return err
	}
	return ok(c, pageDTO(page.List[prescription.Option]{Items: found}, optionDTOOf))
}

func optionDTOOf(o prescription.Option) medicationDTO {
	return medicationDTO{
		ID: o.ID.String(), GenericName: o.GenericName, Form: o.Form, Concentration: o.Concentration, Route: o.Route,
		ATC: o.ATC, Antibiotic: o.Antibiotic, Fraction: o.Fraction, Version: o.Version, Favorite: o.Favourite,
	}
}
