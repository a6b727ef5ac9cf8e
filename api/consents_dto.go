package api

import (
	"encoding/hex"
	"time"

	"historias/internal/consent"
)

type consentRequestRequest struct {
	Channel  string   `json:"channel" validate:"required,oneof=whatsapp link tablet" enums:"whatsapp,link,tablet" example:"whatsapp"`
	Purposes []string `json:"purposes" validate:"required,max=6,dive,oneof=care reminders sharing research marketing ai" enums:"care,reminders,sharing,research,marketing,ai" example:"care"`
} //@name ConsentRequestInput

type consentRequestDTO struct {
	ID        string    `json:"id" format:"uuid"`
	PatientID string    `json:"patient_id" format:"uuid"`
	Status    string    `json:"status" enums:"requested" example:"requested"`
	Purposes  []string  `json:"purposes" enums:"care,reminders,sharing,research,marketing,ai" example:"care"`
	ExpiresAt time.Time `json:"expires_at" format:"date-time"`
} //@name ConsentRequest

func consentRequestDTOOf(a consent.Asked) consentRequestDTO {
	return consentRequestDTO{
		ID: a.ID.String(), PatientID: a.PatientID.String(), Status: string(a.Status),
		Purposes: purposeNames(a.Purposes), ExpiresAt: a.ExpiresAt.UTC(),
	}
}

type revocationRequest struct {
	Purposes    []string `json:"purposes" validate:"required,max=6,dive,oneof=care reminders sharing research marketing ai" enums:"care,reminders,sharing,research,marketing,ai" example:"marketing"`
	Reason      string   `json:"reason" validate:"required" example:"Lo pidió en el mostrador."`
	RequestedBy string   `json:"requested_by" validate:"required,oneof=patient representative" enums:"patient,representative" example:"patient"`
} //@name RevocationInput

type purposeStateDTO struct {
	Purpose       string     `json:"purpose" enums:"care,reminders,sharing,research,marketing,ai" example:"care"`
	Necessary     bool       `json:"necessary" example:"true"`
	Status        string     `json:"status" enums:"none,requested,accepted,refused,revoked,expired" example:"accepted"`
	Since         *time.Time `json:"since,omitempty" format:"date-time"`
	NoticeVersion int        `json:"notice_version,omitempty" example:"1"`
} //@name PurposeState

type signerDTO struct {
	Role         string `json:"role" enums:"patient,representative" example:"patient"`
	Name         string `json:"name,omitempty" example:"María Fernanda Orozco Villaseñor"`
	Relationship string `json:"relationship,omitempty" example:"Madre"`
} //@name ConsentSigner

type evidenceDTO struct {
	WAMID        string     `json:"wamid,omitempty" example:"wamid.HBgNNTIxNTU1NTU1MDE0MhUCABIYFA"`
	AnswersTo    string     `json:"answers_to,omitempty"`
	Phone        string     `json:"phone,omitempty" example:"+525555550142"`
	UserID       string     `json:"user_id,omitempty" example:"MX.13491208655302741918"`
	Template     string     `json:"template,omitempty" example:"privacy_consent_notice"`
	Language     string     `json:"language,omitempty" example:"es_MX"`
	Text         string     `json:"text,omitempty"`
	Link         string     `json:"link,omitempty" example:"https://historias.example/privacy-notice/clinica-jacarandas/v/1"`
	Signer       *signerDTO `json:"signer,omitempty"`
	ActorID      *string    `json:"actor_id,omitempty" format:"uuid"`
	ActorName    string     `json:"actor_name,omitempty" example:"Laura Peña"`
	ActorRole    string     `json:"actor_role,omitempty" example:"receptionist"`
	RequestedBy  string     `json:"requested_by,omitempty" example:"patient"`
	Reason       string     `json:"reason,omitempty" example:"Lo pidió en el mostrador."`
	ErrorCode    int        `json:"error_code,omitempty" example:"131026"`
	ErrorMessage string     `json:"error_message,omitempty"`
} //@name ConsentEvidence

type consentEventDTO struct {
	ID            string      `json:"id" format:"uuid"`
	Seq           int64       `json:"seq" example:"1"`
	Type          string      `json:"type" enums:"requested,queued,sent,delivered,read,failed,accepted,refused,revoked,expired" example:"accepted"`
	Purposes      []string    `json:"purposes" enums:"care,reminders,sharing,research,marketing,ai" example:"care"`
	At            time.Time   `json:"at" format:"date-time"`
	RecordedAt    time.Time   `json:"recorded_at" format:"date-time"`
	Channel       string      `json:"channel" enums:"whatsapp,link,tablet,desk" example:"whatsapp"`
	RequestID     *string     `json:"request_id,omitempty" format:"uuid"`
	MessageID     *string     `json:"message_id,omitempty" format:"uuid"`
	NoticeVersion int         `json:"notice_version,omitempty" example:"1"`
	NoticeHash    string      `json:"notice_hash,omitempty" example:"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab"`
	Evidence      evidenceDTO `json:"evidence"`
	PrevHash      string      `json:"prev_hash" example:"0000000000000000000000000000000000000000000000000000000000000000"`
	Hash          string      `json:"hash" example:"51b80f3d51b80f3d51b80f3d51b80f3d51b80f3d51b80f3d51b80f3d51b80f3d"`
} //@name ConsentEvent

type consentsDTO struct {
	Purposes []purposeStateDTO `json:"purposes"`
	Events   []consentEventDTO `json:"events"`
} //@name Consents

func consentsDTOOf(v consent.View) consentsDTO {
	dto := consentsDTO{Purposes: []purposeStateDTO{}, Events: []consentEventDTO{}}
	for _, p := range v.Purposes {
		dto.Purposes = append(dto.Purposes, purposeStateDTO{
			Purpose: string(p.Purpose), Necessary: p.Purpose.Necessary(), Status: string(p.Status),
			Since: instant(p.Since), NoticeVersion: p.Notice,
		})
	}
	for _, e := range v.Events {
		dto.Events = append(dto.Events, consentEventDTOOf(e))
	}
	return dto
}

func consentEventDTOOf(e consent.Event) consentEventDTO {
	return consentEventDTO{
		ID: e.ID.String(), Seq: e.Seq, Type: string(e.Type), Purposes: purposeNames(e.Purposes), At: e.At.UTC(),
		RecordedAt: e.RecordedAt.UTC(), Channel: string(e.Channel), RequestID: idText(e.RequestID),
		MessageID: idText(e.MessageID), NoticeVersion: e.Notice.Version, NoticeHash: hex.EncodeToString(e.Notice.Hash),
		Evidence: evidenceDTOOf(e.Evidence), PrevHash: hex.EncodeToString(e.Prev), Hash: hex.EncodeToString(e.Hash),
	}
}

func evidenceDTOOf(e consent.Evidence) evidenceDTO {
	dto := evidenceDTO{
		WAMID: e.MessageID, AnswersTo: e.AnswersTo, Phone: e.Phone, UserID: e.UserID, Template: e.Template,
		Language: e.Language, Text: e.Text, Link: e.Link, ActorID: idText(e.ActorID), ActorName: e.ActorName,
		ActorRole: e.ActorRole, RequestedBy: e.RequestedBy, Reason: e.Reason, ErrorCode: e.ErrorCode, ErrorMessage: e.ErrorMessage,
	}
	if e.Signer != nil {
		dto.Signer = &signerDTO{Role: e.Signer.Role, Name: e.Signer.Name, Relationship: e.Signer.Relationship}
	}
	return dto
}

func purposes(names []string) []consent.Purpose {
	out := make([]consent.Purpose, 0, len(names))
	for _, n := range names {
		out = append(out, consent.Purpose(n))
	}
	return out
}

func purposeNames(all []consent.Purpose) []string {
	out := make([]string, 0, len(all))
	for _, p := range all {
		out = append(out, string(p))
	}
	return out
}
