package prescription

import (
	"bytes"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/signature"
	"historias/internal/vault"
)

// What the tokens are sealed for. They never change.
const (
	purposeDraft    = "prescription.draft"
	purposeDocument = "prescription.document"
	purposeVoid     = "prescription.void"
	purposeCourse   = "prescription.course"
	purposeStop     = "prescription.stop"
)

const (
	columns = `p.id, p.patient_id, p.consultation_id, p.author_id, p.status, p.reissues,
		(select r.id from prescriptions r where r.clinic_id = p.clinic_id and r.reissues = p.id and r.status <> 'discarded'),
		p.version, p.sealed, p.document, p.hash, p.created_at, p.updated_at, p.signed_at, p.voided_at, p.voided_by, p.void_reason`
	selectOne   = `select ` + columns + ` from prescriptions p where p.clinic_id = $1 and p.id = $2`
	insertDraft = `insert into prescriptions (clinic_id, id, patient_id, consultation_id, author_id, reissues, sealed,
		created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`
	updateDraft = `update prescriptions set sealed = $4, version = version + 1, updated_at = $5
		where clinic_id = $1 and id = $2 and version = $3 and status = 'draft'`
	discardDraft = `update prescriptions set status = 'discarded', version = version + 1, updated_at = $4
		where clinic_id = $1 and id = $2 and version = $3 and status = 'draft'`
	signDraft = `update prescriptions set status = 'signed', sealed = $4, document = $5, hash = $6, signed_at = $7,
		version = version + 1, updated_at = $7 where clinic_id = $1 and id = $2 and version = $3 and status = 'draft'`
	voidSigned = `update prescriptions set status = 'voided', voided_at = $3, voided_by = $4, void_reason = $5,
		version = version + 1, updated_at = $3 where clinic_id = $1 and id = $2 and status = 'signed'`
)

// row is one row of prescriptions as it is stored.
type row struct {
	id, patient, visit, author uuid.UUID
	status                     Status
	reissues, reissuedAs       *uuid.UUID
	version                    int64
	sealed                     vault.Sealed[Content]
	document                   *vault.Sealed[Document]
	hash                       []byte
	createdAt, updatedAt       time.Time
	signedAt, voidedAt         *time.Time
	voidedBy                   *uuid.UUID
	voidReason                 *vault.Sealed[string]
}

func (r *row) dest() []any {
	return []any{
		&r.id, &r.patient, &r.visit, &r.author, &r.status, &r.reissues, &r.reissuedAs, &r.version, &r.sealed, &r.document,
		&r.hash, &r.createdAt, &r.updatedAt, &r.signedAt, &r.voidedAt, &r.voidedBy, &r.voidReason,
	}
}

func gather(into *[]row) func(db.Row) error {
	return func(from db.Row) error {
		var r row
		err := from.Scan(r.dest()...)
		*into = append(*into, r)
		return err
	}
}

func place(clinic, id uuid.UUID, purpose string) vault.Place {
	return vault.Place{Clinic: clinic, Purpose: purpose, Row: id}
}

// open gives the prescription of a row and, of a draft, what its author wrote.
func (r *row) open(clinic uuid.UUID, key vault.Key) (Prescription, Content, error) {
	p := Prescription{
		ID: r.id, PatientID: r.patient, ConsultationID: r.visit, AuthorID: r.author, Status: r.status,
		Reissues: orZero(r.reissues), ReissuedAs: orZero(r.reissuedAs), Version: r.version, Hash: r.hash,
		CreatedAt: r.createdAt.UTC(), UpdatedAt: r.updatedAt.UTC(), SignedAt: utc(r.signedAt),
	}
	content, err := r.sealed.Open(key, place(clinic, r.id, purposeDraft))
	if err != nil {
		return p, content, err
	}
	p.Items, p.Acknowledgements = content.Items, content.Acknowledgements
	if r.document != nil {
		d, err := r.document.Open(key, place(clinic, r.id, purposeDocument))
		if err != nil {
			return p, content, err
		}
		if err := genuine(d, r.hash); err != nil {
			return p, content, err
		}
		p.Document, p.Alerts, p.Sheets, p.SpecialForm = &d, d.Alerts, d.Sheets(), d.SpecialForm()
	}
	if r.voidReason != nil {
		reason, err := r.voidReason.Open(key, place(clinic, r.id, purposeVoid))
		if err != nil {
			return p, content, err
		}
		p.Voided = &Voided{Reason: reason, At: utc(r.voidedAt), By: orZero(r.voidedBy)}
	}
	return p, content, nil
}

// ErrAltered says that a stored prescription is not the one that was signed. It is
// never shown as if it were.
var ErrAltered = errors.New("prescription: the stored document is not what was signed")

// genuine proves that a document is the one whose hash was signed. A field that a
// later version adds must be absent from what was signed before it.
func genuine(d Document, hash []byte) error {
	canonical, err := signature.Canonical(d)
	if err != nil {
		return err
	}
	if !bytes.Equal(signature.Hash(canonical), hash) {
		return ErrAltered
	}
	return nil
}

func utc(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func orZero(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}
