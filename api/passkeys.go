package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/factor"
)

// passkeysAPI is passkeys: one's own, and coming in by them.
type passkeysAPI struct {
	svc *factor.Service
	// entry answers who has come in.
	entry accountsAPI
}

func (h passkeysAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/auth/passkeys", actor.Signed, h.list, routeOptions{}},
		{http.MethodPost, "/api/auth/passkeys", actor.Signed, h.finish, routeOptions{fresh: true, secret: true}},
		{http.MethodPost, "/api/auth/passkeys/begin", actor.Signed, h.begin, routeOptions{fresh: true, secret: true}},
		{http.MethodPost, "/api/auth/passkeys/finish", actor.Signed, h.finish, routeOptions{fresh: true, secret: true}},
		{http.MethodDelete, "/api/auth/passkeys/:id", actor.Signed, h.remove, routeOptions{fresh: true}},
		{http.MethodPost, "/api/auth/login/passkey/begin", public, h.beginEntry, routeOptions{}},
		{http.MethodPost, "/api/auth/login/passkey/finish", public, h.enter, routeOptions{}},
	}
}

// list gives one's passkeys.
//
//	@Summary	Mis llaves de acceso
//	@Tags		Verificación en dos pasos
//	@Produce	json
//	@Success	200	{object}	listDTO[passkeyDTO]
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/passkeys [get]
func (h passkeysAPI) list(c echo.Context) error {
	all, err := h.svc.Passkeys(c.Request().Context())
	if err != nil {
		return err
	}
	out := listDTO[passkeyDTO]{Items: make([]passkeyDTO, 0, len(all))}
	for _, k := range all {
		out.Items = append(out.Items, passkeyDTOOf(k))
	}
	return ok(c, out)
}

// begin asks the browser to make one.
//
//	@Summary		Comenzar a agregar una llave de acceso
//	@Description	Las opciones son para navigator.credentials.create y sirven cinco minutos, una vez. Pide una prueba reciente de identidad (5 minutos).
//	@Tags			Verificación en dos pasos
//	@Produce		json
//	@Success		200	{object}	challengeDTO
//	@Failure		401	{object}	Problem	"auth.required, auth.locked"
//	@Failure		403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		422	{object}	Problem	"auth.passkeys_unavailable, auth.too_many_passkeys"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/passkeys/begin [post]
func (h passkeysAPI) begin(c echo.Context) error {
	challenge, err := h.svc.BeginPasskey(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, challengeDTOOf(challenge))
}

// finish keeps what the browser made.
//
//	@Summary		Agregar una llave de acceso
//	@Description	Guarda la que hizo el navegador. Con el primer segundo paso de la persona vienen diez códigos de recuperación, que se muestran una sola vez. Las dos direcciones hacen lo mismo.
//	@Tags			Verificación en dos pasos
//	@Accept			json
//	@Produce		json
//	@Param			body	body		newPasskeyRequest	true	"Lo que hizo el navegador y el nombre que se le da"
//	@Success		201		{object}	newPasskeyDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required, auth.locked"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure		409		{object}	Problem	"auth.passkey_known"
//	@Failure		422		{object}	Problem	"auth.passkey_invalid, auth.challenge_expired, auth.passkeys_unavailable"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/auth/passkeys [post]
//	@Router			/api/auth/passkeys/finish [post]
func (h passkeysAPI) finish(c echo.Context) error {
	body, err := bind[newPasskeyRequest](c)
	if err != nil {
		return err
	}
	key, codes, err := h.svc.FinishPasskey(c.Request().Context(), factor.NewKey{
		ChallengeID: parsedID(body.ChallengeID), Name: body.Name, Credential: body.Credential,
	})
	if err != nil {
		return err
	}
	return created(c, "/api/auth/passkeys/"+key.ID.String(), 0, newPasskeyDTO{passkeyDTOOf(key), codes})
}

// remove takes one away.
//
//	@Summary	Quitar una llave de acceso
//	@Tags		Verificación en dos pasos
//	@Param		id	path	string	true	"Llave de acceso"	Format(uuid)
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required, auth.locked"
//	@Failure	403	{object}	Problem	"auth.forbidden, auth.cross_site, auth.proof_required"
//	@Failure	404	{object}	Problem	"passkey.not_found"
//	@Failure	422	{object}	Problem	"auth.factor_required"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/auth/passkeys/{id} [delete]
func (h passkeysAPI) remove(c echo.Context) error {
	id, err := pathID(c, "id", "passkey")
	if err == nil {
		err = h.svc.RemovePasskey(c.Request().Context(), id)
	}
	if err != nil {
		return err
	}
	return noContent(c)
}

// beginEntry asks for a passkey of whoever it is.
//
//	@Summary		Comenzar con una llave de acceso
//	@Description	Las opciones son para navigator.credentials.get y sirven cinco minutos, una vez: para entrar, o como prueba de identidad donde se pide passkey.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		emptyRequest	true	"Vacío"
//	@Success		200		{object}	challengeDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		422		{object}	Problem	"auth.passkeys_unavailable"
//	@Failure		429		{object}	Problem	"rate.exceeded"
//	@Router			/api/auth/login/passkey/begin [post]
func (h passkeysAPI) beginEntry(c echo.Context) error {
	if _, err := bind[emptyRequest](c); err != nil {
		return err
	}
	challenge, err := h.svc.BeginEntry(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, challengeDTOOf(challenge))
}

// enter opens a session for whose passkey answered.
//
//	@Summary		Entrar con una llave de acceso
//	@Description	Sin contraseña: la llave de acceso, desbloqueada con huella, rostro o PIN, vale por los dos pasos.
//	@Tags			Cuentas y sesiones
//	@Accept			json
//	@Produce		json
//	@Param			body	body		passkeyLoginRequest	true	"La respuesta del navegador"
//	@Success		200		{object}	sessionDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.passkey_refused, auth.invalid_credentials"
//	@Failure		422		{object}	Problem	"auth.challenge_expired, auth.passkeys_unavailable"
//	@Failure		429		{object}	Problem	"auth.too_many_failures, rate.exceeded"
//	@Router			/api/auth/login/passkey/finish [post]
func (h passkeysAPI) enter(c echo.Context) error {
	body, err := bind[passkeyLoginRequest](c)
	if err != nil {
		return err
	}
	e, err := h.entry.accounts.LoginByPasskey(c.Request().Context(), account.PasskeyEntry{
		PasskeyProof: account.PasskeyProof{ChallengeID: parsedID(body.ChallengeID), Credential: body.Credential},
		ClinicID:     parsedID(body.ClinicID), Agent: c.Request().UserAgent(),
	})
	if err != nil {
		return err
	}
	dto, err := h.entry.entryDTO(c, e)
	if err != nil {
		return err
	}
	return ok(c, dto)
}
