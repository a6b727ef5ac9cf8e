package prescription

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/signature"
)

// Proof is what the signer proves with that it is she who signs.
type Proof struct {
	Password string
	TOTPCode string
	// Passkey is the answer of a passkey to a challenge; nil without one.
	Passkey *Passkey
	// Version is the one that she saw, 0 when she does not say.
	Version int64
}

// Passkey is the answer of a passkey to a challenge.
type Passkey struct {
	ChallengeID uuid.UUID
	Credential  json.RawMessage
}

// Sign freezes a draft and makes its paper. Alerts are judged again: what the
// record learned since the last save counts. 403 prescription.not_author,
// prescription.profession; 409 prescription.already_signed or
// consultation.discarded; errs.Stale; 422
// prescription.incomplete, prescription.alerts_open, and what Heads and
// Reauthenticate refuse.
func (s *Service) Sign(ctx context.Context, id uuid.UUID, proof Proof) (Prescription, error) {
	h, err := s.load(ctx, id)
	if err != nil {
		return Prescription{}, err
	}
	if err := writable(h.Prescription, actor.Must(ctx).UserID); err != nil {
		return Prescription{}, err
	}
	if proof.Version != 0 && proof.Version != h.Version {
		return Prescription{}, s.stale(ctx, audit.PrescriptionSigned, h.Prescription)
	}
	c, paper, err := s.draw(ctx, &h)
	if err != nil {
		return Prescription{}, err
	}
	paper.Document.Method, err = s.deps.People.Reauthenticate(ctx, proof)
	if err != nil {
		return Prescription{}, err
	}
	if err := s.seal(ctx, &h, c, paper); err != nil {
		return Prescription{}, err
	}
	return s.named(ctx, h.Prescription)
}

// draw makes the document that a draft would become, once nothing stands against
// signing it.
func (s *Service) draw(ctx context.Context, h *held) (Case, Paper, error) {
	if h.subject.Archived {
		return Case{}, Paper{}, errArchived
	}
	if _, err := s.prescriber(ctx); err != nil {
		return Case{}, Paper{}, err
	}
	visit, err := s.deps.Visits.Visit(ctx, h.ConsultationID)
	if err == nil {
		err = standing(visit)
	}
	if err != nil {
		return Case{}, Paper{}, err
	}
	now := s.deps.Clock.Now()
	head, key, err := s.deps.Heads.Head(ctx, h.PatientID, visit.OfficeID, now)
	if err != nil {
		return Case{}, Paper{}, err
	}
	c, err := s.rejudge(ctx, h)
	if err != nil {
		return c, Paper{}, err
	}
	if err := complete(h.Items, head); err != nil {
		return c, Paper{}, err
	}
	if err := answered(h.Alerts); err != nil {
		return c, Paper{}, err
	}
	replaces, err := s.folioOf(ctx, h.Reissues)
	d := document(h, c, now)
	d.ClinicID, d.Head = actor.Clinic(ctx), head
	return c, Paper{Document: d, Key: key, Replaces: replaces}, err
}

// document is what a draft says, without what only signing gives.
func document(h *held, c Case, at time.Time) Document {
	d := Document{
		Format: documentFormat, PrescriptionID: h.ID, PatientID: h.PatientID, ConsultationID: h.ConsultationID,
		Reissues: h.Reissues, IssuedAt: at, Alerts: h.Alerts, Weight: c.Weight, Allergies: Declared{Status: c.AllergyState},
	}
	for _, i := range h.Items {
		p := c.Products[i.ID]
		d.Items = append(d.Items, Signed{Item: i, Fraction: p.Fraction, Antibiotic: p.Antibiotic, CatalogVersion: p.Version})
	}
	for _, a := range c.Allergies {
		d.Allergies.Substances = append(d.Allergies.Substances, a.Substance)
	}
	return d
}

// folioOf gives the folio of the prescription that this one replaces.
func (s *Service) folioOf(ctx context.Context, id uuid.UUID) (string, error) {
	if id == uuid.Nil {
		return "", nil
	}
	h, err := s.load(ctx, id)
	if err != nil || h.Document == nil {
		return "", err
	}
	return h.Document.Folio, nil
}

// seal numbers and renders the document and writes everything that signing means
// in one transaction.
func (s *Service) seal(ctx context.Context, h *held, c Case, paper Paper) error {
	d := &paper.Document
	day := dayOf(*d)
	number, err := s.deps.Documents.Number(ctx, day)
	if err != nil {
		return err
	}
	d.Folio, d.Code = number.Folio, number.Code
	canonical, err := signature.Canonical(d)
	if err != nil {
		return errs.Internal("prescription: canonical", err)
	}
	paper.Hash = signature.Hash(canonical)
	keep, err := s.deps.Documents.Issue(ctx, paper)
	if err != nil {
		return err
	}
	h.Status, h.SignedAt, h.UpdatedAt, h.Hash, h.Document = StatusSigned, d.IssuedAt, d.IssuedAt, paper.Hash, d
	h.content.Items = h.Items
	h.Version++
	err = s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		return s.signed(ctx, t, h, c, paper, keep)
	})
	return s.overtaken(ctx, audit.PrescriptionSigned, h.ID, err)
}

// dayOf is the day of signing where the paper is handed out.
func dayOf(d Document) mx.Date {
	zone, err := time.LoadLocation(d.Head.Establishment.TimeZone)
	if err != nil {
		zone = west
	}
	return mx.DateOf(d.IssuedAt.In(zone))
}

func (s *Service) signed(ctx context.Context, t *db.Tx, h *held, c Case, paper Paper, keep Keep) error {
	if err := s.hold(ctx, t, h.ConsultationID); err != nil {
		return err
	}
	if err := s.freeze(ctx, t, h, paper); err != nil {
		return err
	}
	who := paper.Document.Head.Professional
	_, err := s.deps.Signer.Queue(ctx, t, signature.Act{
		SubjectType: subjectType, SubjectID: h.ID, PatientID: h.PatientID, Key: paper.Key, Hash: paper.Hash,
		Method: paper.Document.Method, At: paper.Document.IssuedAt,
		Person: signature.Person{FullName: who.FullName, Profession: who.Profession, License: who.License},
	})
	if err != nil {
		return errs.Internal("prescription: signature", err)
	}
	if err := keep(ctx, t); err != nil {
		return err
	}
	if err := s.startCourses(ctx, t, h, c, paper); err != nil {
		return err
	}
	if err := s.deps.Favourites.Used(ctx, t, medicationsOf(h.Items)); err != nil {
		return err
	}
	s.announce(t, h.PatientID, actor.Clinic(ctx))
	return s.deps.Trail.Record(ctx, event(audit.PrescriptionSigned, h.Prescription))
}

// hold keeps the visit from being discarded while a receta is signed on it.
func (s *Service) hold(ctx context.Context, t *db.Tx, visit uuid.UUID) error {
	status, err := s.deps.Visits.Hold(ctx, t, visit)
	if err != nil {
		return err
	}
	return standing(Visit{ID: visit, Status: status})
}

// InForceOn tells, inside a transaction, whether a receta was signed on a visit
// and not voided.
func (s *Service) InForceOn(ctx context.Context, t *db.Tx, visit uuid.UUID) (bool, error) {
	var in bool
	err := t.One([]any{&in}, `select exists (select from prescriptions
		where clinic_id = $1 and consultation_id = $2 and status = 'signed')`, actor.Clinic(ctx), visit)
	return in, err
}

func (s *Service) freeze(ctx context.Context, t *db.Tx, h *held, paper Paper) error {
	clinic, key := actor.Clinic(ctx), paper.Key
	draft, err := seal(key, clinic, h.ID, purposeDraft, h.content)
	if err != nil {
		return errs.Internal("prescription: seal", err)
	}
	doc, err := seal(key, clinic, h.ID, purposeDocument, paper.Document)
	if err != nil {
		return errs.Internal("prescription: seal", err)
	}
	t.ExecOne(errs.Stale("prescription"), signDraft, clinic, h.ID, h.Version-1, draft, doc, paper.Hash, h.SignedAt)
	return nil
}

// startCourses writes the medicines that the patient takes from now on, and ends
// those whose place they take.
func (s *Service) startCourses(ctx context.Context, t *db.Tx, h *held, c Case, paper Paper) error {
	clinic, user := actor.Clinic(ctx), actor.Must(ctx).UserID
	day := dayOf(paper.Document)
	for _, i := range h.Items {
		product := c.Products[i.ID]
		for _, course := range c.Courses {
			continues := course.sameSubstances(product.Ingredients) && course.sameDose(i)
			if continues || i.Replaces == course.ID {
				t.Exec(replaceCourse, clinic, course.ID, h.ID, h.SignedAt, user)
			}
		}
		if err := courseOf(paper.Document, i, product, day).insert(t, clinic, paper.Key, h.SignedAt); err != nil {
			return errs.Internal("prescription: course", err)
		}
	}
	return nil
}

func medicationsOf(items []Item) []uuid.UUID {
	var out []uuid.UUID
	for _, i := range items {
		if i.MedicationID != uuid.Nil {
			out = append(out, i.MedicationID)
		}
	}
	return out
}

// overtaken says to whom somebody else was faster what became of the draft.
func (s *Service) overtaken(ctx context.Context, action audit.Action, id uuid.UUID, err error) error {
	if errs.KindOf(err) != errs.KindStale {
		return err
	}
	now, again := s.load(db.Apart(ctx), id)
	if again != nil {
		return again
	}
	if refused := writable(now.Prescription, actor.Must(ctx).UserID); refused != nil {
		return refused
	}
	return s.stale(ctx, action, now.Prescription)
}
