package consultation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/measures"
	"historias/internal/signature"
	"historias/internal/vault"
)

const (
	listColumns = `id, patient_id, author_id, office_id, type, type_version, status, version, missing, opened_at, updated_at,
		signed_at, card`
	selectOne  = `select ` + listColumns + `, hash, sealed from consultations where clinic_id = $1 and id = $2`
	insertNote = `insert into consultations (clinic_id, id, patient_id, author_id, office_id, type, type_version, missing,
		opened_at, updated_at, sealed, card) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)`
	updateDraft = `update consultations set type = $4, type_version = $5, missing = $6, sealed = $7, card = $8, updated_at = $9,
		version = version + 1 where clinic_id = $1 and id = $2 and version = $3 and status = 'draft'`
	updateMissing = `update consultations set missing = $3 where clinic_id = $1 and id = $2 and status = 'draft'`
	signDraft     = `update consultations set status = 'signed', missing = 0, signed_at = $4, updated_at = $4, hash = $5, sealed = $6,
		card = $7, version = version + 1 where clinic_id = $1 and id = $2 and version = $3 and status = 'draft'`
	discardDraft = `update consultations set status = 'discarded', updated_at = $4, card = $5, version = version + 1
		where clinic_id = $1 and id = $2 and version = $3 and status = 'draft'`
	holdNote       = `select id from consultations where clinic_id = $1 and id = $2 for no key update`
	selectAddenda  = `select id, seq, author_id, signed_at, hash, sealed, card from consultation_addenda where clinic_id = $1 and consultation_id = $2 order by seq`
	lastAddendum   = `select coalesce(max(seq), 0) from consultation_addenda where clinic_id = $1 and consultation_id = $2`
	insertAddendum = `insert into consultation_addenda (clinic_id, id, consultation_id, author_id, seq, signed_at, hash, sealed, card)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	insertCopy   = `insert into consultation_copies (clinic_id, id, consultation_id, author_id, at, sealed) values ($1, $2, $3, $4, $5, $6)`
	selectCopies = `select id, author_id, at, sealed from consultation_copies where clinic_id = $1 and consultation_id = $2 order by at desc, id desc limit $3`
)

// row is a consultation as it is stored.
type row struct {
	id, patient, author uuid.UUID
	office              *uuid.UUID
	kind                string
	edition             int
	status              Status
	version             int64
	missing             int
	openedAt, updatedAt time.Time
	signedAt            *time.Time
	card                vault.Sealed[card]
	hash                []byte
	sealed              string
}

func (r *row) listed() []any {
	return []any{
		&r.id, &r.patient, &r.author, &r.office, &r.kind, &r.edition, &r.status, &r.version, &r.missing, &r.openedAt, &r.updatedAt,
		&r.signedAt, (*string)(&r.card),
	}
}

func (r *row) dest() []any { return append(r.listed(), &r.hash, &r.sealed) }

// card is the little that a list shows of a note, sealed apart.
type card struct {
	Author    string `json:"author,omitempty"`
	Excerpt   string `json:"excerpt,omitempty"`
	Diagnosis string `json:"diagnosis,omitempty"`
	Folio     string `json:"folio,omitempty"`
	Code      string `json:"code,omitempty"`
	Method    string `json:"method,omitempty"`
	// Reason is why a draft was discarded.
	Reason string `json:"reason,omitempty"`
}

// loaded is a consultation with all that is needed to open it.
type loaded struct {
	row
	clinic  uuid.UUID
	kindOf  *NoteType
	subject Subject
	vitals  measures.Set
	taken   Taken
	addenda []addendumRow
	brief   card
	// signed is the hash that the signature covers, nil before.
	signed []byte
}

func (l *loaded) place(purpose string) vault.Place {
	return vault.Place{Clinic: l.clinic, Purpose: purpose, Row: l.id}
}

// load reads a consultation of the clinic; errs.NotFound("consultation") otherwise.
func (s *Service) load(ctx context.Context, id uuid.UUID) (*loaded, error) {
	l := &loaded{clinic: actor.Clinic(ctx)}
	var vitals func() (measures.Set, time.Time, uuid.UUID)
	var signed func() []byte
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.One(l.dest(), selectOne, l.clinic, id)
		q.All(gatherAddenda(&l.addenda), selectAddenda, l.clinic, id)
		vitals = s.Vitals.QueueOf(ctx, q, id)
		signed = signature.QueueHash(ctx, q, subjectNote, id)
		return nil
	})
	if err != nil {
		return nil, db.Missing(err, "consultation")
	}
	l.vitals, l.taken.At, l.taken.By = vitals()
	l.signed = signed()
	if l.kindOf, err = edition(l.kind, l.row.edition); err != nil {
		return nil, err
	}
	if l.subject, err = s.Patients.Subject(ctx, l.patient); err != nil {
		return nil, err
	}
	l.brief, err = l.card.Open(l.subject.DataKey, l.place(purposeCard))
	return l, err
}

// draft opens the text of a draft.
func (l *loaded) draft() (Content, error) {
	c, err := vault.Sealed[Content](l.sealed).Open(l.subject.DataKey, l.place(purposeDraft))
	c.Vitals = l.vitals
	return c, err
}

// seal makes the tokens of a draft.
func sealDraft(key vault.Key, at func(string) vault.Place, c Content, brief card) (body vault.Sealed[Content], small vault.Sealed[card], err error) {
	if body, err = vault.Seal(key, at(purposeDraft), c); err != nil {
		return "", "", err
	}
	small, err = vault.Seal(key, at(purposeCard), brief)
	return body, small, err
}

type addendumRow struct {
	id, author uuid.UUID
	seq        int
	at         time.Time
	hash       []byte
	sealed     string
	card       vault.Sealed[card]
}

func gatherAddenda(into *[]addendumRow) func(db.Row) error {
	return func(from db.Row) error {
		var r addendumRow
		err := from.Scan(&r.id, &r.seq, &r.author, &r.at, &r.hash, &r.sealed, (*string)(&r.card))
		*into = append(*into, r)
		return err
	}
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func orZero[T any](v *T) T {
	var none T
	if v == nil {
		return none
	}
	return *v
}
