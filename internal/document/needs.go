package document

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/vault"
)

// Patients gives the keys that seal what belongs to patients.
type Patients interface {
	// DataKeys gives the keys of patients of the clinic; ids that are not its own
	// are left out.
	DataKeys(ctx context.Context, patients []uuid.UUID) (map[uuid.UUID]vault.Key, error)
}

// Signatures proves the signatures of what documents show.
type Signatures interface {
	// Faulty gives, of these subjects of the clinic, those whose signature is
	// missing or does not hold.
	Faulty(ctx context.Context, k Kind, subjects []uuid.UUID) ([]uuid.UUID, error)
	// Signed gives the subjects of a kind that were signed, by id, at most limit of
	// those after an id.
	Signed(ctx context.Context, k Kind, after uuid.UUID, limit int) ([]uuid.UUID, error)
}
