package connection

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// purposeReport is part of the key that seals reports and never changes.
const purposeReport = "whatsapp.report"

const (
	selectTemplate = `select name, language, status, category, reason, faithful, heard_at from whatsapp_templates
		where clinic_id = $1 and sender = $2 and name = $3 and language = $4`
	// saveTemplate writes what was heard unless something newer was.
	saveTemplate = `insert into whatsapp_templates as w (clinic_id, id, sender, name, language, status, category, reason, faithful, heard_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (clinic_id, sender, name, language) do update set status = excluded.status, category = excluded.category,
		reason = excluded.reason, faithful = excluded.faithful, heard_at = excluded.heard_at where w.heard_at <= excluded.heard_at`
	selectReport = `select id, sealed from whatsapp_reports where clinic_id = $1 and sender = $2 and sealed is not null`
	claimLook    = `insert into whatsapp_reports as w (clinic_id, id, sender, asked_at) values ($1, $2, $3, $4)
		on conflict (clinic_id, sender) do update set asked_at = excluded.asked_at where w.asked_at <= $5`
	selectAsked = `select asked_at from whatsapp_reports where clinic_id = $1 and sender = $2`
	touchReport = `insert into whatsapp_reports (clinic_id, id, sender, asked_at) values ($1, $2, $3, $4)
		on conflict (clinic_id, sender) do nothing`
	lockReport = `select id from whatsapp_reports where clinic_id = $1 and sender = $2 for update`
	saveReport = `update whatsapp_reports set at = $3, sealed = $4 where clinic_id = $1 and id = $2`
)

// kept is what was heard of a line before.
type kept struct {
	report   *Report
	template *Template
}

func (s *Service) kept(ctx context.Context, line Line) (kept, error) {
	ctx = platform(ctx)
	ours := consentTemplate()
	var k kept
	var t Template
	var id uuid.UUID
	var token string
	var known, reported bool
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&known, t.dest(), selectTemplate, actor.Platform, line, ours.Name, ours.Language)
		q.Maybe(&reported, []any{&id, &token}, selectReport, actor.Platform, line)
		return nil
	})
	if err != nil {
		return k, err
	}
	if known {
		k.template = &t
	}
	if reported {
		k.report, err = s.open(ctx, id, token)
	}
	return k, err
}

func (t *Template) dest() []any {
	return []any{&t.Name, &t.Language, &t.Status, &t.Category, &t.Reason, &t.Faithful, &t.HeardAt}
}

func reportPlace(id uuid.UUID) vault.Place {
	return vault.Place{Clinic: actor.Platform, Purpose: purposeReport, Row: id}
}

func (s *Service) open(ctx context.Context, id uuid.UUID, token string) (*Report, error) {
	key, err := s.deps.Vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return nil, err
	}
	report, err := vault.Sealed[Report](token).Open(key, reportPlace(id))
	return &report, err
}

// claim takes the right to ask Meta for a person: once a minute, over all
// processes and clinics. 429 whatsapp.too_soon.
func (s *Service) claim(ctx context.Context, line Line) error {
	now := s.clock.Now()
	return s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		n, err := t.Affected(claimLook, actor.Platform, vault.NewID(), line, now, now.Add(-pace))
		if err != nil || n == 1 {
			return err
		}
		var last time.Time
		if err := t.One([]any{&last}, selectAsked, actor.Platform, line); err != nil {
			return err
		}
		refusal := errs.TooMany("whatsapp.too_soon", last.Add(pace).Sub(now))
		refusal.Message = "Acaba de revisarse. Meta limita estas consultas: espere un minuto y vuelva a intentarlo."
		return refusal
	})
}

// keep writes what a look brought: the report, and where the template stands.
func (s *Service) keep(ctx context.Context, line Line, report Report, f facts) error {
	ctx = platform(ctx)
	key, err := s.deps.Vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		// A look of the program itself does not make a person wait.
		t.Exec(touchReport, actor.Platform, vault.NewID(), line, report.At.Add(-pace))
		var id uuid.UUID
		if err := t.One([]any{&id}, lockReport, actor.Platform, line); err != nil {
			return err
		}
		token, err := vault.Seal(key, reportPlace(id), report)
		if err != nil {
			return err
		}
		t.Exec(saveReport, actor.Platform, id, report.At, string(token))
		if heard, known := f.heard(); known {
			return s.settle(ctx, t, line, heard)
		}
		return nil
	})
}

// heard is what the look says of the template; false when Meta did not answer.
func (f facts) heard() (Template, bool) {
	ours := consentTemplate()
	h := Template{Name: ours.Name, Language: ours.Language, Status: whatsapp.TemplateAbsent, Faithful: true, HeardAt: f.now}
	switch {
	case f.template.err == nil:
		v := f.template.value
		h.Status, h.Category, h.Reason, h.Faithful = v.Status, v.Category, v.Reason, v.SameText(ours)
	case f.template.err != errAbsent: //nolint:errorlint // ours, never wrapped
		return h, false
	}
	return h, true
}

// settle keeps where the template stands. Once it may be used, what waited for
// it leaves.
func (s *Service) settle(ctx context.Context, t *db.Tx, line Line, h Template) error {
	n, err := t.Affected(saveTemplate, actor.Platform, vault.NewID(), line, h.Name, h.Language,
		metaWord(h.Status, 40), metaWord(h.Category, 40), metaWord(h.Reason, 60), h.Faithful, h.HeardAt)
	if err != nil || n == 0 || h.Status != whatsapp.TemplateApproved || !h.Faithful {
		return err
	}
	return s.deps.Messages.Release(ctx, t, line)
}

var noWord = regexp.MustCompile(`[^A-Z_]+`)

// metaWord keeps of a text only what Meta's own words are made of.
func metaWord(text string, longest int) string {
	word := noWord.ReplaceAllString(strings.ToUpper(text), "_")
	return word[:min(len(word), longest)]
}
