package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/consent"
	"historias/internal/db"
	"historias/internal/messaging"
	"historias/internal/patient"
)

type patientsForConsents struct{ *App }

// Subject gives a patient as the question of consent sees her.
func (j patientsForConsents) Subject(ctx context.Context, id uuid.UUID) (consent.Subject, error) {
	s, err := j.Patients.Subject(ctx, id)
	if err != nil {
		return consent.Subject{}, err
	}
	signer, phone := signerOf(s)
	return consent.Subject{ID: s.ID, DataKey: s.DataKey, Signer: signer, Phone: phone, Archived: s.Archived}, nil
}

// signerOf is whoever answers, and the number to ask at: of a minor, her
// representative (Código Civil Federal, 425), and never the minor's own number,
// where she could answer for herself.
func signerOf(s patient.Subject) (consent.Signer, string) {
	if !s.Minor {
		return consent.Signer{Role: consent.RolePatient, Name: s.FullName}, s.Phone
	}
	signer := consent.Signer{Role: consent.RoleRepresentative}
	if s.Representative == nil {
		return signer, ""
	}
	signer.Name, signer.Relationship = s.Representative.FullName, s.Representative.Relationship
	return signer, s.Representative.Phone
}

// SetConsentStatus queues the word that lists show.
func (j patientsForConsents) SetConsentStatus(ctx context.Context, t *db.Tx, id uuid.UUID, status string) error {
	return j.Patients.SetConsentStatus(ctx, t, id, patient.ConsentStatus(status))
}

type staffForConsents struct{ *App }

// Name gives the name of a person of the staff.
func (j staffForConsents) Name(ctx context.Context, user uuid.UUID) (string, error) {
	p, err := j.Accounts.Person(ctx, user)
	return p.FullName, err
}

type messagesForConsents struct{ *App }

// Ask queues the message that carries a question.
func (j messagesForConsents) Ask(ctx context.Context, t *db.Tx, q consent.Question) error {
	return j.Messages.Ask(ctx, t, messaging.Question(q))
}

// Reply queues a free text.
func (j messagesForConsents) Reply(ctx context.Context, t *db.Tx, r consent.Reply) error {
	return j.Messages.Reply(ctx, t, messaging.Reply(r))
}

// Inbox keeps a tap and answers what only the messages know about it.
func (j messagesForConsents) Inbox(ctx context.Context, t *db.Tx, tap consent.Tap, q consent.InboxQuery) (consent.InboxAnswer, error) {
	a, err := j.Messages.Inbox(ctx, t, messaging.Tap(tap), messaging.InboxQuery(q))
	return consent.InboxAnswer(a), err
}

type patientsForMessages struct{ *App }

// People gives patients of the clinic with the keys that seal their messages.
func (j patientsForMessages) People(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]messaging.Person, error) {
	subjects, err := j.Patients.Subjects(ctx, ids)
	out := make(map[uuid.UUID]messaging.Person, len(subjects))
	for id, s := range subjects {
		out[id] = messaging.Person{ID: id, DataKey: s.DataKey, FullName: s.FullName, RecordNumber: s.RecordNumber.String()}
	}
	return out, err
}

type consentsForMessages struct{ *App }

// MaySend tells whether a question may still leave.
func (j consentsForMessages) MaySend(ctx context.Context, request uuid.UUID) (bool, error) {
	return j.Consents.MaySend(ctx, request)
}

// Moved hears of each step of the message that carries a question.
func (j consentsForMessages) Moved(ctx context.Context, t *db.Tx, m messaging.Movement) error {
	return j.Consents.Moved(ctx, t, consent.Movement(m))
}

// Again readies a question to be sent once more.
func (j consentsForMessages) Again(ctx context.Context, t *db.Tx, request uuid.UUID) (bool, error) {
	return j.Consents.Again(ctx, t, request)
}

// Tap takes a tap on a button of ours.
func (j consentsForMessages) Tap(ctx context.Context, tap messaging.Tap) (string, error) {
	outcome, err := j.Consents.Tap(ctx, consent.Tap(tap))
	return string(outcome), err
}

// Wrote hears of a free text of a patient.
func (j consentsForMessages) Wrote(ctx context.Context, t *db.Tx, patient uuid.UUID, text string) error {
	return j.Consents.Wrote(ctx, t, patient, text)
}

// Allows tells whether a patient consents to a purpose now.
func (j consentsForMessages) Allows(ctx context.Context, patient uuid.UUID, purpose string) (bool, error) {
	return j.Consents.Allows(ctx, patient, consent.Purpose(purpose))
}
