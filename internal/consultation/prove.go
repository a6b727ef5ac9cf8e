package consultation

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/audit"
	"historias/internal/errs"
	"historias/internal/signature"
)

const (
	selectSigned = `select id, patient_id, hash, sealed from consultations
		where clinic_id = $1 and id > $2 and status = 'signed' order by id limit $3`
	selectSignedAddenda = `select a.id, c.patient_id, a.hash, a.sealed from consultation_addenda a
		join consultations c on c.clinic_id = a.clinic_id and c.id = a.consultation_id
		where a.clinic_id = $1 and a.id > $2 order by a.id limit $3`
)

// Prove tells which notes and addenda of the actor's clinic are not what was
// signed, without saying anything else of them.
func (s *Service) Prove(ctx context.Context, tell func(audit.FaultKind, uuid.UUID)) error {
	for _, k := range []signature.Kept{
		{SubjectType: subjectNote, Select: selectSigned, Purpose: purposeNote, Keys: s.Patients.DataKeys},
		{SubjectType: subjectAddendum, Select: selectSignedAddenda, Purpose: purposeAddendum, Keys: s.Patients.DataKeys},
	} {
		if err := k.Prove(ctx, s.DB, tell); err != nil {
			return errs.Internal("consultation: prove", err)
		}
	}
	return nil
}
