package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/jobs"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB       *db.DB
	Vault    *vault.Vault
	Trail    *audit.Trail
	Clock    clock.Clock
	Queue    *jobs.Queue
	Letters  Letters
	Clinics  Clinics
	Sessions Sessions
	Factors  Factors
	Step     SecondStep
	Passkeys Passkeys
}

// Service is the use cases of people.
type Service struct {
	db       *db.DB
	vault    *vault.Vault
	trail    *audit.Trail
	clock    clock.Clock
	queue    *jobs.Queue
	letters  Letters
	clinics  Clinics
	sessions Sessions
	factors  Factors
	step     SecondStep
	passkeys Passkeys
	guard    *guard.Guard
	hasher   *hasher
	crews    crews
}

// New makes the service and takes its jobs.
func New(d Deps) *Service {
	s := &Service{
		db: d.DB, vault: d.Vault, trail: d.Trail, clock: d.Clock, queue: d.Queue, letters: d.Letters,
		clinics: d.Clinics, sessions: d.Sessions, factors: d.Factors, step: d.Step, passkeys: d.Passkeys,
		guard: guard.New(d.DB, d.Vault, d.Clock), hasher: newHasher(),
	}
	jobs.Handle(d.Queue, s.recover)
	return s
}

// Entry is somebody who has just come in.
type Entry struct {
	Person   Person
	ClinicID uuid.UUID
	Ticket   Ticket
	Clinics  []Membership
	// Device is a name for a browser that had none; empty for the others.
	Device string
	// Trust is the secret of a browser that is to be remembered; empty elsewhere.
	Trust string
}

// Membership is a person's place in a clinic.
type Membership struct {
	ClinicID uuid.UUID
	Slug     string
	Role     actor.Role
	Since    time.Time
}

// Register makes a doctor, her clinic and her first session. Faults of the form
// are 400; an address that has an account is 409 account.email_taken, which one
// place hears ten times within 15 minutes, then 429 auth.too_many_failures.
func (s *Service) Register(ctx context.Context, r Registration, agent string) (e Entry, err error) {
	if r, err = r.Clean(); err != nil {
		return e, err
	}
	try, err := s.guard.Newcomer(ctx)
	if err != nil {
		return e, err
	}
	err = s.guard.Judge(ctx, &try, func() (taken, err error) {
		e, err = s.register(ctx, r, agent)
		if errs.Is(err, "account.email_taken") {
			return err, nil
		}
		return nil, err
	})
	return e, err
}

func (s *Service) register(ctx context.Context, r Registration, agent string) (Entry, error) {
	row, err := s.newUser(ctx, &r)
	if err != nil {
		return Entry{}, err
	}
	clinic := vault.NewID()
	ctx, device := NameBrowser(ctx)
	try, err := s.guard.Account(ctx, row.emailHash)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Person: r.Person, ClinicID: clinic, Device: device}
	err = s.db.WithTx(actor.System(ctx, clinic, "registration"), func(ctx context.Context, t *db.Tx) error {
		if err := s.clinics.Found(ctx, t, clinic, r.ClinicName, r.Demo); err != nil {
			return err
		}
		row.insert(t)
		t.Exec(`insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, $4, $5)`,
			clinic, vault.NewID(), r.ID, string(actor.RoleOwner), row.now)
		if err := s.askToVerify(ctx, t, r.Person, r.Demo); err != nil {
			return err
		}
		ticket, err := s.sessions.Open(ctx, t, r.ID, clinic, agent)
		if err != nil {
			return err
		}
		e.Ticket = ticket
		s.guard.QueueKnown(t, try)
		return s.opened(ctx, r.ID, clinic, ticket)
	})
	if db.Violates(err, "users_email_hash_key") {
		return Entry{}, errs.Conflict("account.email_taken", "Ya hay una cuenta con ese correo. Entre con ella o use otro correo.")
	}
	return e, err
}

// opened records a sign-in as the act of the person herself.
func (s *Service) opened(ctx context.Context, user, clinic uuid.UUID, t Ticket) error {
	ctx = actor.With(ctx, &actor.Actor{Kind: actor.KindUser, UserID: user, ClinicID: clinic})
	return s.trail.Record(ctx, audit.Event{Action: audit.SessionOpened, SubjectType: "session", SubjectID: t.SessionID})
}

// userRow is a new row of users.
type userRow struct {
	id        uuid.UUID
	emailHash []byte
	sealed    personToken
	password  string
	licensed  bool
	now       time.Time
}

func (s *Service) newUser(ctx context.Context, r *Registration) (userRow, error) {
	r.ID = vault.NewID()
	password, err := s.hasher.hash(ctx, r.Password)
	if err != nil {
		return userRow{}, err
	}
	return s.rowOf(ctx, r.Person, password)
}

func (u userRow) insert(t *db.Tx) {
	t.Exec(`insert into users (id, email_hash, sealed, password_hash, licensed, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $6)`, u.id, u.emailHash, string(u.sealed), u.password, u.licensed, u.now)
}

func personPlace(id uuid.UUID) vault.Place {
	return vault.Place{Clinic: actor.Platform, Purpose: purposePerson, Row: id}
}
