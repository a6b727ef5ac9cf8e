package account

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mail"
)

// Clinics makes the clinic of a new doctor.
type Clinics interface {
	// Found queues the clinic into a transaction that stands in it.
	Found(ctx context.Context, t *db.Tx, id uuid.UUID, name string, demo bool) error
}

// Sessions opens the session of somebody who proved who she is, and knows when
// she did.
type Sessions interface {
	// Open queues the session into a transaction of the clinic.
	Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (Ticket, error)
	// Fresh is 403 auth.proof_required unless the person of the session proved a
	// moment ago that it is she.
	Fresh(ctx context.Context) error
}

// Letters writes to people.
type Letters interface {
	// Queue writes a letter into the transaction of the act that causes it.
	Queue(ctx context.Context, t *db.Tx, l mail.Letter) error
	// Link gives the address of a page of ours.
	Link(path string) string
}

// Factors knows who has a second factor.
type Factors interface {
	// Enrolled tells whether a person has one, so that a shorter password will do.
	Enrolled(ctx context.Context, user uuid.UUID) (bool, error)
	// NewPassword makes her remembered browsers ask for it again, and stops a
	// removal of it that is under way.
	NewPassword(ctx context.Context, t *db.Tx, user uuid.UUID) error
	// FirstProof takes away what anybody set up before her address was proved.
	FirstProof(ctx context.Context, t *db.Tx, user uuid.UUID) error
}

// SecondStep is what is asked beside the password.
type SecondStep interface {
	// Asked lists what somebody who comes in may offer; nothing where nothing is
	// asked: she has no second factor, or her browser is remembered.
	Asked(ctx context.Context, user uuid.UUID) (methods []string, err error)
	// Check judges a proof and spends it; method is how a signature names it.
	Check(ctx context.Context, user uuid.UUID, p StepProof) (method string, good bool, err error)
	// Trust queues that the browser of the request is remembered.
	Trust(ctx context.Context, t *db.Tx, user uuid.UUID, agent string) (secret string, err error)
}

// Passkeys knows whose passkey answered.
type Passkeys interface {
	// CheckPasskey judges the answer to a challenge and says whose passkey it is;
	// 422 auth.challenge_expired.
	CheckPasskey(ctx context.Context, p PasskeyProof) (user uuid.UUID, good bool, err error)
	// Lost hears that somebody who proved her password has lost her factor.
	Lost(ctx context.Context, user uuid.UUID) error
}

// StepProof is a code, or the answer of a passkey.
type StepProof struct {
	Code    string
	Passkey *PasskeyProof
}

// PasskeyProof is the answer of a passkey to a challenge.
type PasskeyProof struct {
	ChallengeID uuid.UUID
	Credential  json.RawMessage
}

// Ticket is a new session. The token is shown once.
type Ticket struct {
	SessionID uuid.UUID
	Token     string
	ExpiresAt time.Time
}
