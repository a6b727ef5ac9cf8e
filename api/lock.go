package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/session"
)

// lockAPI covers and uncovers a session, and hands a shared computer over.
type lockAPI struct {
	svc *session.Service
	// entry answers who has come in, and judges proofs.
	entry accountsAPI
}

func (h lockAPI) routes() []route {
	return []route{
		{http.MethodPost, "/api/auth/lock", actor.Signed, h.lock, routeOptions{covered: true}},
		{http.MethodPost, "/api/auth/unlock", actor.Signed, h.unlock, routeOptions{covered: true, secret: true}},
		{http.MethodPut, "/api/auth/pin", actor.Signed, h.setPIN, routeOptions{fresh: true}},
		{http.MethodDelete, "/api/auth/pin", actor.Signed, h.removePIN, routeOptions{}},
		{http.MethodGet, "/api/auth/desk", actor.Signed, h.desk, routeOptions{covered: true}},
		{http.MethodPost, "/api/auth/desk/switch", actor.Signed, h.deskSwitch, routeOptions{covered: true, secret: true}},
	}
}

// lock covers the session.
//
//	@Summary		Bloquear mi sesión
//	@Description	Hasta que se desbloquee, todo lo demás responde 401 auth.locked. Una sesión con cookie se bloquea sola cuando nadie la usa durante lock_minutes; una con Bearer, sólo así.
//	@Tags			Cuentas y sesiones
//	@Success		204
//	@Failure		401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/lock [post]
func (h lockAPI) lock(c echo.Context) error {
	if err := h.svc.Lock(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// unlock uncovers the session.
//
//	@Summary		Desbloquear mi sesión
//	@Description	Con una sola de estas pruebas: pin, password, totp_code o passkey. El PIN sólo desbloquea; las demás valen además como prueba reciente de identidad. El quinto PIN equivocado seguido termina la sesión.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		unlockRequest	true	"Una prueba"
//	@Success		200		{object}	unlockedDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure		422		{object}	Problem	"auth.wrong_pin, auth.no_pin, auth.pin_spent, auth.wrong_password, auth.invalid_code, auth.totp_not_enrolled, auth.passkey_refused, auth.challenge_expired"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/unlock [post]
func (h lockAPI) unlock(c echo.Context) error {
	body, err := bind[unlockRequest](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if err := h.open(ctx, body); err != nil {
		return err
	}
	return ok(c, unlockedDTO{ExpiresAt: actor.Must(ctx).ExpiresAt})
}

func (h lockAPI) open(ctx context.Context, body unlockRequest) error {
	proof := body.proof()
	if body.PIN != "" {
		if proof != (account.Proof{}) {
			return field("pin", "only_one", "Use sólo una forma de confirmar que es usted.")
		}
		return h.svc.UnlockByPIN(ctx, strings.TrimSpace(body.PIN))
	}
	method, err := h.entry.accounts.Reauthenticate(ctx, proof)
	if err != nil {
		return err
	}
	return h.svc.Unlock(ctx, method)
}

// setPIN keeps the person's PIN.
//
//	@Summary		Establecer mi PIN
//	@Description	De 4 a 8 cifras que no sean obvias. Vale para todas las sesiones y clínicas de la persona. Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Param			body	body	pinRequest	true	"El PIN"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/pin [put]
func (h lockAPI) setPIN(c echo.Context) error {
	body, err := bind[pinRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.SetPIN(c.Request().Context(), strings.TrimSpace(body.PIN)); err != nil {
		return err
	}
	return noContent(c)
}

// removePIN forgets the person's PIN.
//
//	@Summary	Quitar mi PIN
//	@Tags		Cuentas y sesiones
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/pin [delete]
func (h lockAPI) removePIN(c echo.Context) error {
	if err := h.svc.RemovePIN(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// desk lists who shares the computer.
//
//	@Summary		Quiénes comparten este equipo
//	@Description	Las personas con una sesión abierta de esta clínica en este navegador, quien pregunta incluida, por nombre. También con la sesión bloqueada.
//	@Tags			Cuentas y sesiones
//	@Produce		json
//	@Success		200	{object}	deskDTO
//	@Failure		401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403	{object}	Problem	"auth.forbidden"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/desk [get]
func (h lockAPI) desk(c echo.Context) error {
	ctx := c.Request().Context()
	people, err := h.svc.Desk(ctx)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, 0, len(people))
	for _, p := range people {
		ids = append(ids, p.UserID)
	}
	names, err := h.entry.accounts.People(ctx, ids)
	if err != nil {
		return err
	}
	dto := deskDTO{Items: make([]deskPersonDTO, 0, len(people))}
	for _, p := range people {
		dto.Items = append(dto.Items, deskPersonDTO{
			UserID: p.UserID.String(), FullName: names[p.UserID].FullName, Role: string(p.Role), HasPIN: p.HasPIN,
		})
	}
	slices.SortFunc(dto.Items, func(a, b deskPersonDTO) int { return strings.Compare(a.FullName, b.FullName) })
	return ok(c, dto)
}

// deskSwitch hands the computer to somebody else.
//
//	@Summary		Cambiar de persona en este equipo
//	@Description	Retoma la sesión que esa persona tiene abierta en este navegador, con su PIN; la de quien deja el equipo queda bloqueada, no terminada. El quinto PIN equivocado seguido termina la sesión de esa persona.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		deskSwitchRequest	true	"Quién sigue, y su PIN"
//	@Success		200		{object}	sessionDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure		404		{object}	Problem	"desk.not_found"
//	@Failure		422		{object}	Problem	"auth.wrong_pin, auth.no_pin, auth.pin_spent"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, rate.exceeded"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/desk/switch [post]
func (h lockAPI) deskSwitch(c echo.Context) error {
	body, err := bind[deskSwitchRequest](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	user := parsedID(body.UserID)
	o, err := h.svc.DeskSwitch(ctx, user, strings.TrimSpace(body.PIN), c.Request().UserAgent())
	if err != nil {
		return err
	}
	return h.entry.continued(c, user, actor.Clinic(ctx), o)
}
