package connection

import (
	"context"
	"errors"
	"time"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
	"historias/internal/whatsapp"
)

// Hold is why a message of a template may not leave now. The zero Hold lets it.
type Hold struct {
	Class whatsapp.Class
	Code  int // Meta's, that it would answer with; 0 for a reason of our own
}

// Meta's codes for a template that cannot be used.
const (
	codeNotApproved = 132001
	codePaused      = 132015
	codeDisabled    = 132016
)

// Held tells why a message of a template may not leave by a number now. Where
// nobody knows, Meta decides.
func (s *Service) Held(ctx context.Context, line Line, name, language string) (Hold, error) {
	var t Template
	var known bool
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&known, t.dest(), selectTemplate, actor.Platform, line, name, language)
		return nil
	})
	if err != nil || !known {
		return Hold{}, err
	}
	return t.hold(), nil
}

// hold judges a template. One whose text is another than what the program keeps
// as evidence is not sent either: the evidence would be false.
func (t Template) hold() Hold {
	switch t.Status {
	case whatsapp.TemplateApproved:
		if !t.Faithful {
			return Hold{Class: whatsapp.ClassHoldText}
		}
		return Hold{}
	case whatsapp.TemplatePaused:
		return Hold{whatsapp.ClassHoldTemplate, codePaused}
	case whatsapp.TemplateDisabled:
		return Hold{whatsapp.ClassPermanent, codeDisabled}
	}
	return Hold{whatsapp.ClassHoldTemplate, codeNotApproved}
}

// events are the words of webhooks that name another state than they are called
// (Webhooks, message_template_status_update).
var events = map[string]string{"REINSTATED": whatsapp.TemplateApproved, "FLAGGED": whatsapp.TemplateApproved, "UNPAUSE": whatsapp.TemplateApproved}

// Heard takes what a webhook says of templates, numbers and the account. What it
// says of our template counts at once; then Meta is asked, because deliveries
// come late, twice and in any order.
func (s *Service) Heard(ctx context.Context, e whatsapp.AccountEvent) error {
	line, ours := s.lineOfAccount(e.AccountID)
	if !ours {
		return nil
	}
	return s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error {
		if err := s.believe(ctx, t, line, e); err != nil {
			return err
		}
		now := s.clock.Now()
		return s.deps.Queue.Enqueue(ctx, t, lookArgs{line, now}, jobs.At(now.Add(lookDelay)), jobs.Attempts(lookAttempts))
	})
}

const (
	// lookDelay lets what Meta delivers together be answered by one look.
	lookDelay    = 10 * time.Second
	lookAttempts = 3
)

// lineOfAccount says which of our numbers an account's event is about. Without a
// configured account every event of a stranger can only be about the platform's.
func (s *Service) lineOfAccount(account string) (Line, bool) {
	platform, played := s.deps.Platform, s.deps.Simulator
	switch {
	case platform != nil && platform.AccountID == account:
		return Platform, true
	case played != nil && played.AccountID == account:
		return Simulator, true
	}
	return Platform, platform != nil && platform.AccountID == ""
}

// believe keeps what a webhook says of our template.
func (s *Service) believe(ctx context.Context, t *db.Tx, line Line, e whatsapp.AccountEvent) error {
	said, about := e.Template()
	ours := consentTemplate()
	if !about || e.Field != "message_template_status_update" || said.Name != ours.Name || said.Language != ours.Language {
		return nil
	}
	h := Template{Name: ours.Name, Language: ours.Language, Faithful: true}
	var known bool
	err := t.All(func(r db.Row) error {
		known = true
		return r.Scan(h.dest()...)
	}, selectTemplate+" for update", actor.Platform, line, ours.Name, ours.Language)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	at := e.Timestamp
	if at.IsZero() || at.After(now) {
		at = now
	}
	if known && at.Before(h.HeardAt) {
		return nil
	}
	h.Status, h.Reason, h.HeardAt = said.Event, said.Reason, at
	if word, another := events[said.Event]; another {
		h.Status = word
	}
	return s.settle(ctx, t, line, h)
}

// Submission is what became of handing the template in.
type Submission string

// The submissions.
const (
	Created   Submission = "created"   // Meta reviews it, which takes up to a day
	Corrected Submission = "corrected" // it was there with another text, which was replaced
	Unchanged Submission = "unchanged" // it is there as it must be
)

// ErrElsewhere says that the template cannot be replaced by the program.
var ErrElsewhere = errs.Rule("whatsapp.template_locked",
	"La plantilla existe en Meta con otro texto y en un estado que no admite cambios. Espere a que Meta termine su revisión, o bórrela en el administrador de WhatsApp.")

// Submit hands the platform's template in for approval, or replaces its text
// where Meta keeps another one. Then it looks again. Errors: ErrNotConfigured,
// ErrElsewhere, whatsapp.ErrNoAccount, or a *whatsapp.SendError.
func (s *Service) Submit(ctx context.Context) (Submission, error) {
	n := s.deps.Platform
	if n == nil {
		return "", ErrNotConfigured
	}
	done, err := submit(ctx, n)
	if err != nil {
		return "", err
	}
	if done != Unchanged {
		e := audit.Event{Action: audit.WhatsAppTemplateSent, SubjectType: "clinic", SubjectID: actor.Platform, Reason: string(done)}
		if err := s.deps.Trail.Record(platform(ctx), e); err != nil {
			return done, err
		}
	}
	_, err = s.look(ctx, Platform)
	return done, err
}

func submit(ctx context.Context, n *Number) (Submission, error) {
	ours := consentTemplate()
	there := template(ctx, n)
	switch {
	case errors.Is(there.err, errAbsent):
		_, err := n.CreateTemplate(ctx, ours)
		return Created, err
	case there.err != nil:
		return "", there.err
	case there.value.SameText(ours):
		return Unchanged, nil
	}
	switch there.value.Status {
	case whatsapp.TemplateApproved, whatsapp.TemplateRejected, whatsapp.TemplatePaused:
		_, err := n.EditTemplate(ctx, there.value.ID, ours)
		return Corrected, err
	}
	return "", ErrElsewhere
}

// Sync asks Meta where the platform's template stands and keeps it; what waited
// for it leaves once it may. ErrNotConfigured without a number.
func (s *Service) Sync(ctx context.Context) (Template, error) {
	if s.deps.Platform == nil {
		return Template{}, ErrNotConfigured
	}
	there := template(ctx, s.deps.Platform)
	f := facts{now: s.clock.Now(), template: there}
	heard, known := f.heard()
	if !known {
		return Template{}, there.err
	}
	err := s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error { return s.settle(ctx, t, Platform, heard) })
	return heard, err
}
