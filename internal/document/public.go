package document

import (
	"context"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Verify tells anybody who holds a paper what its code stands for. Unknown,
// guessed and truncated codes are the same errs.NotFound("document"). It leaves
// an event in the clinic that issued the document.
func (s *Service) Verify(ctx context.Context, typed string) (Face, error) {
	code, ok := plainCode(typed)
	if !ok {
		return Face{}, errs.NotFound("document")
	}
	r, err := s.find(ctx, code)
	if err != nil {
		return Face{}, err
	}
	ctx = actor.Public(db.WithoutScope(ctx), r.clinic)
	key, err := s.Vault.Key(ctx, r.clinic, vault.PurposeData)
	if err != nil {
		return Face{}, errs.Internal("document: key", err)
	}
	f, err := r.sealed.Open(key, codePlace(r.clinic, r.id))
	if err == nil && !f.holds(&r) {
		err = ErrAltered
	}
	if err != nil {
		return Face{}, errs.Internal("document: face", err)
	}
	err = s.Trail.Record(ctx, audit.Event{
		Action: audit.DocumentVerified, SubjectType: string(r.kind), SubjectID: r.subject,
	})
	return f.public(&r), err
}

// find reads the row of a code before its clinic is known: the policy «holder»
// shows the row whose secret this is.
func (s *Service) find(ctx context.Context, code string) (codeRow, error) {
	var r codeRow
	token := secret(code)
	err := s.DB.Read(db.WithToken(ctx, vault.TokenHashHex(token)), func(q *db.Reader) error {
		q.One(r.dest(), selectByCode, vault.TokenHash(token))
		return nil
	})
	return r, db.Missing(err, "document")
}
