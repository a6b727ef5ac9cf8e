package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/conditions"
	"historias/internal/page"
)

// conditionsAPI speaks for allergies and problems.
type conditionsAPI struct{ svc *conditions.Service }

func (h conditionsAPI) routes() []route {
	const allergies, problems = "/api/patients/:id/allergies", "/api/patients/:id/problems"
	return []route{
		{http.MethodGet, allergies, actor.ConditionRead, h.allergies, routeOptions{}},
		{http.MethodPost, allergies, actor.ConditionWrite, h.addAllergy, routeOptions{}},
		{http.MethodPost, allergies + "/none-known", actor.ConditionWrite, h.denyAllergies, routeOptions{}},
		{http.MethodGet, allergies + "/:allergy_id", actor.ConditionRead, h.allergy, routeOptions{}},
		{http.MethodPut, allergies + "/:allergy_id", actor.ConditionWrite, h.putAllergy, routeOptions{}},
		{http.MethodGet, problems, actor.ConditionRead, h.problems, routeOptions{}},
		{http.MethodPost, problems, actor.ConditionWrite, h.addProblem, routeOptions{}},
		{http.MethodGet, problems + "/:problem_id", actor.ConditionRead, h.problem, routeOptions{}},
		{http.MethodPut, problems + "/:problem_id", actor.ConditionWrite, h.putProblem, routeOptions{}},
		{http.MethodGet, "/api/catalogs/allergens", actor.CatalogRead, h.allergens, routeOptions{}},
	}
}

// allergies shows what is known of a patient's allergies.
//
//	@Summary		Alergias de un paciente
//	@Description	status dice si no se ha preguntado (not_asked), si se preguntó y no se conocen (none_known) o si hay alguna activa (listed). La lista viene completa, primero las activas.
//	@Tags			Alergias y problemas
//	@Produce		json
//	@Param			id	path		string	true	"Paciente"	format(uuid)
//	@Success		200	{object}	allergiesDTO
//	@Failure		404	{object}	Problem	"patient.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/allergies [get]
func (h conditionsAPI) allergies(c echo.Context) error {
	return ofPatient(c, h.svc.Allergies, allergiesDTOOf)
}

// addAllergy records an allergy.
//
//	@Summary		Registrar una alergia
//	@Description	Si ya hay una activa igual responde 409 con existing_id.
//	@Tags			Alergias y problemas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string			true	"Paciente"	format(uuid)
//	@Param			Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param			body			body		allergyRequest	true	"La alergia"
//	@Success		201				{object}	allergyDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found"
//	@Failure		409				{object}	Problem	"allergy.duplicate"
//	@Failure		422				{object}	Problem	"patient.archived"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/allergies [post]
func (h conditionsAPI) addAllergy(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[allergyRequest](c)
	if err != nil {
		return err
	}
	data, status := body.data()
	e, err := h.svc.AddAllergy(c.Request().Context(), id, data, status)
	if err != nil {
		return err
	}
	return created(c, "/api/patients/"+id.String()+"/allergies/"+e.ID.String(), e.Version, allergyDTOOf(e))
}

// denyAllergies records that the patient knows of no allergy.
//
//	@Summary	Registrar que se preguntó y no se conocen alergias
//	@Tags		Alergias y problemas
//	@Produce	json
//	@Param		id				path		string	true	"Paciente"	format(uuid)
//	@Param		Idempotency-Key	header		string	false	"Clave para repetir sin duplicar"
//	@Success	200				{object}	allergiesDTO
//	@Failure	404				{object}	Problem	"patient.not_found"
//	@Failure	422				{object}	Problem	"allergy.listed, patient.archived"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/allergies/none-known [post]
func (h conditionsAPI) denyAllergies(c echo.Context) error {
	return ofPatient(c, h.svc.DenyAllergies, allergiesDTOOf)
}

// allergy reads one allergy.
//
//	@Summary	Una alergia
//	@Tags		Alergias y problemas
//	@Produce	json
//	@Param		id			path		string	true	"Paciente"	format(uuid)
//	@Param		allergy_id	path		string	true	"Alergia"	format(uuid)
//	@Success	200			{object}	allergyDTO
//	@Failure	404			{object}	Problem	"patient.not_found, allergy.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/allergies/{allergy_id} [get]
func (h conditionsAPI) allergy(c echo.Context) error {
	return oneOfPatient(c, "allergy", h.svc.Allergy, allergyDTOOf)
}

// ofPatient answers with what is known of the patient of the path.
func ofPatient[T, D any](c echo.Context, find func(ctx context.Context, patient uuid.UUID) (T, error), to func(T) D) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	known, err := find(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return ok(c, to(known))
}

// oneOfPatient answers with one condition of the patient of the path.
func oneOfPatient[T, D any](c echo.Context, subject string, find func(ctx context.Context, patient, id uuid.UUID) (conditions.Entry[T], error),
	to func(conditions.Entry[T]) D,
) error {
	id, item, err := patientAnd(c, subject+"_id", subject)
	if err != nil {
		return err
	}
	e, err := find(c.Request().Context(), id, item)
	if err != nil {
		return err
	}
	return versioned(c, e.Version, to(e))
}

// patientAnd reads the patient of the path and what belongs to her.
func patientAnd(c echo.Context, name, subject string) (patient, item uuid.UUID, err error) {
	if patient, err = pathID(c, "id", "patient"); err != nil {
		return patient, item, err
	}
	item, err = pathID(c, name, subject)
	return patient, item, err
}

// putAllergy replaces an allergy.
//
//	@Summary		Guardar una alergia
//	@Description	Sustituye toda la parte editable. Nada se borra: lo que se registró por error queda con status error.
//	@Tags			Alergias y problemas
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string					true	"Paciente"	format(uuid)
//	@Param			allergy_id	path		string					true	"Alergia"	format(uuid)
//	@Param			If-Match	header		string					true	"Versión que se tiene a la vista"
//	@Param			body		body		allergyUpdateRequest	true	"La alergia"
//	@Success		200			{object}	allergyDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		404			{object}	Problem	"patient.not_found, allergy.not_found"
//	@Failure		409			{object}	Problem	"allergy.duplicate"
//	@Failure		412			{object}	Problem	"allergy.stale"
//	@Failure		422			{object}	Problem	"patient.archived, request.read_only"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/allergies/{allergy_id} [put]
func (h conditionsAPI) putAllergy(c echo.Context) error {
	id, item, err := patientAnd(c, "allergy_id", "allergy")
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	e, err := h.svc.ChangeAllergy(ctx, id, item, version, func(now conditions.Entry[conditions.Allergy]) (conditions.Allergy, conditions.Status, error) {
		body, err := later(c, allergyDTOOf(now), allergyUpdateRequest.same)()
		data, status := body.data()
		return data, status, err
	})
	if err != nil {
		return err
	}
	return versioned(c, e.Version, allergyDTOOf(e))
}

// problems shows a patient's problems.
//
//	@Summary	Problemas de un paciente
//	@Tags		Alergias y problemas
//	@Produce	json
//	@Param		id	path		string	true	"Paciente"	format(uuid)
//	@Success	200	{object}	listDTO[problemDTO]
//	@Failure	404	{object}	Problem	"patient.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/problems [get]
func (h conditionsAPI) problems(c echo.Context) error {
	return ofPatient(c, h.svc.Problems, func(items []conditions.Entry[conditions.Problem]) listDTO[problemDTO] {
		return pageDTO(page.List[conditions.Entry[conditions.Problem]]{Items: items}, problemDTOOf)
	})
}

// addProblem records a problem.
//
//	@Summary		Registrar un problema
//	@Description	La clave debe existir en la CIE-10; su nombre y versión quedan guardados junto a lo que escribe el médico. Lo que no concuerda con el sexo o la edad vuelve en warnings. Si ya hay uno activo igual responde 409 con existing_id.
//	@Tags			Alergias y problemas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string			true	"Paciente"	format(uuid)
//	@Param			Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param			body			body		problemRequest	true	"El problema"
//	@Success		201				{object}	problemDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"patient.not_found"
//	@Failure		409				{object}	Problem	"problem.duplicate"
//	@Failure		422				{object}	Problem	"problem.unknown_code, patient.archived"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/problems [post]
func (h conditionsAPI) addProblem(c echo.Context) error {
	id, err := pathID(c, "id", "patient")
	if err != nil {
		return err
	}
	body, err := bind[problemRequest](c)
	if err != nil {
		return err
	}
	data, status := body.data()
	e, asked, err := h.svc.AddProblem(c.Request().Context(), id, data, status)
	if err != nil {
		return err
	}
	return created(c, "/api/patients/"+id.String()+"/problems/"+e.ID.String(), e.Version, problemSavedDTOOf(e, asked))
}

// problem reads one problem.
//
//	@Summary	Un problema
//	@Tags		Alergias y problemas
//	@Produce	json
//	@Param		id			path		string	true	"Paciente"	format(uuid)
//	@Param		problem_id	path		string	true	"Problema"	format(uuid)
//	@Success	200			{object}	problemDTO
//	@Failure	404			{object}	Problem	"patient.not_found, problem.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/patients/{id}/problems/{problem_id} [get]
func (h conditionsAPI) problem(c echo.Context) error {
	return oneOfPatient(c, "problem", h.svc.Problem, problemDTOOf)
}

// putProblem replaces a problem.
//
//	@Summary		Guardar un problema
//	@Description	Sustituye toda la parte editable. Resuelto sin fecha toma la de hoy. Nada se borra: lo que se registró por error queda con status error.
//	@Tags			Alergias y problemas
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string					true	"Paciente"	format(uuid)
//	@Param			problem_id	path		string					true	"Problema"	format(uuid)
//	@Param			If-Match	header		string					true	"Versión que se tiene a la vista"
//	@Param			body		body		problemUpdateRequest	true	"El problema"
//	@Success		200			{object}	problemDTO
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Failure		404			{object}	Problem	"patient.not_found, problem.not_found"
//	@Failure		409			{object}	Problem	"problem.duplicate"
//	@Failure		412			{object}	Problem	"problem.stale"
//	@Failure		422			{object}	Problem	"problem.unknown_code, patient.archived, request.read_only"
//	@Failure		428			{object}	Problem	"request.if_match"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/patients/{id}/problems/{problem_id} [put]
func (h conditionsAPI) putProblem(c echo.Context) error {
	id, item, err := patientAnd(c, "problem_id", "problem")
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	e, asked, err := h.svc.ChangeProblem(ctx, id, item, version, func(now conditions.Entry[conditions.Problem]) (conditions.Problem, conditions.Status, error) {
		body, err := later(c, problemDTOOf(now), problemUpdateRequest.same)()
		data, status := body.data()
		return data, status, err
	})
	if err != nil {
		return err
	}
	return versioned(c, e.Version, problemSavedDTOOf(e, asked))
}

// allergens searches what people react to.
//
//	@Summary	Buscar alérgenos: clases de medicamentos, sustancias, alimentos y otros
//	@Tags		Catálogos
//	@Produce	json
//	@Param		q		query		string	false	"Comienzos de palabras; sin ellas, la lista de clases, alimentos y otros"
//	@Param		limit	query		int		false	"Cuántos (1 a 100)"
//	@Success	200		{object}	listDTO[allergenDTO]
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/catalogs/allergens [get]
func (h conditionsAPI) allergens(c echo.Context) error {
	return found(c, false, h.svc.Allergens, func(a conditions.Allergen) allergenDTO { return allergenDTO(a) })
}
