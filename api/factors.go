package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/factor"
)

// factorsAPI is a person's own second factors, but for her passkeys.
type factorsAPI struct{ svc *factor.Service }

func (h factorsAPI) routes() []route {
	own := func(method, path string, handle echo.HandlerFunc, o routeOptions) route {
		return route{method, path, actor.Signed, handle, o}
	}
	return []route{
		own(http.MethodGet, "/api/auth/security", h.overview, routeOptions{}),
		own(http.MethodPost, "/api/auth/totp/setup", h.setUp, routeOptions{fresh: true, secret: true}),
		own(http.MethodPost, "/api/auth/totp/enable", h.enable, routeOptions{fresh: true, secret: true}),
		own(http.MethodPost, "/api/auth/totp/disable", h.disable, routeOptions{fresh: true}),
		own(http.MethodPost, "/api/auth/recovery-codes", h.renew, routeOptions{fresh: true, secret: true}),
		own(http.MethodGet, "/api/auth/devices", h.devices, routeOptions{}),
		own(http.MethodDelete, "/api/auth/devices", h.forgetAll, routeOptions{}),
		own(http.MethodDelete, "/api/auth/devices/:id", h.forget, routeOptions{}),
		own(http.MethodDelete, "/api/auth/factor/lost", h.stopRemoval, routeOptions{}),
		{http.MethodPost, "/api/auth/factor/lost/cancel", public, h.keep, routeOptions{}},
	}
}

// overview says how the account of whoever asks is guarded.
//
//	@Summary	Mi verificación en dos pasos
//	@Tags		Verificación en dos pasos
//	@Produce	json
//	@Success	200	{object}	guardsDTO
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/security [get]
func (h factorsAPI) overview(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := h.svc.Overview(ctx)
	if err != nil {
		return err
	}
	return ok(c, guardsDTOOf(o, actor.Must(ctx)))
}

// setUp makes a secret for an authenticator.
//
//	@Summary		Preparar una aplicación de códigos
//	@Description	Da un secreto nuevo (TOTP, RFC 6238: SHA-1, seis cifras, 30 segundos) y su código QR, una sola vez. No cuenta hasta que se confirma con un código en una hora. Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Verificación en dos pasos
//	@Produce		json
//	@Success		200	{object}	totpSetupDTO
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/totp/setup [post]
func (h factorsAPI) setUp(c echo.Context) error {
	s, err := h.svc.SetUp(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, totpSetupDTO{Secret: s.Secret, OTPAuthURL: s.URL, QRSVG: s.QR})
}

// enable confirms the secret with its first code.
//
//	@Summary		Activar la aplicación de códigos
//	@Description	Desde ahora se pide un código al entrar. Da diez códigos de recuperación, que se muestran una sola vez; los anteriores dejan de servir. Un código equivocado cuenta como intento fallido.
//	@Tags			Verificación en dos pasos
//	@Accept			json
//	@Produce		json
//	@Param			body	body		codeRequest	true	"El código que muestra la aplicación"
//	@Success		200		{object}	recoveryCodesDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.locked"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		422		{object}	Problem	"auth.invalid_code, auth.totp_setup_missing"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, rate.exceeded"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/totp/enable [post]
func (h factorsAPI) enable(c echo.Context) error {
	body, err := bind[codeRequest](c)
	if err != nil {
		return err
	}
	codes, err := h.svc.Enable(c.Request().Context(), body.Code)
	if err != nil {
		return err
	}
	return ok(c, recoveryCodesDTO{RecoveryCodes: codes})
}

// disable takes the authenticator away.
//
//	@Summary		Desactivar la aplicación de códigos
//	@Description	Si es el último segundo paso, sus códigos de recuperación y los dispositivos recordados se van con él.
//	@Tags			Verificación en dos pasos
//	@Success		204
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		404	{object}	Problem	"totp.not_found"
//	@Failure		422	{object}	Problem	"auth.factor_required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/totp/disable [post]
func (h factorsAPI) disable(c echo.Context) error {
	if err := h.svc.Disable(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// renew makes new recovery codes.
//
//	@Summary		Generar códigos de recuperación
//	@Description	Diez nuevos, que se muestran una sola vez; los anteriores dejan de servir. Cada uno sirve una vez, donde se pide totp_code; guiones, espacios y minúsculas no importan.
//	@Tags			Verificación en dos pasos
//	@Produce		json
//	@Success		200	{object}	recoveryCodesDTO
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		422	{object}	Problem	"auth.factor_missing"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/recovery-codes [post]
func (h factorsAPI) renew(c echo.Context) error {
	codes, err := h.svc.RenewCodes(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, recoveryCodesDTO{RecoveryCodes: codes})
}

// devices lists the remembered browsers.
//
//	@Summary	Dispositivos donde no se pide el segundo paso
//	@Tags		Verificación en dos pasos
//	@Produce	json
//	@Success	200	{object}	listDTO[deviceDTO]
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/devices [get]
func (h factorsAPI) devices(c echo.Context) error {
	all, err := h.svc.Devices(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, listDTO[deviceDTO]{Items: deviceDTOs(all)})
}

// forgetAll ends them all.
//
//	@Summary	Olvidar todos los dispositivos
//	@Tags		Verificación en dos pasos
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/devices [delete]
func (h factorsAPI) forgetAll(c echo.Context) error {
	if err := h.svc.ForgetAll(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// forget ends one.
//
//	@Summary	Olvidar un dispositivo
//	@Tags		Verificación en dos pasos
//	@Param		id	path	string	true	"Dispositivo"	Format(uuid)
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure	404	{object}	Problem	"device.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/devices/{id} [delete]
func (h factorsAPI) forget(c echo.Context) error {
	id, err := pathID(c, "id", "device")
	if err == nil {
		err = h.svc.Forget(c.Request().Context(), id)
	}
	if err != nil {
		return err
	}
	return noContent(c)
}

// stopRemoval keeps the factors of whoever asks.
//
//	@Summary		Cancelar el aviso de que perdí mi segundo paso
//	@Description	Para quien ha entrado; sin aviso pendiente no cambia nada.
//	@Tags			Verificación en dos pasos
//	@Success		204
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/factor/lost [delete]
func (h factorsAPI) stopRemoval(c echo.Context) error {
	if err := h.svc.StopRemoval(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// keep stops a removal by the link of its letter.
//
//	@Summary		Cancelar con el enlace del correo
//	@Description	Abrirlo otra vez no cambia nada. Un enlace que no existe cuenta como intento fallido.
//	@Tags			Verificación en dos pasos
//	@Accept			json
//	@Param			body	body	removalRequest	true	"Lo que viene en el enlace"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		422	{object}	Problem	"auth.removal_unknown"
//	@Failure		429	{object}	Problem	"auth.too_many_failures, rate.exceeded"
//	@Router			/api/auth/factor/lost/cancel [post]
func (h factorsAPI) keep(c echo.Context) error {
	body, err := bind[removalRequest](c)
	if err == nil {
		err = h.svc.Keep(c.Request().Context(), body.Token)
	}
	if err != nil {
		return err
	}
	return noContent(c)
}
