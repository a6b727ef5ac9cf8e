package prescription

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
	"historias/internal/vault"
)

// Filter narrows a list; its zero value is everything but discarded drafts.
type Filter struct {
	PatientID      uuid.UUID
	ConsultationID uuid.UUID
	Status         Status
	// Mine leaves out what others wrote.
	Mine bool
}

type position struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

// List gives prescriptions, the newest first, and records whose were shown.
// errs.NotFound("patient") or ("consultation") for one that the clinic does not
// have.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.List[Listed], error) {
	if err := s.exists(ctx, f); err != nil {
		return page.List[Listed]{}, err
	}
	from := position{At: s.deps.Clock.Now().AddDate(1, 0, 0)}
	if err := page.Decode(p.Cursor, &from); err != nil {
		return page.List[Listed]{}, err
	}
	var rows []row
	sql, args := f.query(actor.Must(ctx), from, p.Size()+1)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&rows), sql, args...)
		return nil
	})
	if err != nil {
		return page.List[Listed]{}, errs.Internal("prescription: list", err)
	}
	cut := page.Cut(rows, p.Size(), func(r row) any { return position{r.createdAt, r.id} })
	items, shown, err := s.listed(ctx, cut.Items)
	if err != nil {
		return page.List[Listed]{}, err
	}
	err = s.deps.Trail.Record(ctx, audit.Event{
		Action: audit.PrescriptionListed, SubjectType: subjectType, PatientID: f.PatientID, Subjects: shown,
	})
	return page.List[Listed]{Items: items, NextCursor: cut.NextCursor}, err
}

func (s *Service) exists(ctx context.Context, f Filter) error {
	if f.PatientID != uuid.Nil {
		if _, err := s.deps.Patients.Subject(ctx, f.PatientID); err != nil {
			return err
		}
	}
	if f.ConsultationID != uuid.Nil {
		if _, err := s.deps.Visits.Visit(ctx, f.ConsultationID); err != nil {
			return err
		}
	}
	return nil
}

// query writes the list's statement, of comparisons that reach an index under
// row-level security.
func (f Filter) query(who *actor.Actor, from position, limit int) (string, []any) {
	args := []any{who.ClinicID, from.At, from.ID}
	where := []string{"p.clinic_id = $1", "(p.created_at, p.id) < ($2, $3)"}
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if f.PatientID != uuid.Nil {
		add("p.patient_id = $%d", f.PatientID)
	}
	if f.ConsultationID != uuid.Nil {
		add("p.consultation_id = $%d", f.ConsultationID)
	}
	if f.Mine {
		add("p.author_id = $%d", who.UserID)
	}
	if f.Status != "" {
		add("p.status = $%d", f.Status)
	} else {
		where = append(where, "p.status <> 'discarded'")
	}
	args = append(args, limit)
	return fmt.Sprintf("select %s from prescriptions p where %s order by p.created_at desc, p.id desc limit $%d",
		columns, strings.Join(where, " and "), len(args)), args
}

// listed opens the rows of a page and names the patients that it shows.
func (s *Service) listed(ctx context.Context, rows []row) ([]Listed, []uuid.UUID, error) {
	patients, authors := distinct(rows, func(r row) uuid.UUID { return r.patient }), distinct(rows, func(r row) uuid.UUID { return r.author })
	cards, err := s.deps.Patients.Cards(ctx, patients)
	if err != nil {
		return nil, nil, err
	}
	names, err := s.deps.People.Names(ctx, authors)
	if err != nil {
		return nil, nil, err
	}
	clinic, user := actor.Clinic(ctx), actor.Must(ctx).UserID
	out := make([]Listed, 0, len(rows))
	for _, r := range rows {
		item, err := r.listed(clinic, user, cards[r.patient].Key)
		if err != nil {
			return nil, nil, errs.Internal("prescription: open", err)
		}
		item.Patient, item.AuthorName = cards[r.patient], names[r.author]
		out = append(out, item)
	}
	return out, patients, nil
}

func distinct(rows []row, of func(row) uuid.UUID) []uuid.UUID {
	var out []uuid.UUID
	seen := map[uuid.UUID]bool{}
	for _, r := range rows {
		if id := of(r); !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// listed gives what a list shows of a row. Somebody else's draft stays closed.
func (r *row) listed(clinic, user uuid.UUID, key vault.Key) (Listed, error) {
	l := Listed{
		ID: r.id, PatientID: r.patient, ConsultationID: r.visit, AuthorID: r.author, Status: r.status,
		Reissues: orZero(r.reissues), CreatedAt: r.createdAt.UTC(), SignedAt: utc(r.signedAt), VoidedAt: utc(r.voidedAt),
	}
	if r.signedAt == nil && r.author != user {
		return l, nil
	}
	p, _, err := r.open(clinic, key)
	if p.Document != nil {
		l.Folio = p.Document.Folio
	}
	for _, i := range p.Items {
		l.Items = append(l.Items, Line{GenericName: i.GenericName, BrandName: i.BrandName, Presentation: i.Presentation, Dosage: i.Dosage()})
	}
	return l, err
}
