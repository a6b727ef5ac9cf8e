package api

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/messaging"
)

type resolveRequest struct {
	Note string `json:"note,omitempty" validate:"max=1000" example:"Se le llamó y vendrá el martes."`
} //@name ResolveInput

// callsDTO counts the messages that ask for a telephone call.
type callsDTO struct {
	Count int `json:"count" example:"3"`
} //@name MessageCalls

type messagePatientDTO struct {
	ID           string `json:"id" format:"uuid"`
	Name         string `json:"name" example:"María Fernanda Orozco Villaseñor"`
	RecordNumber string `json:"record_number" example:"H-000482"`
	Phone        string `json:"phone,omitempty" example:"+525555550142"`
} //@name MessagePatient

type messageErrorDTO struct {
	Code    int    `json:"code" example:"131026"`
	Class   string `json:"class" example:"undeliverable"`
	Message string `json:"message" example:"El número no tiene WhatsApp o no puede recibir este mensaje. Llame por teléfono o confirme el número."`
} //@name MessageError

type messageResolutionDTO struct {
	Kind string    `json:"kind" enums:"handled,retried" example:"handled"`
	Note string    `json:"note,omitempty" example:"Se le llamó y vendrá el martes."`
	At   time.Time `json:"at" format:"date-time"`
	By   *string   `json:"by,omitempty" format:"uuid"`
} //@name MessageResolution

// messageDTO: at is when the message came to its status; phone is where it went
// or came from, patient.phone where to call.
type messageDTO struct {
	ID            string                `json:"id" format:"uuid"`
	PatientID     *string               `json:"patient_id,omitempty" format:"uuid"`
	Patient       *messagePatientDTO    `json:"patient,omitempty"`
	Direction     string                `json:"direction" enums:"out,in" example:"out"`
	Kind          string                `json:"kind" enums:"consent_request,consent_receipt,consent_help,unrouted_help,tap,text,other" example:"consent_request"`
	Template      string                `json:"template,omitempty" example:"privacy_consent_notice"`
	RequestID     *string               `json:"request_id,omitempty" format:"uuid"`
	RetryOf       *string               `json:"retry_of,omitempty" format:"uuid"`
	Status        string                `json:"status" enums:"queued,submitted,sent,delivered,read,failed,received" example:"delivered"`
	Text          string                `json:"text,omitempty"`
	Button        string                `json:"button,omitempty" example:"Acepto"`
	Phone         string                `json:"phone,omitempty" example:"+525555550142"`
	WAMID         string                `json:"wamid,omitempty" example:"wamid.HBgNNTIxNTU1NTU1MDE0MhUCABIYFA"`
	At            time.Time             `json:"at" format:"date-time"`
	CreatedAt     time.Time             `json:"created_at" format:"date-time"`
	SubmittedAt   *time.Time            `json:"submitted_at,omitempty" format:"date-time"`
	SentAt        *time.Time            `json:"sent_at,omitempty" format:"date-time"`
	DeliveredAt   *time.Time            `json:"delivered_at,omitempty" format:"date-time"`
	ReadAt        *time.Time            `json:"read_at,omitempty" format:"date-time"`
	FailedAt      *time.Time            `json:"failed_at,omitempty" format:"date-time"`
	NextAttemptAt *time.Time            `json:"next_attempt_at,omitempty" format:"date-time"`
	Attempts      int                   `json:"attempts" example:"1"`
	NeedsCall     bool                  `json:"needs_call" example:"false"`
	Error         *messageErrorDTO      `json:"error,omitempty"`
	Resolution    *messageResolutionDTO `json:"resolution,omitempty"`
	Version       int64                 `json:"version" example:"1"`
} //@name Message

func messageDTOOf(m messaging.Message) messageDTO {
	dto := messageDTO{
		ID: m.ID.String(), PatientID: idText(m.PatientID), Direction: string(m.Direction), Kind: string(m.Kind),
		Template: m.Template, RequestID: idText(m.SubjectID), RetryOf: idText(m.RetryOf), Status: string(m.State),
		Text: m.Text, Button: m.Button, Phone: m.Phone, WAMID: m.WAMID, At: reached(m).UTC(), CreatedAt: m.CreatedAt.UTC(),
		SubmittedAt: instant(m.SubmittedAt), SentAt: instant(m.SentAt), DeliveredAt: instant(m.DeliveredAt),
		ReadAt: instant(m.ReadAt), FailedAt: instant(m.FailedAt), NextAttemptAt: instant(m.NextAttemptAt),
		Attempts: m.Attempts, NeedsCall: m.NeedsCall, Version: m.Version,
	}
	if m.PatientID != uuid.Nil {
		dto.Patient = &messagePatientDTO{
			ID: m.PatientID.String(), Name: m.Patient.FullName, RecordNumber: m.Patient.RecordNumber, Phone: m.Patient.Phone,
		}
	}
	if m.Reason != "" {
		dto.Error = &messageErrorDTO{Code: m.ErrorCode, Class: m.ErrorClass, Message: m.Reason}
	}
	if m.Resolution != messaging.Open {
		dto.Resolution = &messageResolutionDTO{
			Kind: string(m.Resolution), Note: m.ResolutionNote, At: m.ResolvedAt.UTC(), By: idText(m.ResolvedBy),
		}
	}
	return dto
}

// reached is when a message came to its status.
func reached(m messaging.Message) time.Time {
	at := map[messaging.State]time.Time{
		messaging.StateSubmitted: m.SubmittedAt, messaging.StateSent: m.SentAt, messaging.StateDelivered: m.DeliveredAt,
		messaging.StateRead: m.ReadAt, messaging.StateFailed: m.FailedAt,
	}[m.State]
	if at.IsZero() {
		return m.CreatedAt
	}
	return at
}

// idText leaves an absent id out of an answer.
func idText(id uuid.UUID) *string {
	if id == uuid.Nil {
		return nil
	}
	text := id.String()
	return &text
}
