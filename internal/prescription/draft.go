package prescription

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Opening is a prescription about to be begun.
type Opening struct {
	Edit
	// CopyOf is a signed prescription of the same patient whose items are taken
	// over before those of the edit; zero begins without.
	CopyOf uuid.UUID
}

// Open begins a draft on a consultation. errs.NotFound("consultation"), 403
// prescription.profession, consultation.not_author; 409 consultation.discarded;
// 422 patient.archived, prescription.other_patient, prescription.medication.
func (s *Service) Open(ctx context.Context, visit uuid.UUID, o Opening) (Prescription, error) {
	v, err := s.deps.Visits.Visit(ctx, visit)
	if err != nil {
		return Prescription{}, err
	}
	if err := attachable(v, actor.Must(ctx).UserID); err != nil {
		return Prescription{}, err
	}
	copied, err := s.copied(ctx, o.CopyOf, v.PatientID)
	if err != nil {
		return Prescription{}, err
	}
	o.Items = append(copied, o.Items...)
	return s.begin(ctx, v, o.Edit, uuid.Nil)
}

// copied gives the items of an earlier prescription, as new ones.
func (s *Service) copied(ctx context.Context, id, patient uuid.UUID) ([]Item, error) {
	if id == uuid.Nil {
		return nil, nil
	}
	from, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := copyable(from.Prescription, patient); err != nil {
		return nil, err
	}
	return anew(from.Items), nil
}

// anew gives items as the beginning of another prescription: what belongs to one
// paper alone is left behind.
func anew(items []Item) []Item {
	out := slices.Clone(items)
	for n := range out {
		out[n].ID, out[n].SpecialFolio, out[n].Replaces = vault.NewID(), "", uuid.Nil
	}
	return out
}

// Reissue begins a draft that replaces a voided prescription, with its items.
// 409 prescription.not_voided, prescription.already_reissued.
func (s *Service) Reissue(ctx context.Context, id uuid.UUID) (Prescription, error) {
	from, err := s.load(ctx, id)
	if err != nil {
		return Prescription{}, err
	}
	if err := reissuable(from.Prescription); err != nil {
		return Prescription{}, err
	}
	v := Visit{ID: from.ConsultationID, PatientID: from.PatientID}
	return s.begin(ctx, v, Edit{Items: anew(from.Items)}, id)
}

func (s *Service) begin(ctx context.Context, v Visit, e Edit, reissues uuid.UUID) (Prescription, error) {
	e, err := e.Clean()
	if err != nil {
		return Prescription{}, err
	}
	subject, err := s.deps.Patients.Subject(ctx, v.PatientID)
	if err != nil {
		return Prescription{}, err
	}
	if subject.Archived {
		return Prescription{}, errArchived
	}
	now := s.deps.Clock.Now()
	p := Prescription{
		ID: vault.NewID(), PatientID: v.PatientID, ConsultationID: v.ID, AuthorID: actor.Must(ctx).UserID,
		Status: StatusDraft, Reissues: reissues, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	h := held{Prescription: p, subject: subject}
	if err := s.judge(ctx, &h, e); err != nil {
		return Prescription{}, err
	}
	if err := s.insert(ctx, h); err != nil {
		return Prescription{}, err
	}
	return s.named(ctx, h.Prescription)
}

func (s *Service) insert(ctx context.Context, h held) error {
	clinic := actor.Clinic(ctx)
	sealed, err := seal(h.subject.DataKey, clinic, h.ID, purposeDraft, h.content)
	if err != nil {
		return errs.Internal("prescription: seal", err)
	}
	err = s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(insertDraft, clinic, h.ID, h.PatientID, h.ConsultationID, h.AuthorID, orNull(h.Reissues), sealed, h.CreatedAt)
		return s.deps.Trail.Record(ctx, event(audit.PrescriptionOpened, h.Prescription))
	})
	if db.Violates(err, "prescriptions_reissued") {
		return errReissued
	}
	return err
}

// judge puts an edit into a draft and gives it its alerts.
func (s *Service) judge(ctx context.Context, h *held, e Edit) error {
	who, err := s.prescriber(ctx)
	if err != nil {
		return err
	}
	c, err := s.consider(ctx, who, h.subject, e.Items)
	if err != nil {
		return err
	}
	reasons := make([]Acknowledgement, 0, len(e.Reasons))
	for _, r := range e.Reasons {
		reasons = append(reasons, Acknowledgement{AlertID: r.AlertID, Reason: r.Text})
	}
	kept := given(Judge(c, nil), h.content.Acknowledgements, reasons, actor.Must(ctx).UserID, s.deps.Clock.Now())
	h.content = Content{Items: c.Items, Acknowledgements: kept}
	h.show(c)
	return nil
}

// show gives a draft its alerts and papers in the light of a case.
func (h *held) show(c Case) {
	h.Items, h.Acknowledgements = c.Items, h.content.Acknowledgements
	h.Alerts = Judge(c, h.Acknowledgements)
	d := document(h, c, h.UpdatedAt)
	h.Sheets, h.SpecialForm = d.Sheets(), d.SpecialForm()
}

// Save replaces the content of a draft; it is the autosave. What changed nothing
// does not raise the version and leaves the event of a read. 403 prescription.not_author; 409
// prescription.already_signed, prescription.discarded; errs.Stale; 422
// patient.archived, prescription.medication.
func (s *Service) Save(ctx context.Context, id uuid.UUID, version int64, body func(now Prescription) (Edit, error)) (Prescription, error) {
	h, err := s.load(ctx, id)
	if err != nil {
		return Prescription{}, err
	}
	if err := writable(h.Prescription, actor.Must(ctx).UserID); err != nil {
		return Prescription{}, err
	}
	if h.Version != version {
		return Prescription{}, s.stale(ctx, audit.PrescriptionSaved, h.Prescription)
	}
	if h.subject.Archived {
		return Prescription{}, errArchived
	}
	e, err := body(h.Prescription)
	if err == nil {
		e, err = e.Clean()
	}
	if err != nil {
		return Prescription{}, err
	}
	before := h.content
	if err := s.judge(ctx, &h, e); err != nil {
		return Prescription{}, err
	}
	if sameContent(before, h.content) {
		return s.unchanged(ctx, h.Prescription)
	}
	h.Version, h.UpdatedAt = h.Version+1, s.deps.Clock.Now()
	if err := s.overtaken(ctx, audit.PrescriptionSaved, h.ID, s.update(ctx, h)); err != nil {
		return Prescription{}, err
	}
	return s.named(ctx, h.Prescription)
}

// unchanged answers a content that is what it was: the draft was read, not written.
func (s *Service) unchanged(ctx context.Context, p Prescription) (Prescription, error) {
	if err := s.deps.Trail.Record(ctx, event(audit.PrescriptionRead, p)); err != nil {
		return Prescription{}, err
	}
	return s.named(ctx, p)
}

func sameContent(a, b Content) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func (s *Service) update(ctx context.Context, h held) error {
	clinic := actor.Clinic(ctx)
	sealed, err := seal(h.subject.DataKey, clinic, h.ID, purposeDraft, h.content)
	if err != nil {
		return errs.Internal("prescription: seal", err)
	}
	return s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("prescription"), updateDraft, clinic, h.ID, h.Version-1, sealed, h.UpdatedAt)
		return s.deps.Trail.Record(ctx, event(audit.PrescriptionSaved, h.Prescription))
	})
}

// Discard puts a draft away. Nothing is deleted.
func (s *Service) Discard(ctx context.Context, id uuid.UUID) error {
	h, err := s.load(ctx, id)
	if err != nil {
		return err
	}
	if err := writable(h.Prescription, actor.Must(ctx).UserID); err != nil {
		return err
	}
	err = s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("prescription"), discardDraft, actor.Clinic(ctx), id, h.Version, s.deps.Clock.Now())
		return s.deps.Trail.Record(ctx, event(audit.PrescriptionDiscarded, h.Prescription))
	})
	return s.overtaken(ctx, audit.PrescriptionDiscarded, id, err)
}

// Get opens a prescription. Of a draft, alerts are judged anew: the record may
// have changed since it was saved. 403 prescription.not_author for somebody
// else's draft.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Prescription, error) {
	h, err := s.load(ctx, id)
	if err != nil {
		return Prescription{}, err
	}
	if err := readable(h.Prescription, actor.Must(ctx)); err != nil {
		return Prescription{}, err
	}
	if h.Status == StatusDraft {
		if _, err := s.rejudge(ctx, &h); err != nil {
			return Prescription{}, err
		}
	}
	if err := s.deps.Trail.Record(ctx, event(audit.PrescriptionRead, h.Prescription)); err != nil {
		return Prescription{}, err
	}
	return s.named(ctx, h.Prescription)
}

// rejudge gives a draft the alerts of now, with the reasons it has.
func (s *Service) rejudge(ctx context.Context, h *held) (Case, error) {
	who, err := s.deps.People.Prescriber(ctx, actor.Must(ctx).UserID)
	if err != nil {
		return Case{}, err
	}
	c, err := s.consider(ctx, who, h.subject, h.content.Items)
	if err != nil {
		return Case{}, err
	}
	h.show(c)
	return c, nil
}
