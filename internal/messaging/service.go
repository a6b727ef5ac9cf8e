package messaging

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/live"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB        *db.DB
	Vault     *vault.Vault
	Trail     *audit.Trail
	Clock     clock.Clock
	Queue     *jobs.Queue
	Live      *live.Hub
	Patients  Patients
	Questions Questions
	Answers   Answers
	Templates Templates
	// Platform is the number of the environment; nil when none is configured.
	Platform *Number
	// Simulator plays Meta inside the program; nil in production.
	Simulator *Number
	// Secrets sign webhooks, several while one replaces another.
	Secrets []string
	// VerifyToken proves to Meta's GET that the address is ours.
	VerifyToken string
	Log         *slog.Logger
	// Report hears of what an operator must mend; it holds no personal data.
	Report func(ctx context.Context, err error)
}

// Service is the use cases of messages and webhooks.
type Service struct {
	deps   Deps
	db     *db.DB
	clock  clock.Clock
	intake *intake
}

// New makes the service and takes its jobs.
func New(d Deps) *Service {
	if d.Report == nil {
		d.Report = func(context.Context, error) {}
	}
	s := &Service{
		deps: d, db: d.DB, clock: d.Clock,
		intake: &intake{db: d.DB, queue: d.Queue, trail: d.Trail, clock: d.Clock},
	}
	jobs.Handle(d.Queue, s.send)
	jobs.Handle(d.Queue, s.check)
	jobs.Handle(d.Queue, s.release)
	jobs.Handle(d.Queue, s.process)
	jobs.Handle(d.Queue, s.forget)
	d.Queue.Every(purgeEvery, forgetArgs{})
	return s
}

func event(action audit.Action, message, patient uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: "message", SubjectID: message, PatientID: patient}
}

// keyFor gives the key that seals what a message says: the patient's, or the
// clinic's for what belongs to none. person is empty then.
func (s *Service) keyFor(ctx context.Context, patient uuid.UUID) (vault.Key, Person, error) {
	if patient == uuid.Nil {
		key, err := s.deps.Vault.Key(ctx, actor.Clinic(ctx), vault.PurposeData)
		return key, Person{}, err
	}
	people, err := s.deps.Patients.People(ctx, []uuid.UUID{patient})
	if err != nil {
		return vault.Key{}, Person{}, err
	}
	who, ok := people[patient]
	if !ok {
		return vault.Key{}, Person{}, db.Missing(db.ErrNoRow, "patient")
	}
	return who.DataKey, who, nil
}

func place(clinic uuid.UUID, purpose string, id uuid.UUID) vault.Place {
	return vault.Place{Clinic: clinic, Purpose: purpose, Row: id}
}

// handle is the keyed hash by which a message is found before its clinic is
// known. The key is the platform's, because no clinic's can be chosen yet.
func (s *Service) handle(ctx context.Context, kind, value string) ([]byte, error) {
	key, err := s.deps.Vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	return key.MAC("whatsapp."+kind, value), err
}

// The kinds of handles.
const (
	handleMessage = "wamid"
	handlePeer    = "peer"
)

func (s *Service) tell(t *db.Tx, clinic, patient uuid.UUID) {
	s.deps.Live.Publish(t, live.Change{Clinic: clinic, Topic: live.Message, PatientID: patient})
}

// jitter adds up to a fifth to a wait, so that what failed together does not
// come back together.
func jitter(wait time.Duration) time.Duration {
	return wait + wait*time.Duration(vault.RandomBytes(1)[0])/(5*255)
}
