package consultation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
	"historias/internal/vault"
)

// AllStatuses asks a list for notes of every status.
const AllStatuses = "all"

// List is a patient's notes.
type List struct {
	page.List[Listed]
	// Suggested is the kind of note that the next visit begins with.
	Suggested string
}

// Mine is one of the caller's notes, with its patient.
type Mine struct {
	Listed
	Patient Card
}

type position struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

// start is where a list begins: after anything that can be.
func (s *Service) start(cursor string) (position, error) {
	from := position{At: s.Clock.Now().AddDate(1, 0, 0)}
	return from, page.Decode(cursor, &from)
}

// statusClause narrows a list; without a status it leaves out discarded drafts.
func statusClause(status string) (string, error) {
	switch Status(status) {
	case "":
		return " and status <> 'discarded'", nil
	case AllStatuses:
		return "", nil
	case Draft, Signed, Discarded:
		return " and status = '" + status + "'", nil
	}
	return "", errs.Invalid(errs.Field{Field: "status", Code: "enum", Message: "Elija draft, signed, discarded o all."})
}

const (
	pageOfPatient = `select ` + listColumns + ` from consultations where clinic_id = $1 and patient_id = $2
		and (opened_at, id) < ($3, $4)%s order by opened_at desc, id desc limit $5`
	pageOfAuthor = `select ` + listColumns + ` from consultations where clinic_id = $1 and author_id = $2
		and status = $6 and (opened_at, id) < ($3, $4) order by opened_at desc, id desc limit $5`
	firstSigned = `select exists (select from consultations where clinic_id = $1 and patient_id = $2 and status = 'signed' and type = $3)`
)

// OfPatient lists a patient's notes, the newest first, and says which kind the next
// visit begins with. What others have written in a draft is not shown.
func (s *Service) OfPatient(ctx context.Context, patient uuid.UUID, status string, p page.Request) (List, error) {
	clause, err := statusClause(status)
	if err != nil {
		return List{}, err
	}
	from, err := s.start(p.Cursor)
	if err != nil {
		return List{}, err
	}
	subject, err := s.Patients.Subject(ctx, patient)
	if err != nil {
		return List{}, err
	}
	var rows []row
	var first bool
	clinic := actor.Clinic(ctx)
	err = s.DB.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&rows), fmt.Sprintf(pageOfPatient, clause), clinic, patient, from.At, from.ID, p.Size()+1)
		q.One([]any{&first}, firstSigned, clinic, patient, suggested(false))
		return nil
	})
	if err != nil {
		return List{}, errs.Internal("consultation: list", err)
	}
	cut := page.Cut(rows, p.Size(), func(r row) any { return position{r.openedAt, r.id} })
	out := List{Suggested: suggested(first), List: page.List[Listed]{NextCursor: cut.NextCursor}}
	for _, r := range cut.Items {
		one, err := r.listedFor(ctx, subject.DataKey)
		if err != nil {
			return List{}, errs.Internal("consultation: list", err)
		}
		out.Items = append(out.Items, one)
	}
	return out, s.Trail.Record(ctx, audit.Event{Action: audit.ConsultationListed, SubjectType: subjectNote, PatientID: patient})
}

// OfAuthor lists the caller's notes of one status (drafts when it is empty), the
// newest first, each with its patient.
func (s *Service) OfAuthor(ctx context.Context, status string, p page.Request) (page.List[Mine], error) {
	if status == "" {
		status = string(Draft)
	}
	if _, err := statusClause(status); err != nil || status == AllStatuses {
		return page.List[Mine]{}, errs.Invalid(errs.Field{Field: "status", Code: "enum", Message: "Elija draft, signed o discarded."})
	}
	from, err := s.start(p.Cursor)
	if err != nil {
		return page.List[Mine]{}, err
	}
	var rows []row
	err = s.DB.Read(ctx, func(q *db.Reader) error {
		q.All(gather(&rows), pageOfAuthor, actor.Clinic(ctx), actor.Must(ctx).UserID, from.At, from.ID, p.Size()+1, status)
		return nil
	})
	if err != nil {
		return page.List[Mine]{}, errs.Internal("consultation: list", err)
	}
	cut := page.Cut(rows, p.Size(), func(r row) any { return position{r.openedAt, r.id} })
	items, shown, err := s.withPatients(ctx, cut.Items)
	if err != nil {
		return page.List[Mine]{}, err
	}
	err = s.Trail.Record(ctx, audit.Event{Action: audit.ConsultationListed, SubjectType: subjectNote, Subjects: shown})
	return page.List[Mine]{Items: items, NextCursor: cut.NextCursor}, err
}

func (s *Service) withPatients(ctx context.Context, rows []row) ([]Mine, []uuid.UUID, error) {
	var shown []uuid.UUID
	seen := map[uuid.UUID]bool{}
	for _, r := range rows {
		if !seen[r.patient] {
			seen[r.patient] = true
			shown = append(shown, r.patient)
		}
	}
	cards, err := s.Patients.Cards(ctx, shown)
	if err != nil {
		return nil, nil, err
	}
	items := make([]Mine, 0, len(rows))
	for _, r := range rows {
		patient := cards[r.patient]
		one, err := r.listedFor(ctx, patient.DataKey)
		if err != nil {
			return nil, nil, errs.Internal("consultation: list", err)
		}
		items = append(items, Mine{Listed: one, Patient: patient})
	}
	return items, shown, nil
}

func gather(into *[]row) func(db.Row) error {
	return func(from db.Row) error {
		var r row
		err := from.Scan(r.listed()...)
		*into = append(*into, r)
		return err
	}
}

// listedFor opens a row of a list as the caller may see it.
func (r *row) listedFor(ctx context.Context, key vault.Key) (Listed, error) {
	kind, err := edition(r.kind, r.edition)
	if err != nil {
		return Listed{}, err
	}
	brief, err := r.card.Open(key, vault.Place{Clinic: actor.Clinic(ctx), Purpose: purposeCard, Row: r.id})
	if err != nil {
		return Listed{}, err
	}
	one := Listed{
		ID: r.id, PatientID: r.patient, OfficeID: orZero(r.office), AuthorID: r.author, AuthorName: brief.Author, Type: kind,
		Status: r.status, OpenedAt: r.openedAt, UpdatedAt: r.updatedAt, SignedAt: orZero(r.signedAt), Missing: r.missing,
	}
	if r.status == Signed || mine(ctx, r.author) {
		one.Excerpt, one.Diagnosis = brief.Excerpt, brief.Diagnosis
	}
	return one, nil
}

// Visit is what another feature needs of a consultation.
type Visit struct {
	ID, PatientID, AuthorID, OfficeID uuid.UUID
	Status                            Status
	OpenedAt                          time.Time
}

// Visit gives a consultation without its text; errs.NotFound("consultation")
// otherwise. Whoever asks records the event of the act.
func (s *Service) Visit(ctx context.Context, id uuid.UUID) (Visit, error) {
	var v Visit
	var office *uuid.UUID
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&v.ID, &v.PatientID, &v.AuthorID, &office, &v.Status, &v.OpenedAt}, `select id, patient_id, author_id, office_id,
			status, opened_at from consultations where clinic_id = $1 and id = $2`, actor.Clinic(ctx), id)
		return nil
	})
	v.OfficeID = orZero(office)
	return v, db.Missing(err, "consultation")
}

// Latest is what the first page of a chart shows of the notes.
type Latest struct {
	Notes []Listed
	// Signed counts all signed notes.
	Signed int
}

const (
	countSigned = `select count(*) from consultations where clinic_id = $1 and patient_id = $2 and status = 'signed'`
	// Each row says how many are signed: where there is no row, none is.
	latestOfPatient = `select ` + listColumns + `, (` + countSigned + `) from consultations where clinic_id = $1 and patient_id = $2
		and status <> 'discarded' order by opened_at desc, id desc limit $3`
)

// QueueLatest queues the latest n notes of a patient, drafts of others without
// their text. The function it gives opens them once the read is done.
func (s *Service) QueueLatest(ctx context.Context, q *db.Reader, patient uuid.UUID, n int) func(vault.Key) (Latest, error) {
	var rows []row
	var out Latest
	clinic := actor.Clinic(ctx)
	q.All(func(from db.Row) error {
		var r row
		err := from.Scan(append(r.listed(), &out.Signed)...)
		rows = append(rows, r)
		return err
	}, latestOfPatient, clinic, patient, n)
	return func(key vault.Key) (Latest, error) {
		for _, r := range rows {
			one, err := r.listedFor(ctx, key)
			if err != nil {
				return Latest{}, errs.Internal("consultation: latest", err)
			}
			out.Notes = append(out.Notes, one)
		}
		return out, nil
	}
}
