package app

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"historias/internal/document"
	"historias/internal/vault"
)

// buildDocuments makes what keeps and verifies documents, and lets the
// verification of the trail prove them as well.
func (a *App) buildDocuments() {
	a.Documents = document.New(document.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Patients: patientsForDocuments{a},
		Signatures: signaturesForDocuments{a}, Address: a.publicAddress(),
	})
	a.Trail.ProveAlso(a.Documents)
}

// publicAddress is where anybody reaches the public pages: as the application,
// or as the privacy notice.
func (a *App) publicAddress() string {
	if a.Config.FrontendURL != "" {
		return a.Config.FrontendURL
	}
	return strings.TrimSuffix(a.Config.NoticeURL, "/privacy-notice")
}

type patientsForDocuments struct{ *App }

// DataKeys gives the keys that seal what belongs to patients of the clinic.
func (j patientsForDocuments) DataKeys(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]vault.Key, error) {
	subjects, err := j.Patients.Subjects(ctx, ids)
	keys := make(map[uuid.UUID]vault.Key, len(subjects))
	for id, s := range subjects {
		keys[id] = s.DataKey
	}
	return keys, err
}
