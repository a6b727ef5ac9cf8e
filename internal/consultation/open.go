package consultation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/live"
	"historias/internal/measures"
	"historias/internal/vault"
)

// Opening is a visit about to begin.
type Opening struct {
	PatientID uuid.UUID
	Type      string
	// OfficeID may be left out while the clinic has one office.
	OfficeID uuid.UUID
}

// Open begins a visit with an empty draft. What was measured of the patient
// shortly before becomes its vital signs. 400 for a kind of note that does not
// exist, 404 for a patient or office that is not the clinic's, 422
// patient.archived and office.required.
func (s *Service) Open(ctx context.Context, o Opening) (Consultation, error) {
	kind := typeOf(o.Type)
	if kind == nil {
		return Consultation{}, errs.Invalid(errs.Field{Field: "type", Code: "enum", Message: "Elija el tipo de nota."})
	}
	subject, err := s.Patients.Subject(ctx, o.PatientID)
	if err != nil {
		return Consultation{}, err
	}
	if subject.Archived {
		return Consultation{}, errArchived
	}
	if o.OfficeID, err = s.Heads.Office(ctx, o.OfficeID); err != nil {
		return Consultation{}, err
	}
	l := &loaded{clinic: actor.Clinic(ctx), kindOf: kind, subject: subject}
	l.id, l.author, l.patient, l.openedAt = vault.NewID(), actor.Must(ctx).UserID, subject.ID, s.Clock.Now()
	if l.brief.Author, err = s.nameOf(ctx, l.author); err != nil {
		return Consultation{}, err
	}
	if err := s.begin(ctx, l, o.OfficeID); err != nil {
		return Consultation{}, err
	}
	return s.reread(ctx, l.id)
}

// begin writes the draft, ties what was measured before, and counts what is asked.
func (s *Service) begin(ctx context.Context, l *loaded, office uuid.UUID) error {
	body, small, err := sealDraft(l.subject.DataKey, l.place, Content{}, l.brief)
	if err != nil {
		return err
	}
	asked := completeness(l.kindOf, Content{}, who(l.subject, l.row)).missing()
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(insertNote, l.clinic, l.id, l.patient, l.author, orNull(office), l.kindOf.Key, l.kindOf.Version, asked, l.openedAt,
			string(body), string(small))
		if err := s.Vitals.Adopt(ctx, t, l.patient, l.id); err != nil {
			return err
		}
		set, err := s.measured(ctx, l.id)
		if err != nil {
			return err
		}
		if now := completeness(l.kindOf, Content{Vitals: set}, who(l.subject, l.row)).missing(); now != asked {
			t.Exec(updateMissing, l.clinic, l.id, now)
		}
		s.announce(t, l)
		return s.Trail.Record(ctx, event(audit.ConsultationOpened, l.id, l.patient))
	})
}

// measured reads, inside a transaction, what a visit measured.
func (s *Service) measured(ctx context.Context, id uuid.UUID) (measures.Set, error) {
	var read func() (measures.Set, time.Time, uuid.UUID)
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		read = s.Vitals.QueueOf(ctx, q, id)
		return nil
	})
	if err != nil {
		return measures.Set{}, err
	}
	set, _, _ := read()
	return set, nil
}

// announce tells open pages that something of the patient changed.
func (s *Service) announce(t *db.Tx, l *loaded) {
	s.Live.Publish(t, live.Change{Clinic: l.clinic, Topic: live.Consultation, PatientID: l.patient})
}

func (s *Service) nameOf(ctx context.Context, user uuid.UUID) (string, error) {
	names, err := s.People.Names(ctx, []uuid.UUID{user})
	return names[user], err
}
