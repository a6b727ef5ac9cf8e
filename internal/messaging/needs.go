package messaging

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/whatsapp"
)

// Patients names the people of messages and gives the keys that seal them.
type Patients interface {
	// People gives patients of the clinic; ids that are not its own are left out.
	People(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Person, error)
}

// Questions is what the consent feature decides about the messages that carry
// its questions.
type Questions interface {
	// MaySend tells whether a question may still leave.
	MaySend(ctx context.Context, request uuid.UUID) (bool, error)
	// Moved hears of each step, in the transaction that records it.
	Moved(ctx context.Context, t *db.Tx, m Movement) error
	// Again readies a question to be sent once more; same says that the message
	// that was may be repeated, otherwise a new one has been queued.
	Again(ctx context.Context, t *db.Tx, request uuid.UUID) (same bool, err error)
}

// Answers is what the consent feature makes of what people send.
type Answers interface {
	// Tap takes a tap on a button of ours. The outcome Waiting asks to be told
	// again.
	Tap(ctx context.Context, tap Tap) (outcome string, err error)
	// Wrote hears of a free text of a patient.
	Wrote(ctx context.Context, t *db.Tx, patient uuid.UUID, text string) error
	// Allows tells whether a patient consents to a purpose now.
	Allows(ctx context.Context, patient uuid.UUID, purpose string) (bool, error)
}

// Templates knows where templates stand at Meta.
type Templates interface {
	// Held tells why a message of a template may not leave by a number now; the
	// zero Hold lets it.
	Held(ctx context.Context, sender, name, language string) (Hold, error)
	// Heard takes what a webhook says of templates, numbers and accounts.
	Heard(ctx context.Context, e whatsapp.AccountEvent) error
}

// Hold is why a message waits, in the terms of a refusal by Meta.
type Hold struct {
	Class whatsapp.Class
	Code  int
}

// Waiting is the outcome of a tap that must be told again later.
const Waiting = "waiting"

// Movement is one step of a message that carries a question.
type Movement struct {
	RequestID    uuid.UUID
	PatientID    uuid.UUID
	MessageID    uuid.UUID
	State        string
	At           time.Time
	WAMID        string
	Phone        string
	UserID       string
	Template     string
	ErrorCode    int
	ErrorMessage string
}

// Tap is a tap on a button, as it came.
type Tap struct {
	Token         string
	MessageID     string
	AnswersTo     string
	WAID          string
	UserID        string
	Text          string
	At            time.Time
	PhoneNumberID string
	Last          bool
}

// InboxQuery is a tap that names the request it answers.
type InboxQuery struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	Keep      bool
}

// InboxAnswer is what the messages know about a tap.
type InboxAnswer struct {
	MessageID           uuid.UUID
	Known               bool
	UserKnown, UserSame bool
}

// Sender sends; *whatsapp.Client is one.
type Sender interface {
	SendTemplate(ctx context.Context, m whatsapp.TemplateMessage) (whatsapp.SendResult, error)
	SendText(ctx context.Context, m whatsapp.TextMessage) (whatsapp.SendResult, error)
}

// Number is a number that sends, and the name that Meta gives it.
type Number struct {
	Sender
	PhoneNumberID string
	// Named, when set, hears who a message goes to: the simulator shows names.
	Named func(phone, name string)
}
