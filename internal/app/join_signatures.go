package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/document"
	"historias/internal/signature"
)

// signaturesForDocuments proves the signatures of what papers show.
type signaturesForDocuments struct{ *App }

// signedAs is how the subject of a kind of paper is named in its signature.
var signedAs = map[document.Kind]string{
	document.Note: "consultation", document.Addendum: "addendum", document.Prescription: "prescription",
}

// Faulty gives, of these subjects of the clinic, those whose signature is missing
// or does not hold.
func (j signaturesForDocuments) Faulty(ctx context.Context, k document.Kind, subjects []uuid.UUID) ([]uuid.UUID, error) {
	return j.Signatures.Faulty(ctx, j.DB, signedAs[k], subjects)
}

// Signed gives the subjects of a kind of paper that were signed, by id.
func (j signaturesForDocuments) Signed(ctx context.Context, k document.Kind, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	return signature.Subjects(ctx, j.DB, signedAs[k], after, limit)
}
