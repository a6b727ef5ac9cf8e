package app

import (
	"context"

	"historias/internal/audit"
	"historias/internal/patient"
	"historias/internal/vault"
)

// KeyShelves are all tables that keep keys wrapped by a master key.
func KeyShelves() []vault.Shelf { return []vault.Shelf{vault.Own, patient.KeyShelf} }

// RotateKeys wraps every key by the newest master key, size keys a transaction
// (0 takes the default). Each clinic whose keys change gets an event. done hears
// of every batch.
func (a *App) RotateKeys(ctx context.Context, size int, done func(keys int)) (vault.Rotated, error) {
	return a.Vault.Rotate(ctx, vault.Rotation{
		Shelves: KeyShelves(), Batch: size, Done: done,
		Note: func(ctx context.Context, master string) error {
			return a.Trail.Record(ctx, audit.Event{Action: audit.KeysRotated, SubjectType: "master_key", Reason: master})
		},
	})
}
