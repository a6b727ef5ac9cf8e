package notice

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB      *db.DB
	Trail   *audit.Trail
	Clock   clock.Clock
	Clinics Clinics
	// Address is where the public pages stand, such as
	// https://clinica.example/privacy-notice.
	Address string
}

// Service is the use cases of notices.
type Service struct {
	db      *db.DB
	trail   *audit.Trail
	clock   clock.Clock
	clinics Clinics
	address string
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{db: d.DB, trail: d.Trail, clock: d.Clock, clinics: d.Clinics, address: d.Address}
}

// Link is the public address of a clinic's notice in force.
func (s *Service) Link(slug string) string { return s.address + "/" + slug }

// VersionLink is the permanent public address of one version.
func (s *Service) VersionLink(slug string, version int) string {
	return s.Link(slug) + "/v/" + strconv.Itoa(version)
}

type position struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

// List gives the clinic's notices, newest first.
func (s *Service) List(ctx context.Context, p page.Request) (page.List[Notice], error) {
	from := position{At: s.clock.Now().AddDate(1, 0, 0)}
	if err := page.Decode(p.Cursor, &from); err != nil {
		return page.List[Notice]{}, err
	}
	var found []Notice
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&found), selectPage, actor.Clinic(ctx), from.At, from.ID, p.Size()+1)
		return nil
	})
	return page.Cut(found, p.Size(), func(n Notice) any { return position{n.CreatedAt, n.ID} }), err
}

func gather(into *[]Notice) func(db.Row) error {
	return func(from db.Row) error {
		var r row
		if err := from.Scan(r.dest()...); err != nil {
			return err
		}
		n, err := r.notice()
		*into = append(*into, n)
		return err
	}
}

// Get gives one notice of the clinic; errs.NotFound("notice") otherwise.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Notice, error) {
	return s.read(ctx, selectOne, actor.Clinic(ctx), id)
}

func (s *Service) read(ctx context.Context, sql string, args ...any) (Notice, error) {
	var r row
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One(r.dest(), sql, args...)
		return nil
	})
	if err != nil {
		return Notice{}, db.Missing(err, "notice")
	}
	return r.notice()
}

// Create makes a draft.
func (s *Service) Create(ctx context.Context, draft Drafting) (Notice, error) {
	if err := draft.Validate(); err != nil {
		return Notice{}, err
	}
	now := s.clock.Now()
	n := Notice{
		ID: vault.NewID(), ClinicID: actor.Clinic(ctx), Kind: draft.Kind, Lang: "es-MX", Status: Draft,
		Revision: 1, CreatedAt: now, UpdatedAt: now,
	}
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		pattern, err := s.pattern(t, n.ClinicID, n.Kind)
		if err != nil {
			return err
		}
		if draft.empty() {
			draft.Edit = Edit{Summary: pattern.Summary, Elements: pattern.Elements}
		}
		if err := s.word(ctx, &n, draft.Edit, pattern.Parameters); err != nil {
			return err
		}
		insert(t, n)
		return s.trail.Record(ctx, event(audit.NoticeCreated, n.ID))
	})
	return n, err
}

// pattern is what a new draft begins with: the clinic's notice in force, else
// the base notice.
func (s *Service) pattern(t *db.Tx, clinic uuid.UUID, kind Kind) (Notice, error) {
	own, err := one(t, selectInForce, clinic, kind)
	if err == nil || !isMissing(err) {
		return own, err
	}
	base, err := one(t, selectInForce, baseClinic, Integral)
	base.Elements = slices.DeleteFunc(base.Elements, func(e Element) bool {
		return !slices.Contains(kind.demanded(), e.Element)
	})
	return base, err
}

// word gives a draft its words and shows them filled as far as the clinic's
// data go.
func (s *Service) word(ctx context.Context, n *Notice, e Edit, law map[string]string) error {
	who, err := s.clinics.Responsible(ctx)
	if err != nil {
		return err
	}
	n.Summary, n.Elements = e.Summary, e.Elements
	if n.Elements == nil {
		n.Elements = []Element{}
	}
	n.Parameters = values(law, who, s.Link(who.Slug))
	n.Content = fill(Compose(n.Summary, n.Elements), n.Parameters)
	return nil
}

// Update replaces the words of a draft. 412 when version is not current, which
// is judged before body is read; 422 notice.published for what is no draft.
func (s *Service) Update(ctx context.Context, id uuid.UUID, version int64, body func() (Edit, error)) (Notice, error) {
	var n Notice
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) (err error) {
		if n, err = s.draft(ctx, t, id); err != nil {
			return err
		}
		if n.Revision != version {
			return errs.Stale("notice")
		}
		edit, err := body()
		if err == nil {
			err = edit.Validate()
		}
		if err != nil {
			return err
		}
		if err := s.word(ctx, &n, edit, n.Parameters); err != nil {
			return err
		}
		n.UpdatedAt, n.Revision = s.clock.Now(), version+1
		t.ExecOne(errs.Stale("notice"), updateDraft, n.ClinicID, n.ID, version, n.Summary, n.Content,
			asJSON(n.Elements), asJSON(n.Parameters), n.UpdatedAt)
		return s.trail.Record(ctx, event(audit.NoticeUpdated, n.ID))
	})
	return n, err
}

// draft reads a notice for writing and refuses one that is published.
func (s *Service) draft(ctx context.Context, t *db.Tx, id uuid.UUID) (Notice, error) {
	n, err := one(t, selectForWrite, actor.Clinic(ctx), id)
	if err != nil {
		return n, db.Missing(err, "notice")
	}
	if n.Status != Draft {
		return n, errs.Rule("notice.published", "Este aviso ya está publicado y no cambia. Prepare una versión nueva.")
	}
	return n, nil
}

func event(action audit.Action, id uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: "notice", SubjectID: id}
}
