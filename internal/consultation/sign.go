package consultation

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/letterhead"
	"historias/internal/signature"
	"historias/internal/vault"
)

// AnyVersion signs a draft whatever its version is.
const AnyVersion = 0

// Sign freezes a draft: header facts, text and vital signs become one canonical
// form, whose hash the author signs after proving who she is. Its paper is drawn
// before the transaction. A version that is not AnyVersion must be the current one.
//
// 404; 403 consultation.not_author; 409 consultation.already_signed,
// consultation.discarded; 412; 422 consultation.incomplete with each part that is
// missing, clinic.incomplete, user.no_license, patient.archived, office.required,
// auth.wrong_password; 429. Whatever fails, the draft stays as it was.
func (s *Service) Sign(ctx context.Context, id uuid.UUID, version int64, p Proof) (Consultation, error) {
	l, err := s.load(ctx, id)
	if err != nil {
		return Consultation{}, err
	}
	if err := l.changeable(ctx); err != nil {
		return Consultation{}, err
	}
	if version != AnyVersion && l.version != version {
		return Consultation{}, s.stale(ctx, l)
	}
	n, err := s.ready(ctx, l)
	if err != nil {
		return Consultation{}, err
	}
	method, err := s.People.Reauthenticate(ctx, p)
	if err != nil {
		return Consultation{}, err
	}
	if err := s.freeze(ctx, l, n, method); err != nil {
		if errs.KindOf(err) == errs.KindStale {
			err = s.overtaken(ctx, id)
		}
		return Consultation{}, err
	}
	return s.reread(ctx, id)
}

// ready makes the note of a draft that lacks nothing.
func (s *Service) ready(ctx context.Context, l *loaded) (note, error) {
	c, err := l.draft()
	if err != nil {
		return note{}, err
	}
	if err := completeness(l.kindOf, c, who(l.subject, l.row)).refusal(); err != nil {
		return note{}, err
	}
	head, _, err := s.Heads.Head(ctx, l.patient, orZero(l.office), l.openedAt)
	if err != nil {
		return note{}, err
	}
	n := note{
		Form: noteVersion, ID: l.id, ClinicID: l.clinic, PatientID: l.patient, Type: l.kindOf.Key, Edition: l.kindOf.Version,
		TypeLabel: l.kindOf.Label, OpenedAt: l.openedAt, Head: head, Content: c, Vitals: c.Vitals,
	}
	if !c.Vitals.Empty() {
		taken, err := s.named(ctx, l, l.taken)
		if err != nil {
			return note{}, err
		}
		n.TakenAt, n.TakenBy, n.TakenAs = taken.At, taken.By, taken.Name
	}
	return n, nil
}

// refusal lists what a note lacks, nil when it may be signed.
func (c Completeness) refusal() error {
	var faults []errs.Field
	for _, i := range c.Items {
		if !i.open() {
			continue
		}
		message := i.Title
		if i.Numeral != "" {
			message += " (" + i.Numeral + ")"
		}
		faults = append(faults, errs.Field{Field: i.Key, Code: string(i.State), Message: message + ": " + i.Why})
	}
	if len(faults) == 0 {
		return nil
	}
	return errs.Rule("consultation.incomplete", "Para firmar falta completar las partes que se señalan.", faults...)
}

// sealed is a text at its signing: its canonical form, hash and token.
type sealedForm struct {
	hash  []byte
	token vault.Sealed[json.RawMessage]
}

func sealForm(key vault.Key, at vault.Place, v any) (sealedForm, error) {
	form, err := signature.Canonical(v)
	if err != nil {
		return sealedForm{}, err
	}
	token, err := vault.Seal(key, at, json.RawMessage(form))
	return sealedForm{hash: signature.Hash(form), token: token}, err
}

// freeze draws the paper and then, in one transaction, closes the row and keeps
// signature, paper and event.
func (s *Service) freeze(ctx context.Context, l *loaded, n note, method string) error {
	n.SignedAt = latest(s.Clock.Now(), l.updatedAt)
	key := l.subject.DataKey
	form, err := sealForm(key, l.place(purposeNote), n)
	if err != nil {
		return err
	}
	issued, err := s.Documents.Issue(ctx, Paper{
		ID: l.id, PatientID: l.patient, Key: key, Head: n.Head, Type: l.kindOf, OpenedAt: n.OpenedAt, Content: n.content(),
		SignedAt: n.SignedAt, Hash: form.hash, Method: method,
	})
	if err != nil {
		return err
	}
	l.brief.Folio, l.brief.Code, l.brief.Method = issued.Folio, issued.Code, method
	small, err := vault.Seal(key, l.place(purposeCard), l.brief)
	if err != nil {
		return err
	}
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("consultation"), signDraft, l.clinic, l.id, l.version, n.SignedAt, form.hash, string(form.token), string(small))
		if err := s.asSeen(ctx, t, l); err != nil {
			return err
		}
		act := actOf(subjectNote, l.id, l.patient, key, form.hash, method, n.Head.Professional)
		act.At = n.SignedAt
		if _, err := s.Signatures.Queue(ctx, t, act); err != nil {
			return err
		}
		if err := issued.Keep(ctx, t); err != nil {
			return err
		}
		if err := s.Diagnoses.Used(ctx, t, n.codes(), n.SignedAt); err != nil {
			return err
		}
		s.announce(t, l)
		return s.signedEvent(ctx, audit.ConsultationSigned, l, form.hash)
	})
}

// asSeen refuses to sign vital signs that are no longer those of the note: what
// is signed must be what the signer saw.
func (s *Service) asSeen(ctx context.Context, t *db.Tx, l *loaded) error {
	set, at, by, err := s.Readings.Hold(ctx, t, l.id)
	if err != nil {
		return err
	}
	if !set.Equal(l.vitals) || !at.Equal(l.taken.At) || by != l.taken.By {
		return errs.Stale("consultation")
	}
	return nil
}

// latest keeps the order of what happened where the server's clock was set back.
func latest(now, before time.Time) time.Time {
	if now.Before(before) {
		return before
	}
	return now
}

func (n note) content() Content {
	c := n.Content
	c.Vitals = n.Vitals
	return c
}

func actOf(kind string, id, patient uuid.UUID, key vault.Key, hash []byte, method string, by letterhead.Professional) signature.Act {
	return signature.Act{
		SubjectType: kind, SubjectID: id, PatientID: patient, Key: key, Hash: hash, Method: method,
		Person: signature.Person{FullName: by.FullName, Profession: by.Profession, License: by.License},
	}
}

// signedEvent keeps the hash in the trail as well, whose seals then cover it.
func (s *Service) signedEvent(ctx context.Context, action audit.Action, l *loaded, hash []byte) error {
	e := event(action, l.id, l.patient)
	e.Reason = hashText(hash)
	return s.Trail.Record(ctx, e)
}

// mine tells whether the caller wrote it.
func mine(ctx context.Context, author uuid.UUID) bool { return actor.Must(ctx).UserID == author }
