package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/staff"
)

// invitationsAPI is the door for somebody who holds the link of an invitation.
type invitationsAPI struct {
	svc   *staff.Service
	entry accountsAPI
}

func (h invitationsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/invitations/:token", public, h.get, routeOptions{}},
		{http.MethodPost, "/api/invitations/:token/accept", public, h.accept, routeOptions{}},
	}
}

// get shows an invitation; nothing changes, however often it is opened.
//
//	@Summary		Una invitación
//	@Description	La ve quien tiene el enlace. has_account dice que el correo ya tiene cuenta: se entra con su contraseña. Abrirla no cambia nada.
//	@Tags			Personal y permisos
//	@Produce		json
//	@Param			token	path		string	true	"La última parte del enlace"
//	@Success		200		{object}	invitationDTO
//	@Failure		404		{object}	Problem	"invitation.not_found"
//	@Failure		409		{object}	Problem	"invitation.used, invitation.expired"
//	@Failure		429		{object}	Problem	"rate.exceeded"
//	@Failure		503		{object}	Problem	"database.away"
//	@Router			/api/invitations/{token} [get]
func (h invitationsAPI) get(c echo.Context) error {
	o, err := h.svc.Open(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return ok(c, invitationDTOOf(o))
}

// accept takes an invitation and opens a session.
//
//	@Summary		Aceptar una invitación
//	@Description	Sirve una vez. Quien ya tiene cuenta prueba que es suya con su contraseña, y con totp_code si tiene verificación en dos pasos; los intentos fallidos cuentan como los de entrar. Quien no, crea aquí su cuenta: para el personal médico son necesarios profession, license_number y title_institution.
//	@Tags			Personal y permisos
//	@Accept			json
//	@Produce		json
//	@Param			token	path		string			true	"La última parte del enlace"
//	@Param			body	body		acceptRequest	true	"Contraseña y datos de la persona"
//	@Success		201		{object}	sessionDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.invalid_credentials, auth.totp_required, auth.invalid_code"
//	@Failure		404		{object}	Problem	"invitation.not_found"
//	@Failure		409		{object}	Problem	"invitation.used, invitation.expired, invitation.changed, staff.already_member, account.email_taken"
//	@Failure		413		{object}	Problem	"request.too_large"
//	@Failure		415		{object}	Problem	"request.content_type"
//	@Failure		422		{object}	Problem	"staff.license_required"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, auth.busy, rate.exceeded"
//	@Failure		503		{object}	Problem	"database.away"
//	@Router			/api/invitations/{token}/accept [post]
func (h invitationsAPI) accept(c echo.Context) error {
	body, err := bind[acceptRequest](c)
	if err != nil {
		return err
	}
	ctx, device := account.NameBrowser(c.Request().Context())
	e, err := h.svc.Accept(ctx, c.Param("token"), body.answer(c.Request().UserAgent()))
	if err != nil {
		return err
	}
	person, err := h.entry.accounts.Person(actor.System(ctx, e.ClinicID, "sign-in"), e.UserID)
	if err != nil {
		return err
	}
	clinics, err := h.entry.accounts.Memberships(ctx, e.UserID)
	if err != nil {
		return err
	}
	dto, err := h.entry.entryDTO(c, account.Entry{
		Person: person, ClinicID: e.ClinicID, Ticket: account.Ticket(e.Ticket), Clinics: clinics, Device: device,
	})
	if err != nil {
		return err
	}
	return created(c, "/api/auth/me", 0, dto)
}
