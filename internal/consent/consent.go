// Package consent asks patients for consent and keeps the proof of what they
// answered: a chain of events for each patient, where each event covers the one
// before and nothing is ever overwritten. What a patient consents to is derived
// from her chain.
//
// Sources: LFPDPPP 7 (consent, revocable at any time), 8 (sensitive data:
// express, in writing, by an authentication mechanism), 11 (a new purpose needs
// new consent), 15-III (purposes that need consent are told apart).
package consent

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
	"historias/internal/vault"
)

// Purpose is what data are used for.
type Purpose string

// The purposes. Care is necessary; each of the others is voluntary, and
// refusing one never blocks care (LFPDPPP 7 and 15-III).
const (
	Care      Purpose = "care"
	Reminders Purpose = "reminders"
	Sharing   Purpose = "sharing"
	Research  Purpose = "research"
	Marketing Purpose = "marketing"
	AI        Purpose = "ai"
)

// Purposes lists every purpose, the necessary one first.
func Purposes() []Purpose {
	return []Purpose{Care, Reminders, Sharing, Research, Marketing, AI}
}

// Necessary tells whether a patient cannot be attended without the purpose.
func (p Purpose) Necessary() bool { return p == Care }

// Status is where the consent for one purpose stands.
type Status string

// The states of a purpose.
const (
	None      Status = "none"
	Requested Status = "requested"
	Accepted  Status = "accepted"
	Refused   Status = "refused"
	Revoked   Status = "revoked"
	Expired   Status = "expired"
)

// Type says what an event of the chain tells.
type Type string

// The types of events. Queued to Failed tell how far the question has come.
const (
	EventRequested Type = "requested"
	EventQueued    Type = "queued"
	EventSent      Type = "sent"
	EventDelivered Type = "delivered"
	EventRead      Type = "read"
	EventFailed    Type = "failed"
	EventAccepted  Type = "accepted"
	EventRefused   Type = "refused"
	EventRevoked   Type = "revoked"
	EventExpired   Type = "expired"
)

// Channel is how a question or an answer travelled.
type Channel string

// The channels. Desk is for what a patient said at the clinic.
const (
	WhatsApp Channel = "whatsapp"
	Link     Channel = "link"
	Tablet   Channel = "tablet"
	Desk     Channel = "desk"
)

// Event is one link of a patient's chain.
type Event struct {
	ID        uuid.UUID
	ClinicID  uuid.UUID
	PatientID uuid.UUID
	RequestID uuid.UUID
	// MessageID is the message that the event tells of.
	MessageID uuid.UUID
	Seq       int64
	Type      Type
	Purposes  []Purpose
	// At is when it happened, RecordedAt when we heard of it.
	At         time.Time
	RecordedAt time.Time
	Channel    Channel
	Notice     NoticeRef
	Evidence   Evidence
	Prev       []byte
	Hash       []byte

	sealed string
}

// NoticeRef says which words were put before the patient.
type NoticeRef struct {
	ID      uuid.UUID
	Version int
	Hash    []byte
}

// Evidence is what proves an event. It is sealed under the patient's key.
type Evidence struct {
	// MessageID is what WhatsApp calls the message that the event tells of; of
	// an acceptance, the tap. AnswersTo is the message that the tap names.
	MessageID string `json:"wamid,omitempty"`
	AnswersTo string `json:"answers_to,omitempty"`
	Phone     string `json:"phone,omitempty"`
	UserID    string `json:"user_id,omitempty"`
	Template  string `json:"template,omitempty"`
	Language  string `json:"language,omitempty"`
	// Text is the message as the patient saw it, Link the notice in it.
	Text         string    `json:"text,omitempty"`
	Link         string    `json:"link,omitempty"`
	Signer       *Signer   `json:"signer,omitempty"`
	ActorID      uuid.UUID `json:"actor_id,omitzero"`
	ActorName    string    `json:"actor_name,omitempty"`
	ActorRole    string    `json:"actor_role,omitempty"`
	RequestedBy  string    `json:"requested_by,omitempty"`
	Reason       string    `json:"reason,omitempty"`
	ErrorCode    int       `json:"error_code,omitempty"`
	ErrorMessage string    `json:"error_message,omitempty"`
}

// Signer is who is asked to consent: the patient, or who answers for a minor.
type Signer struct {
	Role         string `json:"role"` // RolePatient or RoleRepresentative
	Name         string `json:"name,omitempty"`
	Relationship string `json:"relationship,omitempty"`
}

// Who may consent and revoke.
const (
	RolePatient        = "patient"
	RoleRepresentative = "representative"
)

const purposeEvidence = "consent.evidence"

func (e Event) place() vault.Place {
	return vault.Place{Clinic: e.ClinicID, Purpose: purposeEvidence, Row: e.ID}
}

// checkPurposes gives every fault of a list of purposes.
func checkPurposes(all []Purpose) []errs.Field {
	if len(all) == 0 {
		return []errs.Field{{Field: "purposes", Code: "required", Message: "Indique al menos una finalidad."}}
	}
	seen := map[Purpose]bool{}
	for _, p := range all {
		if !slices.Contains(Purposes(), p) {
			return []errs.Field{{Field: "purposes", Code: "enum", Message: "Una de las finalidades no existe."}}
		}
		if seen[p] {
			return []errs.Field{{Field: "purposes", Code: "repeated", Message: "Una finalidad viene repetida."}}
		}
		seen[p] = true
	}
	return nil
}

// inOrder gives the purposes of a set in their usual order.
func inOrder(set map[Purpose]bool) []Purpose {
	var out []Purpose
	for _, p := range Purposes() {
		if set[p] {
			out = append(out, p)
		}
	}
	return out
}

func setOf(all []Purpose) map[Purpose]bool {
	set := make(map[Purpose]bool, len(all))
	for _, p := range all {
		set[p] = true
	}
	return set
}

// covers tells whether all of inner stand in outer.
func covers(outer, inner []Purpose) bool {
	set := setOf(outer)
	for _, p := range inner {
		if !set[p] {
			return false
		}
	}
	return true
}

func overlap(a, b []Purpose) bool {
	set := setOf(a)
	return slices.ContainsFunc(b, func(p Purpose) bool { return set[p] })
}

// without gives the purposes of a that are not in b.
func without(a, b []Purpose) []Purpose {
	set := setOf(b)
	return slices.DeleteFunc(slices.Clone(a), func(p Purpose) bool { return set[p] })
}
