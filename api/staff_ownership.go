package api

import (
	"github.com/labstack/echo/v4"

	"historias/internal/actor"
)

// transfer offers the clinic to somebody else.
//
//	@Summary		Ofrecer la titularidad de la clínica
//	@Description	Nada cambia mientras la otra persona no la acepte, lo que puede hacer durante 72 horas. former_role es lo que será después quien la ofrece: personal médico si tiene cédula y recepción si no, cuando falta. Pide haber confirmado la identidad en los últimos cinco minutos.
//	@Tags			Personal y permisos
//	@Accept			json
//	@Produce		json
//	@Param			body	body		transferRequest	true	"A quién"
//	@Success		200		{object}	offerMadeDTO
//	@Failure		400		{object}	Problem	"request.invalid"
//	@Failure		401		{object}	Problem	"auth.required"
//	@Failure		403		{object}	Problem	"auth.forbidden, auth.proof_required"
//	@Failure		404		{object}	Problem	"staff.not_found"
//	@Failure		409		{object}	Problem	"ownership.already_offered"
//	@Failure		422		{object}	Problem	"staff.not_active, staff.own_role, staff.license_required, staff.handover_required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/transfer-ownership [post]
func (h staffAPI) transfer(c echo.Context) error {
	body, err := bind[transferRequest](c)
	if err != nil {
		return err
	}
	o, err := h.svc.OfferOwnership(c.Request().Context(), idIn(body.MembershipID), actor.Role(body.FormerRole))
	if err != nil {
		return err
	}
	return ok(c, offerMadeDTO{Status: "offered", ExpiresAt: o.ExpiresAt})
}

// offer gives the offer that waits, if any.
//
//	@Summary		El ofrecimiento de titularidad pendiente
//	@Description	Lo ven quien lo hizo y quien lo recibe. Para los demás, y cuando nada espera, la respuesta no trae «offer».
//	@Tags			Personal y permisos
//	@Produce		json
//	@Success		200	{object}	ownershipDTO
//	@Failure		401	{object}	Problem	"auth.required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/ownership-offer [get]
func (h staffAPI) offer(c echo.Context) error {
	o, err := h.svc.Ownership(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, ownershipDTOOf(o))
}

// withdraw takes the offer back, or declines it.
//
//	@Summary	Cancelar o rechazar el ofrecimiento de titularidad
//	@Tags		Personal y permisos
//	@Success	204
//	@Failure	401	{object}	Problem	"auth.required"
//	@Failure	404	{object}	Problem	"ownership.not_found"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/staff/ownership-offer [delete]
func (h staffAPI) withdraw(c echo.Context) error {
	if err := h.svc.Withdraw(c.Request().Context()); err != nil {
		return err
	}
	return noContent(c)
}

// acceptOwnership makes the caller the owner.
//
//	@Summary		Aceptar la titularidad de la clínica
//	@Description	En un solo acto, quien la acepta es titular y quien la ofreció toma la función que se acordó. Pide haber confirmado la identidad en los últimos cinco minutos.
//	@Tags			Personal y permisos
//	@Produce		json
//	@Success		200	{object}	memberDTO
//	@Failure		401	{object}	Problem	"auth.required"
//	@Failure		403	{object}	Problem	"auth.proof_required"
//	@Failure		404	{object}	Problem	"ownership.not_found"
//	@Failure		409	{object}	Problem	"ownership.changed"
//	@Failure		422	{object}	Problem	"staff.handover_required"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/staff/accept-ownership [post]
func (h staffAPI) acceptOwnership(c echo.Context) error {
	m, err := h.svc.AcceptOwnership(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, memberDTOOf(m))
}

// letter gives the letter of confidentiality.
//
//	@Summary	La carta de confidencialidad
//	@Tags		Personal y permisos
//	@Produce	json
//	@Success	200	{object}	letterDTO
//	@Failure	401	{object}	Problem	"auth.required"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/confidentiality-letter [get]
func (h staffAPI) letter(c echo.Context) error {
	l, err := h.svc.Confidentiality(c.Request().Context())
	if err != nil {
		return err
	}
	return ok(c, letterDTOOf(l))
}

// acceptLetter keeps that the caller accepts the letter.
//
//	@Summary	Aceptar la carta de confidencialidad
//	@Tags		Personal y permisos
//	@Accept		json
//	@Param		body	body	letterRequest	true	"La edición que se leyó"
//	@Success	204
//	@Failure	400	{object}	Problem	"request.invalid"
//	@Failure	401	{object}	Problem	"auth.required"
//	@Failure	422	{object}	Problem	"confidentiality.version"
//	@Security	Session
//	@Security	Bearer
//	@Router		/api/confidentiality-letter/accept [post]
func (h staffAPI) acceptLetter(c echo.Context) error {
	body, err := bind[letterRequest](c)
	if err != nil {
		return err
	}
	if err := h.svc.AcceptConfidentiality(c.Request().Context(), body.Version); err != nil {
		return err
	}
	return noContent(c)
}
