package api

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/staff"
)

type invitationRequest struct {
	Email    string `json:"email" validate:"max=500" format:"email" example:"lucia.bravo@jacarandas.example"`
	FullName string `json:"full_name" validate:"max=500" example:"Lucía Bravo Tenorio"`
	Role     string `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"receptionist"`
} //@name InvitationInput

// memberDTO is a place in the clinic. What the caller's role does not see is absent.
type memberDTO struct {
	ID         string     `json:"id" format:"uuid"`                                         // de la membresía, la misma antes y después de aceptar
	UserID     *uuid.UUID `json:"user_id,omitempty" format:"uuid"`                          // falta mientras la invitación espera
	Email      string     `json:"email,omitempty" example:"lucia.bravo@jacarandas.example"` // sólo para quien es titular
	FullName   string     `json:"full_name" example:"Lucía Bravo Tenorio"`                  //
	Role       string     `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"receptionist"`
	Status     string     `json:"status" enums:"invited,expired,active,ended" example:"active"`           //
	Prescribes bool       `json:"prescribes" example:"false"`                                             // escribe notas y recetas: puede continuar borradores
	Own        bool       `json:"own" example:"false"`                                                    // es quien pregunta
	Since      *time.Time `json:"since,omitempty" format:"date-time" example:"2026-11-24T16:00:00Z"`      //
	ExpiresAt  *time.Time `json:"expires_at,omitempty" format:"date-time" example:"2026-11-27T16:00:00Z"` // de la invitación
	EndedAt    *time.Time `json:"ended_at,omitempty" format:"date-time" example:"2026-12-24T16:00:00Z"`
	Version    int64      `json:"version" example:"1"`
} //@name StaffMember

func memberDTOOf(m staff.Member) memberDTO {
	return memberDTO{
		ID: m.ID.String(), UserID: optionalID(m.UserID), Email: m.Email, FullName: m.FullName, Role: string(m.Role),
		Status: string(m.Status), Prescribes: m.Prescribes, Own: m.Own, Version: m.Version,
		Since: optionalTime(m.Since), ExpiresAt: optionalTime(m.ExpiresAt), EndedAt: optionalTime(m.EndedAt),
	}
}

// invitedDTO is a place with the link that was just made for it.
type invitedDTO struct {
	memberDTO
	InvitationURL string `json:"invitation_url" example:"https://historias.example/invitacion/8mJ0fV2nq1sT4xYb7cWd9eRg3hKzLpQa5uNvXiMoZtE"`
} //@name Invited

func invitedDTOOf(l staff.Link) invitedDTO {
	return invitedDTO{memberDTO: memberDTOOf(l.Member), InvitationURL: l.URL}
}

type staffRequest struct {
	Role       string `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"nurse"`
	HandoverTo string `json:"handover_to,omitempty" validate:"omitempty,uuid" format:"uuid"` // membresía de quien continúa los borradores, si la nueva función no escribe notas
} //@name StaffInput

func (r staffRequest) change() staff.Change {
	return staff.Change{Role: actor.Role(r.Role), HandoverTo: idIn(r.HandoverTo)}
}

// idIn reads an id whose shape bind has judged.
func idIn(text string) uuid.UUID {
	id, _ := uuid.Parse(text)
	return id
}

type leaveRequest struct {
	HandoverTo string `json:"handover_to,omitempty" validate:"omitempty,uuid" format:"uuid"` // membresía de quien continúa los borradores
} //@name LeaveInput

type transferRequest struct {
	MembershipID string `json:"membership_id" validate:"required,uuid" format:"uuid" example:"01999999-1111-7000-8000-000000000000"`
	FormerRole   string `json:"former_role,omitempty" enums:"doctor,nurse,receptionist,privacy_officer,auditor" example:"doctor"` // lo que será quien hoy es titular
} //@name TransferInput

type offerMadeDTO struct {
	Status    string    `json:"status" enums:"offered" example:"offered"`
	ExpiresAt time.Time `json:"expires_at" format:"date-time" example:"2026-11-27T16:00:00Z"`
} //@name OwnershipOffered

// ownershipDTO says whether the clinic is about to change hands; without an offer
// that concerns whoever asks it is empty.
type ownershipDTO struct {
	Offer *ownershipOfferDTO `json:"offer,omitempty"` // falta cuando nada espera
} //@name Ownership

// ownershipOfferDTO is the offer that waits, for the two whom it concerns.
type ownershipOfferDTO struct {
	From       offerSideDTO `json:"from"`
	To         offerSideDTO `json:"to"`
	FormerRole string       `json:"former_role" enums:"doctor,nurse,receptionist,privacy_officer,auditor" example:"doctor"`
	ExpiresAt  time.Time    `json:"expires_at" format:"date-time" example:"2026-11-27T16:00:00Z"`
	Received   bool         `json:"received" example:"true"` // espera la respuesta de quien pregunta
} //@name OwnershipOffer

type offerSideDTO struct {
	MembershipID string `json:"membership_id" format:"uuid"`
	FullName     string `json:"full_name" example:"Sofía Núñez Alcaraz"`
} //@name OwnershipOfferSide

func ownershipDTOOf(o *staff.Offer) ownershipDTO {
	if o == nil {
		return ownershipDTO{}
	}
	return ownershipDTO{Offer: &ownershipOfferDTO{
		From: offerSideDTO{o.From.ID.String(), o.From.FullName}, To: offerSideDTO{o.To.ID.String(), o.To.FullName},
		FormerRole: string(o.FormerRole), ExpiresAt: o.ExpiresAt, Received: o.Received,
	}}
}

type letterDTO struct {
	Version         int    `json:"version" example:"1"`
	Text            string `json:"text" example:"Carta de confidencialidad"`
	AcceptedVersion int    `json:"accepted_version,omitempty" example:"1"` // la última edición que la persona aceptó en esta clínica
} //@name ConfidentialityLetter

func letterDTOOf(l staff.Letter) letterDTO {
	return letterDTO{Version: l.Version, Text: l.Text, AcceptedVersion: l.Accepted}
}

type letterRequest struct {
	Version int `json:"version" validate:"required" example:"1"`
} //@name ConfidentialityInput

// invitationDTO is an invitation as whoever holds its link sees it.
type invitationDTO struct {
	ClinicName      string    `json:"clinic_name" example:"Clínica Jacarandas"`
	InvitedBy       string    `json:"invited_by" example:"Sofía Núñez Alcaraz"`
	Role            string    `json:"role" enums:"owner,doctor,nurse,receptionist,privacy_officer,auditor" example:"receptionist"`
	Email           string    `json:"email" example:"lucia.bravo@jacarandas.example"`
	FullName        string    `json:"full_name" example:"Lucía Bravo Tenorio"`
	HasAccount      bool      `json:"has_account" example:"false"` // entra con la contraseña que ya tiene
	ExpiresAt       time.Time `json:"expires_at" format:"date-time" example:"2026-11-27T16:00:00Z"`
	Confidentiality letterDTO `json:"confidentiality"`
} //@name Invitation

func invitationDTOOf(o staff.Offered) invitationDTO {
	return invitationDTO{
		ClinicName: o.ClinicName, InvitedBy: o.InvitedBy, Role: string(o.Role), Email: o.Email, FullName: o.FullName,
		HasAccount: o.HasAccount, ExpiresAt: o.ExpiresAt, Confidentiality: letterDTOOf(o.Letter),
	}
}

type acceptRequest struct {
	Password              string `json:"password" validate:"required,max=5000" example:"una frase larga y propia"` // nueva, o la de su cuenta si ya tiene una
	FullName              string `json:"full_name,omitempty" validate:"max=500" example:"Lucía Bravo Tenorio"`
	Profession            string `json:"profession,omitempty" enums:"medico_cirujano,medico_homeopata,cirujano_dentista,enfermeria,psicologia,nutricion,fisioterapia,otra" example:"enfermeria"`
	LicenseNumber         string `json:"license_number,omitempty" validate:"max=50" example:"00123456"`
	TitleInstitution      string `json:"title_institution,omitempty" validate:"max=500" example:"Universidad Nacional Autónoma de México"`
	AcceptConfidentiality bool   `json:"accept_confidentiality" example:"true"`
	TOTPCode              string `json:"totp_code,omitempty" validate:"max=60" example:"123456"`
} //@name InvitationAnswer

func (r acceptRequest) answer(agent string) staff.Answer {
	return staff.Answer{
		Newcomer: staff.Newcomer{
			FullName: r.FullName, Password: r.Password, Profession: r.Profession,
			LicenseNumber: r.LicenseNumber, TitleInstitution: r.TitleInstitution,
		},
		TOTPCode: r.TOTPCode, AcceptConfidentiality: r.AcceptConfidentiality, Agent: agent,
	}
}
