package consultation

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/letterhead"
	"historias/internal/measures"
	"historias/internal/signature"
	"historias/internal/vault"
)

// noteVersion names the form of a signed note. What was signed in one form stays in
// it; a new form gets another name.
const noteVersion = "historias.note.v1"

// note is a signed note: the facts of its header as they were on that day, its
// kind and edition, and everything its author wrote. Its canonical form is what
// was hashed and signed, and nothing of it is looked up again.
type note struct {
	Form      string          `json:"v"`
	ID        uuid.UUID       `json:"id"`
	ClinicID  uuid.UUID       `json:"clinic_id"`
	PatientID uuid.UUID       `json:"patient_id"`
	Type      string          `json:"type"`
	Edition   int             `json:"type_version"`
	TypeLabel string          `json:"type_label"`
	OpenedAt  time.Time       `json:"opened_at"`
	SignedAt  time.Time       `json:"signed_at"`
	Head      letterhead.Head `json:"head"`
	Content
	Vitals  measures.Set `json:"vital_signs,omitzero"`
	TakenAt time.Time    `json:"vital_signs_at,omitzero"`
	TakenBy uuid.UUID    `json:"vital_signs_by,omitzero"`
	TakenAs string       `json:"vital_signs_by_name,omitempty"`
}

// errAltered says that a stored note is not what was signed. It is never shown as
// if it were.
var errAltered = errors.New("consultation: the stored note is not what was signed")

// reopen opens what was sealed at signing, and proves that it is what was hashed.
func reopen[T any](sealed string, key vault.Key, at vault.Place, hash []byte) (T, error) {
	var v T
	raw, err := vault.Sealed[json.RawMessage](sealed).Open(key, at)
	if err != nil {
		return v, err
	}
	form, err := signature.Canonical(raw)
	if err != nil {
		return v, err
	}
	if !bytes.Equal(signature.Hash(form), hash) {
		return v, errAltered
	}
	return v, json.Unmarshal(form, &v)
}

// openSigned turns a signed row into a note, with its addenda.
func (l *loaded) openSigned(c Consultation) (Consultation, error) {
	n, err := reopen[note](l.sealed, l.subject.DataKey, l.place(purposeNote), l.hash)
	if err != nil {
		return Consultation{}, err
	}
	if n.ID != l.id || n.PatientID != l.patient || !bytes.Equal(l.signed, l.hash) {
		return Consultation{}, errAltered
	}
	c.Content = n.Content
	c.Content.Vitals = n.Vitals
	c.Taken = Taken{At: n.TakenAt, By: n.TakenBy, Name: n.TakenAs}
	c.Completeness = completeness(l.kindOf, c.Content, who(l.subject, l.row))
	c.Signature = &Signature{
		At: n.SignedAt, Hash: l.hash, Method: l.brief.Method, Head: n.Head, Folio: l.brief.Folio, Code: l.brief.Code,
	}
	c.Addenda, err = l.openAddenda()
	return c, err
}
