package api

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/session"
)

// sessionsAPI is a person's sessions over all her clinics.
type sessionsAPI struct {
	svc *session.Service
	// entry answers who has come in.
	entry accountsAPI
}

func (h sessionsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/auth/sessions", actor.Signed, h.list, routeOptions{}},
		{http.MethodDelete, "/api/auth/sessions", actor.Signed, h.endOthers, routeOptions{fresh: true}},
		{http.MethodDelete, "/api/auth/sessions/:id", actor.Signed, h.end, routeOptions{}},
		{http.MethodPost, "/api/auth/switch-clinic", actor.Signed, h.switchClinic, routeOptions{secret: true}},
	}
}

// list gives the sessions of whoever asks.
//
//	@Summary		Mis sesiones abiertas
//	@Description	En todas las clínicas de la persona, la más nueva primero. current es la que pregunta. El equipo es lo que el navegador dice de sí mismo.
//	@Tags			Cuentas y sesiones
//	@Produce		json
//	@Param			limit	query		int		false	"Cuántas por página (1 a 100)"
//	@Param			cursor	query		string	false	"Página siguiente"
//	@Success		200		{object}	listDTO[seatDTO]
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.locked"
//	@Failure		403		{object}	Problem	"auth.forbidden"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/sessions [get]
func (h sessionsAPI) list(c echo.Context) error {
	p, err := pageOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	list, err := h.svc.Seats(ctx, p)
	if err != nil {
		return err
	}
	names, err := h.clinicNames(ctx, list.Items)
	if err != nil {
		return err
	}
	return ok(c, pageDTO(list, func(s session.Seat) seatDTO { return seatDTOOf(s, names[s.ClinicID]) }))
}

// clinicNames names the clinics of sessions, each inside its own wall.
func (h sessionsAPI) clinicNames(ctx context.Context, seats []session.Seat) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	for _, s := range seats {
		if _, known := names[s.ClinicID]; known {
			continue
		}
		profile, err := h.entry.clinics.Profile(actor.System(ctx, s.ClinicID, "sessions"))
		if err != nil {
			return nil, err
		}
		names[s.ClinicID] = profile.DisplayName()
	}
	return names, nil
}

// end ends one session.
//
//	@Summary		Terminar una de mis sesiones
//	@Description	Deja de servir en su siguiente solicitud, en cualquiera de las clínicas de la persona. Terminar la propia equivale a salir.
//	@Tags			Cuentas y sesiones
//	@Param			id	path	string	true	"Sesión"	format(uuid)
//	@Success		204
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure		404	{object}	Problem	"session.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/sessions/{id} [delete]
func (h sessionsAPI) end(c echo.Context) error {
	id, err := pathID(c, "id", "session")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if err := h.svc.End(ctx, id); err != nil {
		return err
	}
	if id == actor.Must(ctx).SessionID {
		c.SetCookie(h.entry.sessionCookie("", time.Unix(1, 0)))
	}
	return noContent(c)
}

// endOthers ends every session but the one that asks.
//
//	@Summary		Terminar todas mis demás sesiones
//	@Description	Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Cuentas y sesiones
//	@Success		204
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/sessions [delete]
func (h sessionsAPI) endOthers(c echo.Context) error {
	if err := h.svc.EndOthers(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// switchClinic moves the session to another clinic.
//
//	@Summary		Cambiar de clínica
//	@Description	Abre en la otra clínica una sesión de la misma persona y termina ésta. La hora en que la sesión vence no cambia. No repita con Idempotency-Key: aquí no se guarda la respuesta.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		switchClinicRequest	true	"A cuál de sus clínicas"
//	@Success		200		{object}	sessionDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.locked"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure		404		{object}	Problem	"clinic.not_found"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/switch-clinic [post]
func (h sessionsAPI) switchClinic(c echo.Context) error {
	body, err := bind[switchClinicRequest](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	clinic := parsedID(body.ClinicID)
	o, err := h.svc.Switch(ctx, clinic, c.Request().UserAgent())
	if err != nil {
		return err
	}
	return h.entry.continued(c, actor.Must(ctx).UserID, clinic, o)
}

// continued answers who goes on in a session, as sign-in does.
func (h accountsAPI) continued(c echo.Context, user, clinic uuid.UUID, o session.Opened) error {
	ctx := actor.System(c.Request().Context(), clinic, "sign-in")
	person, err := h.accounts.Person(ctx, user)
	if err != nil {
		return err
	}
	all, err := h.accounts.Memberships(ctx, user)
	if err != nil {
		return err
	}
	dto, err := h.entryDTO(c, account.Entry{
		Person: person, ClinicID: clinic, Clinics: all,
		Ticket: account.Ticket{SessionID: o.ID, Token: o.Token, ExpiresAt: o.ExpiresAt},
	})
	if err != nil {
		return err
	}
	return ok(c, dto)
}

// parsedID reads an id whose shape was checked already.
func parsedID(text string) uuid.UUID {
	id, _ := uuid.Parse(text)
	return id
}
