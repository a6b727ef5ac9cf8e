package prescription

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/errs"
	"historias/internal/signature"
)

const selectSigned = `select id, patient_id, hash, document from prescriptions
	where clinic_id = $1 and id > $2 and signed_at is not null order by id limit $3`

// Prove tells which prescriptions of the actor's clinic, voided ones too, are not
// what was signed, without saying anything else of them.
func (s *Service) Prove(ctx context.Context, tell func(audit.FaultKind, uuid.UUID)) error {
	k := signature.Kept{
		SubjectType: subjectType, Select: selectSigned, Purpose: purposeDocument, Keys: s.deps.Patients.DataKeys,
	}
	return errs.Internal("prescription: prove", k.Prove(ctx, s.deps.DB, tell))
}
