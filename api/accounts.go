package api

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/clinic"
	"historias/internal/factor"
	"historias/internal/session"
	"historias/internal/staff"
)

// accountsAPI is registration, sign-in and who one is.
type accountsAPI struct {
	accounts *account.Service
	sessions *session.Service
	clinics  *clinic.Service
	staff    *staff.Service
	factors  *factor.Service
	cookie   CookieOptions
}

func (h accountsAPI) routes() []route {
	return []route{
		{http.MethodPost, "/api/auth/register", public, h.register, routeOptions{}},
		{http.MethodPost, "/api/auth/login", public, h.login, routeOptions{}},
		{http.MethodPost, "/api/auth/logout", actor.Signed, h.logout, routeOptions{covered: true}},
		{http.MethodPost, "/api/auth/factor/lost", public, h.lostFactor, routeOptions{}},
		{http.MethodPost, "/api/auth/reauthenticate", actor.Signed, h.reauthenticate, routeOptions{}},
		{http.MethodGet, "/api/auth/me", actor.Signed, h.me, routeOptions{covered: true}},
	}
}

// register makes a doctor, her clinic and a session.
//
//	@Summary	Registrar a un médico y su clínica
//	@Tags		Cuentas y sesiones
//	@Accept		json
//	@Produce	json
//	@Param		body	body		registerRequest	true	"Datos de la persona y de su clínica"
//	@Success	201		{object}	sessionDTO
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	409		{object}	Problem	"account.email_taken"
//	@Failure	413		{object}	Problem	"request.too_large"
//	@Failure	415		{object}	Problem	"request.content_type"
//	@Failure	429		{object}	Problem	"rate.exceeded, auth.too_many_failures"
//	@Failure	503		{object}	Problem	"database.away"
//	@Router		/api/auth/register [post]
func (h accountsAPI) register(c echo.Context) error {
	body, err := bind[registerRequest](c)
	if err != nil {
		return err
	}
	e, err := h.accounts.Register(c.Request().Context(), body.registration(), c.Request().UserAgent())
	if err != nil {
		return err
	}
	dto, err := h.entryDTO(c, e)
	if err != nil {
		return err
	}
	return created(c, "/api/auth/me", 0, dto)
}

// login opens a session.
//
//	@Summary		Entrar
//	@Description	A quien tiene verificación en dos pasos se le pide además totp_code: seis cifras de su aplicación o un código de recuperación. Sin él responde 401 auth.totp_required con methods; también puede entrar con su llave de acceso (/api/auth/login/passkey). Con remember_device, ese navegador no lo pide durante 30 días. Los intentos fallidos de uno y otro paso cuentan juntos: desde el décimo en 15 minutos, 429 con Retry-After; un navegador donde la persona ya había entrado tiene su propia cuenta.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		loginRequest	true	"Correo y contraseña"
//	@Success		200		{object}	sessionDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.invalid_credentials, auth.totp_required, auth.invalid_code"
//	@Failure		415		{object}	Problem	"request.content_type"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Failure		503		{object}	Problem	"database.away"
//	@Router			/api/auth/login [post]
func (h accountsAPI) login(c echo.Context) error {
	body, err := bind[loginRequest](c)
	if err != nil {
		return err
	}
	e, err := h.accounts.Login(c.Request().Context(), account.Credentials{
		Email: body.Email, Password: body.Password, Code: body.TOTPCode, Remember: body.RememberDevice,
		ClinicID: parsedID(body.ClinicID), Agent: c.Request().UserAgent(),
	})
	if err != nil {
		return err
	}
	dto, err := h.entryDTO(c, e)
	if err != nil {
		return err
	}
	return ok(c, dto)
}

// logout ends the session at once.
//
//	@Summary	Salir
//	@Tags		Cuentas y sesiones
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Failure	403	{object}	Problem	"auth.cross_site"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/logout [post]
func (h accountsAPI) logout(c echo.Context) error {
	if err := h.sessions.Close(c.Request().Context()); err != nil {
		return err
	}
	c.SetCookie(h.sessionCookie("", time.Unix(1, 0)))
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return noContent(c)
}

// me says who is signed in, where, and what she may do.
//
//	@Summary	Quién soy y qué puedo hacer
//	@Tags		Cuentas y sesiones
//	@Produce	json
//	@Success	200	{object}	meDTO
//	@Failure	401	{object}	Problem	"auth.required, auth.expired, auth.signed_out, auth.invalid_token"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/me [get]
func (h accountsAPI) me(c echo.Context) error {
	ctx := c.Request().Context()
	who := actor.Must(ctx)
	person, err := h.accounts.Person(ctx, who.UserID)
	if err != nil {
		return err
	}
	profile, err := h.clinics.Profile(ctx)
	if err != nil {
		return err
	}
	all, err := h.accounts.Memberships(ctx, who.UserID)
	if err != nil {
		return err
	}
	clinics, err := h.membershipDTOs(ctx, all)
	if err != nil {
		return err
	}
	letter, err := h.staff.Confidentiality(ctx)
	if err != nil {
		return err
	}
	standing, err := h.sessions.Standing(ctx)
	if err != nil {
		return err
	}
	methods, err := h.factors.Methods(ctx, who.UserID)
	if err != nil {
		return err
	}
	return ok(c, meDTO{
		Factor: factorDTOOf(who, methods),
		Locked: standing.Locked, HasPIN: standing.HasPIN, LockMinutes: standing.LockMinutes,
		User: userDTOOf(person), Clinic: clinicCardOf(profile), Clinics: clinics, Confidentiality: confidentialityDTOOf(letter),
		Role: string(who.Role), Permissions: who.Permissions.List(), ExpiresAt: who.ExpiresAt,
	})
}

func (h accountsAPI) entryDTO(c echo.Context, e account.Entry) (sessionDTO, error) {
	ctx := actor.System(c.Request().Context(), e.ClinicID, "sign-in")
	profile, err := h.clinics.Profile(ctx)
	if err != nil {
		return sessionDTO{}, err
	}
	c.SetCookie(h.sessionCookie(e.Ticket.Token, e.Ticket.ExpiresAt))
	h.nameBrowser(c, e)
	dto := sessionDTO{
		AccessToken: e.Ticket.Token, TokenType: "Bearer", ExpiresAt: e.Ticket.ExpiresAt,
		User: userDTOOf(e.Person), Clinic: clinicCardOf(profile),
	}
	if len(e.Clinics) > 1 {
		dto.Clinics, err = h.membershipDTOs(ctx, e.Clinics)
	}
	return dto, err
}

// membershipDTOs names the clinics of a person, each inside its own wall.
func (h accountsAPI) membershipDTOs(ctx context.Context, all []account.Membership) ([]membershipDTO, error) {
	out := make([]membershipDTO, 0, len(all))
	for _, m := range all {
		profile, err := h.clinics.Profile(actor.System(ctx, m.ClinicID, "clinics"))
		if err != nil {
			return nil, err
		}
		out = append(out, membershipDTO{
			ClinicID: m.ClinicID.String(), Slug: m.Slug, Name: profile.DisplayName(), Role: string(m.Role),
		})
	}
	return out, nil
}

func (h accountsAPI) sessionCookie(token string, expires time.Time) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // its attributes come from the environment, which production checks
		Name: cookieName, Value: token, Path: "/", Expires: expires,
		Secure: h.cookie.Secure, HttpOnly: h.cookie.HTTPOnly, SameSite: h.cookie.SameSite,
	}
}
