package staff

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mail"
)

// Address is an e-mail address as accounts know it.
type Address struct {
	Hash   []byte    // keyed, the same for every clinic
	UserID uuid.UUID // nil when nobody has an account under it
}

// Newcomer is somebody who makes her account by taking an invitation.
type Newcomer struct {
	Email            string
	FullName         string
	Password         string
	Profession       string
	LicenseNumber    string
	TitleInstitution string
	// Clinic is the name of the clinic that asked her.
	Clinic string
	// NeedsLicense says that her role is a doctor's.
	NeedsLicense bool
}

// Enrolment is an account about to be made.
type Enrolment struct {
	UserID uuid.UUID
	Insert func(ctx context.Context, t *db.Tx) error
}

// Accounts is what this feature needs of people who come in.
type Accounts interface {
	// Address finds who has an account under an address.
	Address(ctx context.Context, email string) (Address, error)
	// Enrol prepares a new account, outside any transaction: a password takes
	// long. Faults are 400.
	Enrol(ctx context.Context, n Newcomer) (Enrolment, error)
	// Prove proves that whoever answers is the person of an address, as sign-in
	// does and counted with it: 401 auth.invalid_credentials, auth.totp_required,
	// auth.invalid_code; 429.
	Prove(ctx context.Context, email string, p Proof) error
}

// Proof is what somebody with an account offers.
type Proof struct {
	Password string
	TOTPCode string
}

// Person is somebody of the staff as others may know her.
type Person struct {
	FullName string
	Email    string
	Licensed bool
}

// People is what this feature needs to name those who work here.
type People interface {
	// People gives several; unknown ids are left out.
	People(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Person, error)
}

// Ticket is a new session. The token is shown once.
type Ticket struct {
	SessionID uuid.UUID
	Token     string
	ExpiresAt time.Time
}

// Sessions is what this feature needs of sessions.
type Sessions interface {
	// Open queues a session into a transaction of the clinic.
	Open(ctx context.Context, t *db.Tx, user, clinic uuid.UUID, agent string) (Ticket, error)
	// Fresh is 403 auth.proof_required unless the person proved a moment ago that
	// it is she.
	Fresh(ctx context.Context) error
}

// Clinics is what this feature needs of the clinic.
type Clinics interface {
	// Name is the name by which people know the actor's clinic.
	Name(ctx context.Context) (string, error)
}

// Drafts is the unfinished work of a person.
type Drafts interface {
	// Count tells how many drafts of notes and recetas a person has.
	Count(ctx context.Context, t *db.Tx, user uuid.UUID) (int, error)
	// Pass hands them all over and gives whose they are; the database refuses while
	// the first still writes here, or the second does not.
	Pass(ctx context.Context, t *db.Tx, from, to uuid.UUID) (patients []uuid.UUID, err error)
}

// Post takes letters and knows the address of our pages.
type Post interface {
	Queue(ctx context.Context, t *db.Tx, l mail.Letter) error
	Link(path string) string
}
