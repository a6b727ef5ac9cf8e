package api

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/errs"
	"historias/internal/patient"
)

// peopleByID names those who acted; unknown ids are left out.
type peopleByID interface {
	People(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]account.Person, error)
}

// patientCards gives what a list shows of patients; the caller records the event.
type patientCards interface {
	Cards(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]patient.Listed, error)
}

// auditAPI speaks for the trail. The trail holds ids only; names are joined
// here, and only for those who may read them elsewhere.
type auditAPI struct {
	trail    *audit.Trail
	people   peopleByID
	patients patientCards
}

func (h auditAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/audit-events", actor.AuditRead, h.list, routeOptions{}},
		{http.MethodGet, "/api/audit-events/:id", actor.AuditRead, h.get, routeOptions{}},
		{http.MethodGet, "/api/audit/verification", actor.AuditRead, h.verification, routeOptions{}},
	}
}

// list shows who did what, newest first.
//
//	@Summary		Consultar la bitácora
//	@Description	Los eventos más recientes primero. Con patient_id aparecen también las listas y búsquedas que mostraron a la persona, unos segundos después de ocurrir. El nombre del paciente sólo se incluye para quien puede consultar pacientes.
//	@Tags			Bitácora
//	@Produce		json
//	@Param			patient_id	query		string	false	"Paciente"	Format(uuid)
//	@Param			actor_id	query		string	false	"Persona que actuó"	Format(uuid)
//	@Param			action		query		string	false	"Acción, como patient.read"
//	@Param			outcome		query		string	false	"Resultado"	Enums(success, denied, failure)
//	@Param			from		query		string	false	"Desde este instante (RFC 3339) o día (AAAA-MM-DD, UTC)"
//	@Param			to			query		string	false	"Hasta antes de este instante (RFC 3339), o hasta el final de este día (AAAA-MM-DD, UTC)"
//	@Param			limit		query		int		false	"Cuántos por página (1 a 100)"
//	@Param			cursor		query		string	false	"Página siguiente"
//	@Success		200			{object}	listDTO[auditEventDTO]
//	@Failure		400			{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/audit-events [get]
func (h auditAPI) list(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	f, err := auditFilter(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	list, err := h.trail.List(ctx, f, p)
	if err != nil {
		return err
	}
	names, err := h.join(ctx, list.Items)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, names.event))
}

// get shows one event and its place in the chain.
//
//	@Summary	Consultar un evento de la bitácora y su lugar en la cadena
//	@Tags		Bitácora
//	@Produce	json
//	@Param		id	path		string	true	"Evento"	Format(uuid)
//	@Success	200	{object}	auditDetailDTO
//	@Failure	404	{object}	Problem	"audit_event.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/audit-events/{id} [get]
func (h auditAPI) get(c echo.Context) error {
	id, err := pathID(c, "id", "audit_event")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	e, place, err := h.trail.Detail(ctx, id)
	if err != nil {
		return err
	}
	names, err := h.join(ctx, []audit.Record{e})
	if err != nil {
		return err
	}
	return ok(c, auditDetailDTO{auditEventDTO: names.event(e), Chain: chainDTOOf(place)})
}

// verification says whether the clinic's trail is intact.
//
//	@Summary		Comprobar que la bitácora está íntegra
//	@Description	Da la última verificación de la clínica y hace otra si tiene más de un minuto o si fresh es true. Una cadena muy larga se verifica aparte: running es true y el resultado es el anterior; vuelva a preguntar.
//	@Tags			Bitácora
//	@Produce		json
//	@Param			fresh	query		bool	false	"Verificar ahora"
//	@Success		200		{object}	auditVerificationDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/audit/verification [get]
func (h auditAPI) verification(c echo.Context) error {
	var fresh bool
	switch c.QueryParam("fresh") {
	case "", "false":
	case "true":
		fresh = true
	default:
		return field("fresh", "enum", "Debe ser true o false.")
	}
	v, err := h.trail.Verification(c.Request().Context(), fresh)
	if err != nil {
		return err
	}
	return ok(c, auditVerificationDTOOf(v))
}

// auditFilter reads the conditions of the list; all faults come back at once.
func auditFilter(c echo.Context) (audit.Filter, error) {
	var faults []errs.Field
	id := func(name string) uuid.UUID {
		text := c.QueryParam(name)
		v, err := uuid.Parse(text)
		if text != "" && (err != nil || len(text) != 36 || v == uuid.Nil) {
			faults = append(faults, errs.Field{Field: name, Code: "format", Message: "No es un identificador válido."})
		}
		return v
	}
	instant := func(name string, wholeDay time.Duration) time.Time {
		text := c.QueryParam(name)
		if text == "" {
			return time.Time{}
		}
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return at
		}
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			faults = append(faults, errs.Field{Field: name, Code: "format", Message: "Escriba una fecha como 2026-11-23 o un instante como 2026-11-23T15:04:05Z."})
		}
		return day.Add(wholeDay)
	}
	f := audit.Filter{
		PatientID: id("patient_id"), ActorID: id("actor_id"),
		Action: audit.Action(c.QueryParam("action")), Outcome: audit.Outcome(c.QueryParam("outcome")),
		From: instant("from", 0), To: instant("to", 24*time.Hour),
	}
	if e, ok := errs.As(f.Validate()); ok {
		faults = append(faults, e.Fields...)
	}
	return f, errs.Invalid(faults...)
}

// auditNames are the names that a page of events needs.
type auditNames struct {
	people   map[uuid.UUID]account.Person
	patients map[uuid.UUID]patient.Listed
	// spoken says that the reader may know patients by name.
	spoken bool
}

// join gathers the names of everybody on a page, two reads whatever its length.
func (h auditAPI) join(ctx context.Context, items []audit.Record) (auditNames, error) {
	names := auditNames{spoken: actor.Must(ctx).Permissions.Has(actor.PatientRead)}
	actors, patients := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	for _, e := range items {
		actors[e.ActorID], patients[e.PatientID] = true, true
	}
	var err error
	if names.people, err = h.people.People(ctx, someIDs(actors)); err != nil {
		return names, err
	}
	names.patients, err = h.patients.Cards(ctx, someIDs(patients))
	return names, err
}

func someIDs(set map[uuid.UUID]bool) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(set))
	for id := range set {
		if id != uuid.Nil {
			ids = append(ids, id)
		}
	}
	return ids
}
