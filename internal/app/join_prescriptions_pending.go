package app

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/prescription"
	"historias/internal/vault"
)

type allergiesForPrescriptions struct{ *App }

// QueueActive queues nothing: the record has no allergies yet.
func (j allergiesForPrescriptions) QueueActive(context.Context, *db.Reader, uuid.UUID) func(vault.Key) (string, []prescription.AllergyFact, error) {
	return func(vault.Key) (string, []prescription.AllergyFact, error) {
		return prescription.AllergiesNotAsked, nil, nil
	}
}

type favouritesForPrescriptions struct{ *App }

// Used counts nothing: there are no favourites yet.
func (j favouritesForPrescriptions) Used(context.Context, *db.Tx, []uuid.UUID) error { return nil }
