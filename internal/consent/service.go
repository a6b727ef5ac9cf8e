package consent

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
	"historias/internal/live"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB       *db.DB
	Vault    *vault.Vault
	Trail    *audit.Trail
	Clock    clock.Clock
	Queue    *jobs.Queue
	Live     *live.Hub
	Patients Patients
	Notices  Notices
	Messages Messages
	People   People
}

// Service is the use cases of consent.
type Service struct {
	db       *db.DB
	vault    *vault.Vault
	trail    *audit.Trail
	clock    clock.Clock
	queue    *jobs.Queue
	live     *live.Hub
	patients Patients
	notices  Notices
	messages Messages
	people   People
}

// New makes the service and takes the jobs that end unanswered questions.
func New(d Deps) *Service {
	s := &Service{
		db: d.DB, vault: d.Vault, trail: d.Trail, clock: d.Clock, queue: d.Queue, live: d.Live,
		patients: d.Patients, notices: d.Notices, messages: d.Messages, people: d.People,
	}
	jobs.Handle(d.Queue, s.expire)
	return s
}

// Lifetime is how long a question waits for its answer: Meta keeps trying to
// deliver a message for 30 days.
const Lifetime = 30 * 24 * time.Hour

// View is where a patient's consent stands, with its proof.
type View struct {
	Purposes []PurposeState
	Events   []Event
}

// View reads a patient's consents and records that they were seen.
func (s *Service) View(ctx context.Context, patient uuid.UUID) (View, error) {
	subject, err := s.patients.Subject(ctx, patient)
	if err != nil {
		return View{}, err
	}
	var chain []Event
	var seq int64
	var head []byte
	var begun bool
	clinic := actor.Clinic(ctx)
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.All(gatherEvents(&chain), selectChain, clinic, patient)
		q.Maybe(&begun, []any{&seq, &head}, selectHead, clinic, patient)
		return nil
	})
	if err == nil {
		err = Verify(chain, seq, head)
	}
	if err == nil {
		err = open(chain, subject.DataKey)
	}
	if err != nil {
		return View{}, errs.Internal("consent: view", err)
	}
	return View{Purposes: States(chain), Events: chain}, s.trail.Record(ctx, event(audit.ConsentRead, patient, patient))
}

// open opens the evidence of every event.
func open(chain []Event, key vault.Key) error {
	for i := range chain {
		e := &chain[i]
		var err error
		if e.Evidence, err = vault.Sealed[Evidence](e.sealed).Open(key, e.place()); err != nil {
			return err
		}
	}
	return nil
}

// Allows tells whether a patient consents to a purpose now. Whoever sends,
// shares or analyses asks at that moment, not before (LFPDPPP 7).
func (s *Service) Allows(ctx context.Context, patient uuid.UUID, p Purpose) (bool, error) {
	var chain []Event
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(gatherEvents(&chain), selectChain, actor.Clinic(ctx), patient)
		return nil
	})
	return statusOf(States(chain), p) == Accepted, err
}

// MaySend tells whether a question that was queued may still leave: not when it
// was answered, withdrawn, replaced or ran out meanwhile. Asking itself needs
// no consent, even after a revocation: the patient may always be asked again,
// and only she can answer.
func (s *Service) MaySend(ctx context.Context, id uuid.UUID) (bool, error) {
	var status string
	var expires time.Time
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&status, &expires}, `select status, expires_at from consent_requests where clinic_id = $1 and id = $2`,
			actor.Clinic(ctx), id)
		return nil
	})
	return status == requestOpen && s.clock.Now().Before(expires), db.Missing(err, "consent_request")
}

func event(action audit.Action, subject, patient uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: "consent", SubjectID: subject, PatientID: patient}
}

// phoneHash is what is kept of the telephone that was asked.
func (s *Service) phoneHash(ctx context.Context, phone mx.Phone) ([]byte, error) {
	key, err := s.vault.Key(ctx, actor.Clinic(ctx), vault.PurposeIndex)
	return key.MAC("consent.phone", phone.String()), err
}
