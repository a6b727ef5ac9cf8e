package consent

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// Subject is a patient as the question of consent sees her.
type Subject struct {
	ID      uuid.UUID
	DataKey vault.Key
	// Signer is who is asked; Phone is the signer's, +52 and ten digits, empty
	// when there is none.
	Signer   Signer
	Phone    string
	Archived bool
}

// Patients is what this feature needs of the register.
type Patients interface {
	// Subject gives a patient of the clinic; errs.NotFound("patient") otherwise.
	Subject(ctx context.Context, id uuid.UUID) (Subject, error)
	// SetConsentStatus queues the word that lists show.
	SetConsentStatus(ctx context.Context, t *db.Tx, id uuid.UUID, status string) error
}

// Offer is the notice that is put before a patient.
type Offer struct {
	NoticeID uuid.UUID
	Version  int
	Hash     []byte
	Link     string // permanent, of this version
	Clinic   string // the name by which people know the clinic
}

// Notices gives the notice in force.
type Notices interface {
	// Offer gives it, or 422 clinic.incomplete or notice.none.
	Offer(ctx context.Context) (Offer, error)
}

// Question is the message that asks for consent.
type Question struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	To        string
	Template  string
	Language  string
	Params    []string
	Payload   string
	// Text is the message as the patient sees it, Button the text of its button.
	Text   string
	Button string
}

// Reply is a free text that answers a patient.
type Reply struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	To        string
	Text      string
	// Key makes the reply unique within the clinic; a second one is not sent.
	Key string
	// Receipt says that the reply confirms an acceptance.
	Receipt bool
}

// Messages is what this feature needs of the outbox.
type Messages interface {
	// Ask queues the question. Moved then tells that it is queued, in the same
	// transaction.
	Ask(ctx context.Context, t *db.Tx, q Question) error
	// Reply queues a free text.
	Reply(ctx context.Context, t *db.Tx, r Reply) error
	// Inbox keeps a tap and answers what only the messages know about it.
	Inbox(ctx context.Context, t *db.Tx, tap Tap, r InboxQuery) (InboxAnswer, error)
}

// InboxQuery is a tap that names the request it answers.
type InboxQuery struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	// Keep stores the tap in the conversation.
	Keep bool
}

// InboxAnswer is what the messages know about a tap.
type InboxAnswer struct {
	// MessageID is the stored tap; zero when it was not kept.
	MessageID uuid.UUID
	// Known says that this tap had come before.
	Known bool
	// UserKnown and UserSame say whether the person's business-scoped id is that
	// of whom the question went to, as a status of our own message told.
	UserKnown, UserSame bool
}

// People names the staff.
type People interface {
	// Name gives the name of a person.
	Name(ctx context.Context, user uuid.UUID) (string, error)
}

// Tap is a tap on the button of a question, as it came.
type Tap struct {
	Token string
	// MessageID is what WhatsApp calls the tap; AnswersTo the message it names.
	MessageID string
	AnswersTo string
	WAID      string
	UserID    string
	Text      string
	At        time.Time
	// PhoneNumberID is our number that it came to.
	PhoneNumberID string
	// Last says that nothing more will be heard: what cannot be told is refused.
	Last bool
}

// Movement is a step of the message that carries a question.
type Movement struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	MessageID uuid.UUID
	State     string // queued, sent, delivered, read, failed
	At        time.Time
	WAMID     string
	Phone     string
	UserID    string
	Template  string
	ErrorCode int
	// ErrorMessage says why in Spanish.
	ErrorMessage string
}
