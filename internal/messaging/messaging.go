// Package messaging is the outbox and the inbox of WhatsApp: what is to be sent
// and where it stands, what Meta's webhooks say of it, what people wrote back,
// and the list of those whom somebody should call instead.
//
// A message is one row. The answer of the Graph API only means that it was
// submitted; statuses move it forward and never back; a send whose answer was
// lost is never repeated blindly. What a message says, to whom, and what
// WhatsApp calls it are sealed under the patient's key.
package messaging

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// Direction says which way a message went.
type Direction string

// The directions.
const (
	Out Direction = "out"
	In  Direction = "in"
)

// Kind says what a message is.
type Kind string

// The kinds.
const (
	ConsentRequest Kind = "consent_request" // the template that asks for consent
	ConsentReceipt Kind = "consent_receipt" // the thanks for an acceptance
	ConsentHelp    Kind = "consent_help"    // how to accept, after a free text
	UnroutedHelp   Kind = "unrouted_help"   // how to reach a clinic, to a stranger
	KindTap        Kind = "tap"             // a person tapped a button
	KindText       Kind = "text"            // a person wrote
	KindOther      Kind = "other"           // a person sent something that is not kept
)

// calls tells whether somebody should call when a message of the kind does not
// arrive.
func (k Kind) calls() bool { return k == ConsentRequest }

// State is how far a message has come.
type State = whatsapp.State

// The states of what we send, in their order.
const (
	StateQueued    = whatsapp.StateQueued
	StateSubmitted = whatsapp.StateSubmitted
	StateSent      = whatsapp.StateSent
	StateDelivered = whatsapp.StateDelivered
	StateRead      = whatsapp.StateRead
	StateFailed    = whatsapp.StateFailed
)

// Received is the state of what a person wrote.
const Received State = "received"

// States lists every state, in their order.
func States() []State {
	return []State{
		whatsapp.StateQueued, whatsapp.StateSubmitted, whatsapp.StateSent, whatsapp.StateDelivered,
		whatsapp.StateRead, whatsapp.StateFailed, Received,
	}
}

// Resolution says how a message that did not arrive was settled.
type Resolution string

// The resolutions. Open is the absence of one.
const (
	Open    Resolution = ""
	Handled Resolution = "handled" // somebody called, or it is of no more use
	Retried Resolution = "retried" // a new message took its place
)

// Message is one message, opened.
type Message struct {
	ID        uuid.UUID
	ClinicID  uuid.UUID
	PatientID uuid.UUID
	Patient   Person // empty for what belongs to no patient
	Direction Direction
	Kind      Kind
	Template  string
	SubjectID uuid.UUID
	RetryOf   uuid.UUID
	State     State
	// Phone is where it went or came from, +52 and ten digits.
	Phone  string
	Text   string
	Button string
	// WAMID is what WhatsApp calls it.
	WAMID string
	// ErrorCode is Meta's, ErrorClass our reading of it, Reason the same in
	// Spanish. All are empty for a message without trouble.
	ErrorCode      int
	ErrorClass     string
	Reason         string
	Attempts       int
	NextAttemptAt  time.Time
	NeedsCall      bool
	Resolution     Resolution
	ResolutionNote string
	ResolvedAt     time.Time
	ResolvedBy     uuid.UUID
	Version        int64
	CreatedAt      time.Time
	SubmittedAt    time.Time
	SentAt         time.Time
	DeliveredAt    time.Time
	ReadAt         time.Time
	FailedAt       time.Time
}

// Person is a patient as a message shows her.
type Person struct {
	ID           uuid.UUID
	DataKey      vault.Key
	FullName     string
	RecordNumber string
	Phone        string // where to call: her own number, or that of who answers for her
}

// content is what a message says and to whom: the sealed part of a row.
type content struct {
	Phone    string   `json:"phone,omitempty"`
	UserID   string   `json:"user_id,omitempty"`
	Language string   `json:"language,omitempty"`
	Params   []string `json:"params,omitempty"`
	Payload  string   `json:"payload,omitempty"`
	Text     string   `json:"text,omitempty"`
	Button   string   `json:"button,omitempty"`
	// WAMID and AnswersTo are of a message that a person wrote.
	WAMID     string `json:"wamid,omitempty"`
	AnswersTo string `json:"answers_to,omitempty"`
}

// receipt is what WhatsApp calls a message of ours and whom it went to.
type receipt struct {
	WAMID  string `json:"wamid"`
	WAID   string `json:"wa_id,omitempty"`
	UserID string `json:"user_id,omitempty"`
}

// note is why a person settled a message.
type note struct {
	Text string `json:"text"`
}

// The sealed fields. The texts are part of the keys and never change.
const (
	purposeContent = "message.content"
	purposeReceipt = "message.receipt"
	purposeNote    = "message.note"
	purposeBody    = "webhook.body"
)

// system names the channel in the audit trail.
const system = "whatsapp"
