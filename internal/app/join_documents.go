package app

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
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
	a.Trail.ProveAlso(signedWork{a})
}

// signedWork is everything of a clinic that was signed, for the verification of its
// trail.
type signedWork struct{ *App }

// VerifyPapers proves papers, codes and signatures, and then that what notes and
// recetas say today is what was signed.
func (j signedWork) VerifyPapers(ctx context.Context, clinic uuid.UUID, tell func(audit.FaultKind, uuid.UUID)) (int64, error) {
	n, err := j.Documents.VerifyPapers(ctx, clinic, tell)
	if err != nil {
		return n, err
	}
	ctx = actor.System(db.WithoutScope(db.Apart(ctx)), clinic, "verifier")
	if err := j.Consultations.Prove(ctx, tell); err != nil {
		return n, err
	}
	return n, j.Prescriptions.Prove(ctx, tell)
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
