package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/consultation"
)

// signingAPI speaks for the signing of notes and for their papers.
type signingAPI struct{ svc *consultation.Service }

func (h signingAPI) routes() []route {
	return []route{
		{http.MethodPost, "/api/consultations/:id/sign", actor.ConsultationSign, h.sign, routeOptions{slow: true}},
		{http.MethodPost, "/api/consultations/:id/addenda", actor.ConsultationSign, h.append, routeOptions{}},
		{http.MethodGet, "/api/consultations/:id/pdf", actor.ConsultationRead, h.pdf, routeOptions{}},
		{http.MethodGet, "/api/consultations/:id/preview.pdf", actor.ConsultationWrite, h.preview, routeOptions{}},
	}
}

func (r signRequest) noteProof() consultation.Proof {
	proof := consultation.Proof{Password: r.Password, TOTPCode: r.TOTPCode}
	if r.Passkey != nil {
		proof.Passkey = &consultation.Passkey{ChallengeID: parsedID(r.Passkey.ChallengeID), Credential: r.Passkey.Credential}
	}
	return proof
}

// sign freezes a note.
//
//	@Summary		Firmar una nota
//	@Description	Congela la nota con los datos de su encabezado, calcula su huella (SHA-256) y la firma. Si viene If-Match, debe ser la versión actual. Después sólo se le agregan adendas.
//	@Tags			Consultas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string		true	"Consulta"	Format(uuid)
//	@Param			If-Match		header		string		false	"Versión que se tiene a la vista"
//	@Param			Idempotency-Key	header		string		false	"Clave para repetir sin duplicar"
//	@Param			body			body		signRequest	true	"Prueba de que firma su autora"
//	@Success		200				{object}	consultationDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		403				{object}	Problem	"consultation.not_author"
//	@Failure		404				{object}	Problem	"consultation.not_found"
//	@Failure		409				{object}	Problem	"consultation.already_signed, consultation.discarded"
//	@Failure		412				{object}	Problem	"consultation.stale"
//	@Failure		422				{object}	Problem	"consultation.incomplete, clinic.incomplete, user.no_license, patient.archived, office.required, auth.wrong_password, auth.invalid_code, auth.totp_not_enrolled, auth.passkey_refused, auth.challenge_expired"
//	@Failure		429				{object}	Problem	"auth.too_many_failures"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id}/sign [post]
func (h signingAPI) sign(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	version := int64(consultation.AnyVersion)
	if c.Request().Header.Get("If-Match") != "" {
		if version, err = ifMatch(c); err != nil {
			return err
		}
	}
	body, err := bind[signRequest](c)
	if err != nil {
		return err
	}
	n, err := h.svc.Sign(c.Request().Context(), id, version, body.noteProof())
	if err != nil {
		return err
	}
	return versioned(c, n.Version, consultationDTOOf(n))
}

// append adds to a signed note.
//
//	@Summary		Agregar una adenda
//	@Description	Un texto con fecha y firma propias junto a una nota firmada, que queda como estaba. Responde la nota con todas sus adendas.
//	@Tags			Consultas
//	@Accept			json
//	@Produce		json
//	@Param			id				path		string			true	"Consulta"	Format(uuid)
//	@Param			Idempotency-Key	header		string			false	"Clave para repetir sin duplicar"
//	@Param			body			body		addendumRequest	true	"Texto y prueba de quien firma"
//	@Success		201				{object}	consultationDTO
//	@Failure		400				{object}	Problem	"request.invalid"
//	@Failure		404				{object}	Problem	"consultation.not_found"
//	@Failure		409				{object}	Problem	"consultation.not_signed"
//	@Failure		413				{object}	Problem	"consultation.too_large"
//	@Failure		422				{object}	Problem	"clinic.incomplete, user.no_license, patient.archived, office.required, auth.wrong_password, auth.invalid_code, auth.totp_not_enrolled, auth.passkey_refused, auth.challenge_expired"
//	@Failure		429				{object}	Problem	"auth.too_many_failures"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/consultations/{id}/addenda [post]
func (h signingAPI) append(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	body, err := bind[addendumRequest](c)
	if err != nil {
		return err
	}
	n, err := h.svc.Append(c.Request().Context(), id, body.Text, body.noteProof())
	if err != nil {
		return err
	}
	return created(c, "/api/consultations/"+id.String(), n.Version, consultationDTOOf(n))
}

// pdf gives the stored document.
//
//	@Summary	El documento de una nota firmada
//	@Tags		Consultas
//	@Produce	application/pdf
//	@Param		id			path		string	true	"Consulta"	Format(uuid)
//	@Param		format		query		string	false	"Papel"		Enums(letter,half_letter)
//	@Param		addendum	query		int		false	"El de la adenda de este número"
//	@Success	200			{file}		binary
//	@Failure	400			{object}	Problem	"request.invalid"
//	@Failure	404			{object}	Problem	"consultation.not_found, addendum.not_found"
//	@Failure	409			{object}	Problem	"consultation.not_signed"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/consultations/{id}/pdf [get]
func (h signingAPI) pdf(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	number := 0
	if text := c.QueryParam("addendum"); text != "" {
		if number, err = strconv.Atoi(text); err != nil || number < 1 {
			return field("addendum", "range", "Debe ser el número de una adenda.")
		}
	}
	f, err := h.svc.PDF(c.Request().Context(), id, number, c.QueryParam("format"))
	if err != nil {
		return err
	}
	return inlinePDF(c, f.Name, f.PDF)
}

// preview draws a draft.
//
//	@Summary	Vista previa del borrador de una nota
//	@Tags		Consultas
//	@Produce	application/pdf
//	@Param		id		path		string	true	"Consulta"	Format(uuid)
//	@Param		format	query		string	false	"Papel"		Enums(letter,half_letter)
//	@Success	200		{file}		binary
//	@Failure	400		{object}	Problem	"request.invalid"
//	@Failure	403		{object}	Problem	"consultation.not_author"
//	@Failure	404		{object}	Problem	"consultation.not_found"
//	@Failure	409		{object}	Problem	"consultation.already_signed, consultation.discarded"
//	@Failure	422		{object}	Problem	"clinic.incomplete, user.no_license, patient.archived, office.required"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/consultations/{id}/preview.pdf [get]
func (h signingAPI) preview(c echo.Context) error {
	id, err := consultationID(c)
	if err != nil {
		return err
	}
	f, err := h.svc.Preview(c.Request().Context(), id, c.QueryParam("format"))
	if err != nil {
		return err
	}
	return inlinePDF(c, f.Name, f.PDF)
}
