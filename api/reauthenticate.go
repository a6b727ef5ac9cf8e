package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/factor"
)

// reauthenticate takes a fresh proof.
//
//	@Summary		Confirmar que soy yo
//	@Description	Con una sola de estas pruebas: password, totp_code (o un código de recuperación) o passkey. Vale cinco minutos para lo que pide una prueba reciente (403 auth.proof_required). La contraseña basta aunque la persona tenga segundo paso.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		proofRequest	true	"Una prueba"
//	@Success		200		{object}	provedDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.locked"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site"
//	@Failure		422		{object}	Problem	"auth.wrong_password, auth.invalid_code, auth.totp_not_enrolled, auth.passkey_refused, auth.challenge_expired"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/reauthenticate [post]
func (h accountsAPI) reauthenticate(c echo.Context) error {
	body, err := bind[proofRequest](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if _, err := h.accounts.Reauthenticate(ctx, body.proof()); err != nil {
		return err
	}
	until, err := h.sessions.Prove(ctx)
	if err == nil {
		err = h.accounts.Proved(ctx)
	}
	if err != nil {
		return err
	}
	return ok(c, provedDTO{ProvedUntil: until})
}

// lostFactor hears somebody at the door who has no second factor to offer.
//
//	@Summary		Perdí mi segundo paso
//	@Description	Responde lo mismo haya o no cuenta, y sea o no la contraseña. Si es correcta: donde otras dos personas de la clínica pueden decidirlo (titular, personal médico o responsable de privacidad), se les pide aprobarlo; donde no, se quita 24 horas después de avisar por correo, con un enlace para cancelarlo. Los intentos fallidos cuentan como al entrar.
//	@Tags			Verificación en dos pasos
//	@Accept			json
//	@Param			body	body	lostFactorRequest	true	"Correo y contraseña"
//	@Success		202
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		429	{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Router			/api/auth/factor/lost [post]
func (h accountsAPI) lostFactor(c echo.Context) error {
	body, err := bind[lostFactorRequest](c)
	if err == nil {
		err = h.accounts.LostFactor(c.Request().Context(), body.Email, body.Password)
	}
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusAccepted)
}

// nameBrowser lets a browser keep its name, and that it is remembered.
func (h accountsAPI) nameBrowser(c echo.Context, e account.Entry) {
	if e.Device != "" {
		c.SetCookie(h.cookie.cookie(deviceCookie, e.Device, deviceLife))
	}
	if e.Trust != "" {
		c.SetCookie(h.cookie.cookie(trustCookie, e.Trust, factor.TrustLife))
	}
}
