package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
)

// recoveryAPI is the password and the proof of the address: what a person does
// by a link in her mail, and what she does signed in.
type recoveryAPI struct{ svc *account.Service }

func (h recoveryAPI) routes() []route {
	return []route{
		{http.MethodPost, "/api/auth/password/forgot", public, h.forgot, routeOptions{}},
		{http.MethodPost, "/api/auth/password/reset", public, h.reset, routeOptions{}},
		{http.MethodPut, "/api/auth/password", actor.Signed, h.change, routeOptions{}},
		{http.MethodPost, "/api/auth/email/verify", actor.Signed, h.verify, routeOptions{}},
		{http.MethodPost, "/api/auth/email/verification", actor.Signed, h.sendVerification, routeOptions{}},
	}
}

// forgot asks for a link to a new password.
//
//	@Summary		Olvidé mi contraseña
//	@Description	Responde lo mismo, y en el mismo tiempo, exista o no una cuenta con ese correo. Si existe, se envía un enlace que sirve una hora y una sola vez.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Param			body	body	forgotRequest	true	"Correo de la cuenta"
//	@Success		202
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		413	{object}	Problem	"request.too_large"
//	@Failure		415	{object}	Problem	"request.content_type"
//	@Failure		429	{object}	Problem	"auth.too_many_failures, rate.exceeded"
//	@Failure		503	{object}	Problem	"database.away"
//	@Router			/api/auth/password/forgot [post]
func (h recoveryAPI) forgot(c echo.Context) error {
	body, err := bind[forgotRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.Forgot(c.Request().Context(), body.Email); err != nil {
		return err
	}
	return c.NoContent(http.StatusAccepted)
}

// reset gives the owner of a link a new password.
//
//	@Summary		Elegir una contraseña nueva con el enlace del correo
//	@Description	Cierra todas las sesiones de la persona y confirma su correo. No abre sesión ni evita la verificación en dos pasos.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Param			body	body	resetRequest	true	"Código del enlace y contraseña nueva"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		413	{object}	Problem	"request.too_large"
//	@Failure		415	{object}	Problem	"request.content_type"
//	@Failure		422	{object}	Problem	"auth.reset_invalid"
//	@Failure		429	{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Failure		503	{object}	Problem	"database.away"
//	@Router			/api/auth/password/reset [post]
func (h recoveryAPI) reset(c echo.Context) error {
	body, err := bind[resetRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.ResetPassword(c.Request().Context(), body.Token, body.Password); err != nil {
		return err
	}
	return noContent(c)
}

// change replaces the password of whoever is signed in.
//
//	@Summary		Cambiar mi contraseña
//	@Description	Cierra las demás sesiones de la persona; ésta sigue abierta.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Param			body	body	passwordRequest	true	"Contraseña actual y nueva"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403	{object}	Problem	"auth.cross_site"
//	@Failure		413	{object}	Problem	"request.too_large"
//	@Failure		415	{object}	Problem	"request.content_type"
//	@Failure		422	{object}	Problem	"auth.wrong_password"
//	@Failure		429	{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Failure		503	{object}	Problem	"database.away"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/password [put]
func (h recoveryAPI) change(c echo.Context) error {
	body, err := bind[passwordRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.ChangePassword(c.Request().Context(), body.CurrentPassword, body.Password); err != nil {
		return err
	}
	return noContent(c)
}

// verify proves the address of whoever is signed in.
//
//	@Summary		Confirmar mi correo con el enlace
//	@Description	El enlace debe ser de la persona de la sesión. Abrirlo dos veces no es un error.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Param			body	body	verifyEmailRequest	true	"Código del enlace"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403	{object}	Problem	"auth.cross_site"
//	@Failure		415	{object}	Problem	"request.content_type"
//	@Failure		422	{object}	Problem	"auth.verification_invalid"
//	@Failure		429	{object}	Problem	"auth.too_many_failures, rate.exceeded"
//	@Failure		503	{object}	Problem	"database.away"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/email/verify [post]
func (h recoveryAPI) verify(c echo.Context) error {
	body, err := bind[verifyEmailRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.VerifyEmail(c.Request().Context(), body.Token); err != nil {
		return err
	}
	return noContent(c)
}

// sendVerification sends the link that proves an address once more.
//
//	@Summary		Enviar de nuevo el enlace que confirma mi correo
//	@Description	Con el correo ya confirmado no envía nada.
//	@Tags			Cuentas y sesiones
//	@Success		202
//	@Failure		401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure		403	{object}	Problem	"auth.cross_site"
//	@Failure		429	{object}	Problem	"auth.too_many_letters, rate.exceeded"
//	@Failure		503	{object}	Problem	"database.away"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/email/verification [post]
func (h recoveryAPI) sendVerification(c echo.Context) error {
	if err := h.svc.SendVerification(c.Request().Context()); err != nil {
		return err
	}
	return c.NoContent(http.StatusAccepted)
}
