package connection

import (
	"context"
	"sync"
	"time"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// Number is a number that sends, and how to ask Meta about it.
type Number struct {
	*whatsapp.Manager
	PhoneNumberID string
	AccountID     string // empty when nobody told
	Version       string
	// Callback is where Meta must deliver; empty where nobody knows.
	Callback string
	// VerifyToken proves to the callback that Meta asks.
	VerifyToken string
	// Signed says that an app secret is configured.
	Signed bool
	// Played marks the simulator, which delivers without an address.
	Played bool
}

// Deps are what the service is made of.
type Deps struct {
	DB        *db.DB
	Vault     *vault.Vault
	Trail     *audit.Trail
	Clock     clock.Clock
	Queue     *jobs.Queue
	Notices   Notices
	Messages  Messages
	Platform  *Number // nil when none is configured
	Simulator *Number // nil in production
	// Probe reaches our own address from outside; nil is the network.
	Probe func(ctx context.Context, address, verifyToken string) error
}

// Service looks at the connection, keeps what it saw and says whether the
// template may be used.
type Service struct {
	deps  Deps
	db    *db.DB
	clock clock.Clock
	once  sync.Mutex // one look at a time in this process
}

// lookEvery is how often Meta is asked without anybody asking: a webhook about
// the template can be lost, or not be subscribed at all.
const lookEvery = 6 * time.Hour

// New makes the service and takes its jobs.
func New(d Deps) *Service {
	if d.Probe == nil {
		d.Probe = probeCallback
	}
	s := &Service{deps: d, db: d.DB, clock: d.Clock}
	jobs.Handle(d.Queue, s.lookAgain)
	d.Queue.Every(lookEvery, lookArgs{Line: Platform})
	return s
}

// lookArgs asks to look at a line, unless somebody looked after a moment: many
// webhooks come together, and one look answers all of them.
type lookArgs struct {
	Line  Line      `json:"line"`
	After time.Time `json:"after"`
}

// Kind names the job.
func (lookArgs) Kind() string { return "look_at_whatsapp" }

func (s *Service) lookAgain(ctx context.Context, job jobs.Job[lookArgs]) error {
	if s.number(job.Args.Line) == nil {
		return nil
	}
	before, err := s.kept(ctx, job.Args.Line)
	if err != nil {
		return err
	}
	if after := job.Args.After; !after.IsZero() && before.report != nil && before.report.At.After(after) {
		return nil
	}
	_, err = s.look(ctx, job.Args.Line)
	return err
}

// number gives the number of a line; nil when it is not configured.
func (s *Service) number(line Line) *Number {
	if line == Simulator {
		return s.deps.Simulator
	}
	return s.deps.Platform
}

// ErrNotConfigured means that the program has no number to send from.
var ErrNotConfigured = errs.Rule("whatsapp.not_configured",
	"El envío por WhatsApp no está configurado. Avise a quien administra el sistema.")

// lineOf says which number the actor's clinic sends from, as the messages do: a
// demonstration never reaches Meta.
func (s *Service) lineOf(ctx context.Context) (Line, error) {
	var demo bool
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&demo}, `select demo from clinics where id = $1`, actor.Clinic(ctx))
		return nil
	})
	if !demo && s.deps.Platform != nil || s.deps.Simulator == nil {
		return Platform, err
	}
	return Simulator, err
}

// State tells what is known without asking Meta.
func (s *Service) State(ctx context.Context) (State, error) {
	line, err := s.lineOf(ctx)
	if err != nil {
		return State{}, err
	}
	state := State{Simulated: line == Simulator, Body: consentTemplate().Body()}
	n := s.number(line)
	if n == nil {
		return state, nil
	}
	state.Configured, state.Callback = true, n.Callback
	kept, err := s.kept(ctx, line)
	if err != nil {
		return State{}, err
	}
	state.Template, state.Report = kept.template, kept.report
	if kept.report != nil {
		state.NextAt = kept.report.At.Add(pace)
		ofClinic, err := s.judgeNotice(ctx)
		if err != nil {
			return State{}, err
		}
		state.Report.Findings = append(state.Report.Findings, ofClinic)
	}
	state.LastWebhook, err = s.deps.Messages.LastDelivery(ctx)
	return state, err
}

// Look asks Meta for everything and gives the state that comes of it. 422
// whatsapp.not_configured; 429 whatsapp.too_soon within a minute of the last.
func (s *Service) Look(ctx context.Context) (State, error) {
	line, err := s.lineOf(ctx)
	if err != nil {
		return State{}, err
	}
	if s.number(line) == nil {
		return State{}, ErrNotConfigured
	}
	if err := s.claim(ctx, line); err != nil {
		return State{}, err
	}
	if _, err := s.look(ctx, line); err != nil {
		return State{}, err
	}
	if err := s.deps.Trail.Record(ctx, audit.Event{Action: audit.WhatsAppChecked, SubjectType: "clinic", SubjectID: actor.Clinic(ctx)}); err != nil {
		return State{}, err
	}
	return s.State(ctx)
}

// Diagnose looks at the platform's number for an operator: everything that
// concerns the installation, and the notices of its clinics. ErrNotConfigured
// without a number.
func (s *Service) Diagnose(ctx context.Context) (Report, error) {
	if s.deps.Platform == nil {
		return Report{}, ErrNotConfigured
	}
	report, err := s.look(ctx, Platform)
	if err != nil {
		return Report{}, err
	}
	notices, err := s.judgeNotices(ctx)
	report.Findings = append(report.Findings, notices...)
	return report, err
}

// look asks, judges and keeps.
func (s *Service) look(ctx context.Context, line Line) (Report, error) {
	s.once.Lock()
	defer s.once.Unlock()
	n := s.number(line)
	f := gather(ctx, n, s.clock.Now(), s.deps.Probe)
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	last, err := s.deps.Messages.LastDelivery(ctx)
	if err != nil {
		return Report{}, err
	}
	f.lastWebhook = &last
	report := Report{At: f.now, Findings: judge(n, f), Summary: summarize(n, f)}
	return report, s.keep(ctx, line, report, f)
}

// platform is the context in which the program's own rows are read and written.
func platform(ctx context.Context) context.Context { return actor.System(ctx, actor.Platform, system) }
