package document

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// ErrAltered says that a stored document is not what was signed. It is never
// shown as if it were.
var ErrAltered = errors.New("document: the stored paper is not what was signed")

// Stored is a document as it was kept.
type Stored struct {
	ID   uuid.UUID
	Hash [sha256.Size]byte
	File
}

// File gives a document in one format, as it was kept; of a voided one the paper
// that says so. Whoever asks records the event of the act.
// errs.NotFound("document") for what does not exist; ErrAltered for what is no
// longer what was signed.
func (s *Service) File(ctx context.Context, k Kind, subject uuid.UUID, format string) (Stored, error) {
	clinic := actor.Clinic(ctx)
	var r paperRow
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.One(r.dest(), selectPaper, clinic, k, subject, format)
		return nil
	})
	if err != nil {
		return Stored{}, db.Missing(err, "document")
	}
	keys, err := s.Patients.DataKeys(ctx, []uuid.UUID{r.patient})
	if err != nil {
		return Stored{}, err
	}
	pdf, err := r.open(clinic, keys)
	if err != nil {
		return Stored{}, errs.Internal("document: file", err)
	}
	return Stored{ID: r.id, Hash: sha256.Sum256(pdf), File: File{Format: r.format, PDF: pdf}}, nil
}

// open gives the PDF of a row, or ErrAltered where row, token and hash do not
// agree.
func (r *paperRow) open(clinic uuid.UUID, keys map[uuid.UUID]vault.Key) ([]byte, error) {
	key, ok := keys[r.patient]
	if !ok {
		return nil, ErrAltered
	}
	p, err := r.sealed.Open(key, paperPlace(clinic, r.id))
	if err != nil {
		return nil, errors.Join(ErrAltered, err)
	}
	pdf := p.PDF
	p.PDF = nil
	hash := sha256.Sum256(pdf)
	if !p.same(r.says()) || len(pdf) != r.size || subtle.ConstantTimeCompare(hash[:], r.hash) != 1 {
		return nil, ErrAltered
	}
	return pdf, nil
}

// same compares everything but the PDF.
func (p paper) same(o paper) bool {
	return p.Kind == o.Kind && p.Subject == o.Subject && p.Edition == o.Edition && p.Format == o.Format && p.Code == o.Code
}
