package document

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

var (
	errNoFile = errors.New("document: a document without a paper")
	errNoCode = errors.New("document: the code is not of NewCode")
)

// Queue keeps a document in the transaction of its signing: its papers sealed
// under the patient's key, and its code. The PDF was drawn before the
// transaction began.
func (s *Service) Queue(ctx context.Context, t *db.Tx, key vault.Key, i Issue) error {
	if len(i.Files) == 0 {
		return errs.Internal("document: queue", errNoFile)
	}
	code := vault.NewID()
	if err := s.queueCode(ctx, t, code, i); err != nil {
		return errs.Internal("document: code", err)
	}
	return queuePapers(ctx, t, key, paperRow{
		patient: i.PatientID, code: code, kind: i.Kind, subject: i.SubjectID,
		edition: signedEdition, at: micro(i.IssuedAt),
	}, i.Files)
}

func (s *Service) queueCode(ctx context.Context, t *db.Tx, id uuid.UUID, i Issue) error {
	plain, ok := plainCode(i.Code)
	if !ok {
		return errNoCode
	}
	clinic := actor.Clinic(ctx)
	key, err := s.Vault.Key(ctx, clinic, vault.PurposeData)
	if err != nil {
		return err
	}
	issued := micro(i.IssuedAt)
	token := vault.TokenHash(secret(plain))
	sealed, err := vault.Seal(key, codePlace(clinic, id), face{
		Kind: i.Kind, Subject: i.SubjectID, Folio: i.Folio, Token: token, IssuedAt: issued, TimeZone: i.TimeZone, Issuer: i.Issuer,
	})
	if err != nil {
		return err
	}
	t.Exec(insertCode, clinic, id, i.Kind, i.SubjectID, i.Folio, token, sealed, issued)
	return nil
}

// micro is a time as PostgreSQL keeps it: what is sealed is compared with what
// the row says.
func micro(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

func queuePapers(ctx context.Context, t *db.Tx, key vault.Key, like paperRow, files []File) error {
	clinic := actor.Clinic(ctx)
	for _, f := range files {
		r, hash := like, f.Hash()
		r.id, r.format, r.hash, r.size = vault.NewID(), f.Format, hash[:], len(f.PDF)
		content := r.says()
		content.PDF = f.PDF
		var err error
		if r.sealed, err = vault.Seal(key, paperPlace(clinic, r.id), content); err != nil {
			return errs.Internal("document: seal", err)
		}
		r.insert(t, clinic)
	}
	return nil
}

// ErrVoided says that a document is voided already.
var ErrVoided = errs.Conflict("document.already_voided", "Este documento ya está anulado.")

// Void says, in the transaction that voids its subject, that a document is no
// longer in force, and keeps its papers that say so. ErrVoided when it was
// voided before, errs.NotFound("document") when there is none.
func (s *Service) Void(ctx context.Context, t *db.Tx, key vault.Key, v Voiding) error {
	clinic := actor.Clinic(ctx)
	r := paperRow{kind: v.Kind, subject: v.SubjectID, edition: voidedEdition, at: micro(v.At)}
	err := t.One([]any{&r.patient, &r.code}, firstPaper, clinic, v.Kind, v.SubjectID)
	if err != nil {
		return db.Missing(err, "document")
	}
	var code uuid.UUID
	err = t.One([]any{&code}, voidCode, clinic, v.Kind, v.SubjectID, micro(v.At))
	if errors.Is(err, db.ErrNoRow) {
		return ErrVoided
	}
	if err != nil {
		return errs.Internal("document: void", err)
	}
	return queuePapers(ctx, t, key, r, v.Files)
}
