package document

import (
	"bytes"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// What the tokens are sealed for. They never change.
const (
	purposePaper = "document.paper"
	purposeFace  = "document.face"
)

const (
	insertCode = `insert into verification_codes (clinic_id, id, kind, subject_id, folio, token_hash, face, issued_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`
	insertPaper = `insert into documents (clinic_id, id, patient_id, verification_id, kind, subject_id,
		edition, format, sha256, size, created_at, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	voidCode = `update verification_codes set voided_at = $4
		where clinic_id = $1 and kind = $2 and subject_id = $3 and voided_at is null returning id`
	// firstPaper tells to whom the papers of a subject belong.
	firstPaper = `select patient_id, verification_id from documents
		where clinic_id = $1 and kind = $2 and subject_id = $3 and edition = 1 limit 1`

	paperColumns = `d.id, d.patient_id, d.verification_id, d.kind, d.subject_id, d.edition, d.format,
		d.sha256, d.size, d.created_at, d.sealed`
	selectPaper = `select ` + paperColumns + ` from documents d
		where d.clinic_id = $1 and d.kind = $2 and d.subject_id = $3 and d.format = $4 order by d.edition desc limit 1`
	selectPapers = `select ` + paperColumns + ` from documents d where d.clinic_id = $1 and d.id > $2 order by d.id limit $3`

	codeColumns  = `clinic_id, id, kind, subject_id, folio, token_hash, face, issued_at, voided_at`
	selectByCode = `select ` + codeColumns + ` from verification_codes where token_hash = $1`
	selectCodes  = `select ` + codeColumns + `, (select count(*) from documents d where d.clinic_id = c.clinic_id
		and d.verification_id = c.id and d.edition = 1 and d.kind = c.kind and d.subject_id = c.subject_id)
		from verification_codes c where clinic_id = $1 and id > $2 order by id limit $3`
	// selectUncoded gives, of these subjects, those that have no code.
	selectUncoded = `select s.id from unnest($3::uuid[]) s(id) where not exists (select 1 from verification_codes c
		where c.clinic_id = $1 and c.kind = $2 and c.subject_id = s.id)`
)

// The editions of a paper.
const (
	signedEdition = 1
	voidedEdition = 2
)

// paperRow is one row of documents.
type paperRow struct {
	id, patient, code uuid.UUID
	kind              Kind
	subject           uuid.UUID
	edition           int
	format            string
	hash              []byte
	size              int
	at                time.Time
	sealed            vault.Sealed[paper]
}

func (r *paperRow) dest() []any {
	return []any{
		&r.id, &r.patient, &r.code, &r.kind, &r.subject, &r.edition, &r.format,
		&r.hash, &r.size, &r.at, &r.sealed,
	}
}

// paper is what is sealed: the PDF, and once more what the row says of it, so
// that a row that was made to say something else does not pass.
type paper struct {
	PDF     []byte    `json:"pdf"`
	Kind    Kind      `json:"kind"`
	Subject uuid.UUID `json:"subject"`
	Edition int       `json:"edition"`
	Format  string    `json:"format"`
	Code    uuid.UUID `json:"verification"`
}

func (r *paperRow) says() paper {
	return paper{
		Kind: r.kind, Subject: r.subject, Edition: r.edition, Format: r.format, Code: r.code,
	}
}

func (r *paperRow) insert(t *db.Tx, clinic uuid.UUID) {
	t.Exec(insertPaper, clinic, r.id, r.patient, r.code, r.kind, r.subject,
		r.edition, r.format, r.hash, r.size, r.at, r.sealed)
}

// codeRow is one row of verification_codes.
type codeRow struct {
	clinic, id uuid.UUID
	kind       Kind
	subject    uuid.UUID
	folio      string
	token      []byte
	sealed     vault.Sealed[face]
	issued     time.Time
	voided     *time.Time
}

func (r *codeRow) dest() []any {
	return []any{&r.clinic, &r.id, &r.kind, &r.subject, &r.folio, &r.token, &r.sealed, &r.issued, &r.voided}
}

// face is what is sealed of a code, under the clinic's key.
type face struct {
	Kind     Kind      `json:"kind"`
	Subject  uuid.UUID `json:"subject"`
	Folio    string    `json:"folio"`
	Token    []byte    `json:"token_hash"`
	IssuedAt time.Time `json:"issued_at"`
	TimeZone string    `json:"time_zone"`
	Issuer   Issuer    `json:"issuer"`
}

// holds tells whether the row says what was sealed.
func (f face) holds(r *codeRow) bool {
	return f.Kind == r.kind && f.Subject == r.subject && f.Folio == r.folio && bytes.Equal(f.Token, r.token) && f.IssuedAt.Equal(r.issued)
}

func (f face) public(r *codeRow) Face {
	out := Face{
		Kind: f.Kind, Status: InForce, IssuedAt: f.IssuedAt, Folio: f.Folio, TimeZone: f.TimeZone, Issuer: f.Issuer,
	}
	if r.voided != nil {
		out.Status, out.VoidedAt = Voided, r.voided.UTC()
	}
	return out
}

func codePlace(clinic, row uuid.UUID) vault.Place {
	return vault.Place{Clinic: clinic, Purpose: purposeFace, Row: row}
}

func paperPlace(clinic, row uuid.UUID) vault.Place {
	return vault.Place{Clinic: clinic, Purpose: purposePaper, Row: row}
}
