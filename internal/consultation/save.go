package consultation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Update is what an author writes. Type is empty where the kind of note stays.
type Update struct {
	Type    string
	Content Content
}

// Edit is a draft opened to be changed, at the version that its author saw.
type Edit struct {
	// Current is the draft as it stands.
	Current Consultation
	service *Service
	loaded  *loaded
}

// Edit opens a draft to replace its text. It judges before any text is read: 404,
// 403 consultation.not_author, 409 consultation.already_signed or
// consultation.discarded, 412 for a version that is not the current one, 422
// patient.archived.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int64) (*Edit, error) {
	l, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := l.changeable(ctx); err != nil {
		return nil, err
	}
	if l.version != version {
		return nil, s.stale(ctx, l)
	}
	if l.subject.Archived {
		return nil, errArchived
	}
	c, err := l.opened()
	return &Edit{Current: c, service: s, loaded: l}, err
}

// stale refuses a version that is no longer current and leaves an event, which
// stays when the transaction around a repeatable request is rolled back.
func (s *Service) stale(ctx context.Context, l *loaded) error {
	e := event(audit.ConsultationSaved, l.id, l.patient)
	e.Outcome, e.Reason = audit.Failure, "stale"
	if err := s.Trail.Record(db.Apart(ctx), e); err != nil {
		return err
	}
	return errs.Stale("consultation")
}

// Save replaces the whole text of the draft: what the update leaves out is
// cleared. A text that is what it was changes nothing, not even the version, and
// leaves the event of a read. What
// cannot be kept is 422 consultation.invalid, at its fields, and nothing of the
// update is kept then; more than 256 KB is 413. Who saved in between is 412.
//
// When the kind of note changes, the text as it was stays among the copies.
func (e *Edit) Save(ctx context.Context, u Update) (Consultation, error) {
	l, next := *e.loaded, u.Content.tidy()
	if u.Type != "" && u.Type != l.kindOf.Key {
		if l.kindOf = typeOf(u.Type); l.kindOf == nil {
			return Consultation{}, errs.Invalid(errs.Field{Field: "type", Code: "enum", Message: "Elija el tipo de nota."})
		}
	}
	if err := next.check(l.kindOf); err != nil {
		return Consultation{}, err
	}
	s := e.service
	if err := s.look(ctx, &l, &next, e.Current.Content); err != nil {
		return Consultation{}, err
	}
	if l.kindOf == e.loaded.kindOf && next.equal(e.Current.Content) {
		return s.unchanged(ctx, &l, e.Current)
	}
	err := s.replace(ctx, &l, next, e.Current)
	if errs.KindOf(err) == errs.KindStale {
		return Consultation{}, s.overtaken(ctx, l.id)
	}
	if err != nil {
		return Consultation{}, err
	}
	return s.reread(ctx, l.id)
}

// unchanged answers a text that is what it was: the draft was read, not written.
func (s *Service) unchanged(ctx context.Context, l *loaded, current Consultation) (Consultation, error) {
	c, err := s.dressed(ctx, l, current)
	if err != nil {
		return Consultation{}, err
	}
	return s.recorded(ctx, audit.ConsultationRead, c)
}

// look finds the diagnoses in the catalog and fills in what it says. A code that
// the draft had already stays, even if the catalog dropped it meanwhile.
func (s *Service) look(ctx context.Context, l *loaded, next *Content, current Content) error {
	if slices.Equal(next.Diagnoses, current.Diagnoses) || len(next.Diagnoses) == 0 {
		return nil
	}
	known, err := s.Diagnoses.Find(ctx, next.codes(), who(l.subject, l.row))
	if err != nil {
		return err
	}
	var faults []errs.Field
	for i := range next.Diagnoses {
		d := &next.Diagnoses[i]
		if k, ok := known[d.Code]; ok {
			d.complete(k.Label, k.Version)
			continue
		}
		old := slices.IndexFunc(current.Diagnoses, func(o Diagnosis) bool { return o.Code == d.Code })
		if old < 0 {
			faults = append(faults, errs.Field{
				Field: diagnosisField(i), Code: "unknown", Message: "Este código no existe en la CIE-10. Elíjalo de la lista.",
			})
			continue
		}
		d.complete(current.Diagnoses[old].Label, current.Diagnoses[old].Version)
	}
	if len(faults) > 0 {
		return errs.Rule("consultation.invalid", "Algún diagnóstico no existe en el catálogo.", faults...)
	}
	return nil
}

// complete fills in what the author left to the catalog.
func (d *Diagnosis) complete(label, version string) {
	d.Version = version
	if d.Label == "" {
		d.Label = label
	}
}

func diagnosisField(i int) string { return fmt.Sprintf("diagnoses[%d].code", i) }

func (c Content) codes() []string {
	codes := make([]string, 0, len(c.Diagnoses))
	for _, d := range c.Diagnoses {
		codes = append(codes, d.Code)
	}
	return codes
}

func (s *Service) replace(ctx context.Context, l *loaded, next Content, was Consultation) error {
	l.brief.Excerpt, l.brief.Diagnosis = next.excerpt(l.kindOf), next.principal()
	body, small, err := sealDraft(l.subject.DataKey, l.place, next, l.brief)
	if err != nil {
		return err
	}
	asked := completeness(l.kindOf, next, who(l.subject, l.row)).missing()
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("consultation"), updateDraft, l.clinic, l.id, l.version, l.kindOf.Key, l.kindOf.Version, asked,
			string(body), string(small), s.Clock.Now())
		if !next.Vitals.Equal(was.Content.Vitals) {
			if err := s.Vitals.Keep(ctx, t, l.patient, l.id, next.Vitals); err != nil {
				return err
			}
		}
		if l.kindOf != was.Type {
			if err := s.queueCopy(ctx, t, l, vault.NewID(), was.Content); err != nil {
				return err
			}
		}
		s.announce(t, l)
		return s.Trail.Record(ctx, event(audit.ConsultationSaved, l.id, l.patient))
	})
}

// overtaken answers somebody whose act met another one: what became of the draft
// decides.
func (s *Service) overtaken(ctx context.Context, id uuid.UUID) error {
	l, err := s.load(ctx, id)
	if err != nil {
		return err
	}
	if err := l.changeable(ctx); err != nil {
		return err
	}
	return s.stale(ctx, l)
}

// longestExcerpt is how much of a note a list shows, in characters.
const longestExcerpt = 140

// excerpt begins the note with its first written section.
func (c Content) excerpt(t *NoteType) string {
	for _, s := range t.Sections {
		if text := strings.Join(strings.Fields(c.Sections[s.Key]), " "); text != "" {
			return cut(text, longestExcerpt)
		}
	}
	return cut(strings.Join(strings.Fields(c.Plan), " "), longestExcerpt)
}

// cut shortens a text at the end of a word.
func cut(text string, longest int) string {
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	short := string([]rune(text)[:longest-1])
	if i := strings.LastIndexByte(short, ' '); i > longest/2 {
		short = short[:i]
	}
	return short + "…"
}

// principal is the label of the principal diagnosis.
func (c Content) principal() string {
	for _, d := range c.Diagnoses {
		if d.Kind == Principal {
			return d.Label
		}
	}
	return ""
}

// copyPlace is where a kept copy is sealed.
func copyPlace(ctx context.Context, id uuid.UUID) vault.Place {
	return vault.Place{Clinic: actor.Clinic(ctx), Purpose: purposeCopy, Row: id}
}
