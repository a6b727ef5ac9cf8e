package consultation

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/letterhead"
	"historias/internal/vault"
)

// addendumVersion names the form of a signed addendum.
const addendumVersion = "historias.addendum.v1"

// addendumNote is a signed addendum. It names the note by its hash, so that it can
// be read with no other.
type addendumNote struct {
	Form           string          `json:"v"`
	ID             uuid.UUID       `json:"id"`
	ClinicID       uuid.UUID       `json:"clinic_id"`
	PatientID      uuid.UUID       `json:"patient_id"`
	ConsultationID uuid.UUID       `json:"consultation_id"`
	NoteHash       string          `json:"note_hash"`
	SignedAt       time.Time       `json:"signed_at"`
	Head           letterhead.Head `json:"head"`
	Text           string          `json:"text"`
}

func hashText(hash []byte) string { return hex.EncodeToString(hash) }

// Append adds a dated and signed text to a signed note; the note stays as it was.
// 400 without a text; 404; 409 consultation.not_signed; 413; 422 as Sign.
func (s *Service) Append(ctx context.Context, id uuid.UUID, text string, p Proof) (Consultation, error) {
	if err := checkAddendum(text); err != nil {
		return Consultation{}, err
	}
	l, err := s.load(ctx, id)
	if err != nil {
		return Consultation{}, err
	}
	if l.status != Signed {
		return Consultation{}, errNotSigned
	}
	head, key, err := s.Heads.Head(ctx, l.patient, orZero(l.office), s.Clock.Now())
	if err != nil {
		return Consultation{}, err
	}
	method, err := s.People.Reauthenticate(ctx, p)
	if err != nil {
		return Consultation{}, err
	}
	n := addendumNote{
		Form: addendumVersion, ID: vault.NewID(), ClinicID: l.clinic, PatientID: l.patient, ConsultationID: l.id,
		NoteHash: hashText(l.hash), SignedAt: latest(s.Clock.Now(), l.updatedAt), Head: head, Text: text,
	}
	if err := s.append(ctx, l, n, key, method); err != nil {
		return Consultation{}, err
	}
	return s.reread(ctx, id)
}

func checkAddendum(text string) error {
	switch {
	case letters(text) < fewestLetters:
		return errs.Invalid(errs.Field{Field: "text", Code: "required", Message: "Escriba el texto de la adenda."})
	case len(text) > LargestText:
		return errs.New(errs.KindTooLarge, "consultation.too_large", "La adenda es demasiado larga: admite hasta 256 KB de texto.")
	}
	return nil
}

func (s *Service) append(ctx context.Context, l *loaded, n addendumNote, key vault.Key, method string) error {
	form, err := sealForm(key, addendumPlace(n, purposeAddendum), n)
	if err != nil {
		return err
	}
	issued, err := s.Documents.Issue(ctx, Paper{
		ID: n.ID, PatientID: n.PatientID, Key: key, Head: n.Head, Type: l.kindOf, OpenedAt: l.openedAt,
		Addendum: &PaperAddendum{Text: n.Text, NoteFolio: l.brief.Folio, NoteSignedAt: orZero(l.signedAt)},
		SignedAt: n.SignedAt, Hash: form.hash, Method: method,
	})
	if err != nil {
		return err
	}
	small, err := vault.Seal(key, addendumPlace(n, purposeAddCard), card{Folio: issued.Folio, Code: issued.Code, Method: method})
	if err != nil {
		return err
	}
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		var seq int
		t.Exec(holdNote, l.clinic, l.id) // two addenda at once are numbered one after the other
		if err := t.One([]any{&seq}, lastAddendum, l.clinic, l.id); err != nil {
			return err
		}
		t.Exec(insertAddendum, l.clinic, n.ID, l.id, actor.Must(ctx).UserID, seq+1, n.SignedAt, form.hash, string(form.token), string(small))
		act := actOf(subjectAddendum, n.ID, n.PatientID, key, form.hash, method, n.Head.Professional)
		act.At = n.SignedAt
		if _, err := s.Signatures.Queue(ctx, t, act); err != nil {
			return err
		}
		if err := issued.Keep(ctx, t); err != nil {
			return err
		}
		s.announce(t, l)
		return s.signedEvent(ctx, audit.ConsultationAddendum, l, form.hash)
	})
}

func addendumPlace(n addendumNote, purpose string) vault.Place {
	return vault.Place{Clinic: n.ClinicID, Purpose: purpose, Row: n.ID}
}

// openAddenda opens the addenda of a note, each proved to be what was signed.
func (l *loaded) openAddenda() ([]Addendum, error) {
	var out []Addendum
	for _, r := range l.addenda {
		at := func(purpose string) vault.Place { return vault.Place{Clinic: l.clinic, Purpose: purpose, Row: r.id} }
		n, err := reopen[addendumNote](r.sealed, l.subject.DataKey, at(purposeAddendum), r.hash)
		if err != nil {
			return nil, err
		}
		if n.ID != r.id || n.ConsultationID != l.id || n.NoteHash != hashText(l.hash) {
			return nil, errAltered
		}
		brief, err := r.card.Open(l.subject.DataKey, at(purposeAddCard))
		if err != nil {
			return nil, err
		}
		by := n.Head.Professional
		out = append(out, Addendum{
			ID: r.id, Seq: r.seq, AuthorID: r.author, AuthorName: by.FullName, License: by.License, Text: n.Text, At: n.SignedAt,
			Hash: r.hash, Folio: brief.Folio, Code: brief.Code,
		})
	}
	return out, nil
}

// Discard closes a draft that will not be signed. Nothing is deleted. A reason is
// needed where anything was written (400). 409 consultation.has_prescription while
// a receta of the visit is in force.
func (s *Service) Discard(ctx context.Context, id uuid.UUID, reason string) error {
	l, err := s.load(ctx, id)
	if err != nil {
		return err
	}
	if err := l.changeable(ctx); err != nil {
		return err
	}
	c, err := l.draft()
	if err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" && !c.blank() {
		return errs.Invalid(errs.Field{Field: "reason", Code: "required", Message: "Diga por qué se descarta lo escrito."})
	}
	l.brief.Reason = reason
	small, err := vault.Seal(l.subject.DataKey, l.place(purposeCard), l.brief)
	if err != nil {
		return err
	}
	err = s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("consultation"), discardDraft, l.clinic, l.id, l.version, s.Clock.Now(), string(small))
		if err := s.unprescribed(ctx, t, l.id); err != nil {
			return err
		}
		s.announce(t, l)
		return s.Trail.Record(ctx, event(audit.ConsultationDiscarded, l.id, l.patient))
	})
	if errs.KindOf(err) == errs.KindStale {
		return s.overtaken(ctx, id)
	}
	return err
}
