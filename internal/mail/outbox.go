package mail

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/vault"
)

// Post takes one letter to the outside. What it gives back is a *Fault for
// everything that went wrong.
type Post interface {
	Deliver(ctx context.Context, p Parcel) error
}

// Parcel is a letter on its way.
type Parcel struct {
	// ID is the same in every attempt, so that whoever gets a letter twice can
	// tell (RFC 5322, 3.6.4).
	ID uuid.UUID
	To string
	At time.Time
	Sheet
}

// Deps are what an outbox is made of.
type Deps struct {
	DB    *db.DB
	Vault *vault.Vault
	Trail *audit.Trail
	Clock clock.Clock
	Queue *jobs.Queue
	// Post sends; nil when no SMTP is configured. Letters then wait for as long as
	// they are good for, and fail.
	Post Post
	// Shown keeps letters to be read on a page instead of sending them. It is for
	// installations outside production without SMTP.
	Shown bool
	// Address is where people reach the program, without a slash at the end.
	Address string
	// Report hears of what an operator must mend; it holds no personal data.
	Report func(ctx context.Context, err error)
}

// Outbox takes letters and sends them.
type Outbox struct {
	deps  Deps
	db    *db.DB
	clock clock.Clock
}

// New makes an outbox and takes its jobs.
func New(d Deps) *Outbox {
	if d.Report == nil {
		d.Report = func(context.Context, error) {}
	}
	d.Address = strings.TrimRight(d.Address, "/")
	o := &Outbox{deps: d, db: d.DB, clock: d.Clock}
	jobs.Handle(d.Queue, o.send)
	jobs.Handle(d.Queue, o.forget)
	d.Queue.Every(forgetEvery, forgetArgs{})
	return o
}

// Link gives the address of a page of ours, for a letter or to be copied. path
// begins with a slash; a secret stands behind «#», where no server sees it.
func (o *Outbox) Link(path string) string { return o.deps.Address + path }

// Queue writes a letter into the transaction of the act that causes it: it
// leaves when the act is durable, and never without it. It belongs to the clinic
// of the actor in ctx, the platform's for who has none. A letter whose Key was
// used is not written again. The only errors are faults of the program.
func (o *Outbox) Queue(ctx context.Context, t *db.Tx, l Letter) error {
	l, err := l.checked()
	if err != nil {
		return err
	}
	id, clinic := vault.NewID(), actor.Clinic(ctx)
	token, err := o.seal(ctx, clinic, id, content{To: l.To, Data: l.Data})
	if err != nil {
		return err
	}
	if l.Key == "" {
		l.Key = id.String()
	}
	n, err := t.Affected(insertLetter, clinic, id, string(l.Kind), l.Key, string(token), o.clock.Now())
	if err != nil || n == 0 {
		return err
	}
	return o.deps.Queue.Enqueue(ctx, t, sendArgs{clinic, id, 1})
}

// content is the sealed part of a letter's row.
type content struct {
	To   string            `json:"to"`
	Data map[string]string `json:"data"`
}

// purposeLetter says what a letter's token is.
const purposeLetter = "mail.letter"

func letterPlace(clinic, id uuid.UUID) vault.Place {
	return vault.Place{Clinic: clinic, Purpose: purposeLetter, Row: id}
}

func (o *Outbox) seal(ctx context.Context, clinic, id uuid.UUID, c content) (vault.Sealed[content], error) {
	key, err := o.deps.Vault.Key(ctx, clinic, vault.PurposeData)
	if err != nil {
		return "", err
	}
	return vault.Seal(key, letterPlace(clinic, id), c)
}

func (o *Outbox) open(ctx context.Context, r row) (Letter, error) {
	key, err := o.deps.Vault.Key(ctx, r.Clinic, vault.PurposeData)
	if err != nil {
		return Letter{}, err
	}
	c, err := vault.Sealed[content](r.Sealed).Open(key, letterPlace(r.Clinic, r.ID))
	return Letter{Kind: r.Kind, To: c.To, Data: c.Data, Key: r.Key}, err
}

// forgetArgs asks to drop old letters.
type forgetArgs struct{}

// Kind names the job.
func (forgetArgs) Kind() string { return "forget_letters" }

// How long the row of a letter is kept after it was written, and how often old
// ones are dropped.
const (
	letterLifetime = 30 * 24 * time.Hour
	forgetEvery    = 12 * time.Hour
)

// forget drops old rows, clinic by clinic. What they said was erased long before.
func (o *Outbox) forget(ctx context.Context, _ jobs.Job[forgetArgs]) error {
	clinics, err := o.clinics(ctx)
	if err != nil {
		return err
	}
	before := o.clock.Now().Add(-letterLifetime)
	for _, clinic := range clinics {
		err := o.db.WithTx(actor.System(ctx, clinic, system), func(_ context.Context, t *db.Tx) error {
			t.Exec(`delete from mail_outbox where clinic_id = $1 and created_at < $2`, clinic, before)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// system names the sender in the trail.
const system = "mail"
