package consultation

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// errPrescribed keeps the visit of a receta: the paper that a pharmacy holds must
// have a note behind it.
var errPrescribed = errs.Conflict("consultation.has_prescription",
	"En esta consulta hay una receta firmada. Anúlela antes de descartar la nota, o termine y firme la nota.")

// Hold gives the status of a visit and keeps it as it is until the transaction
// ends, for an act that hangs on it. errs.NotFound("consultation") otherwise.
func (s *Service) Hold(ctx context.Context, t *db.Tx, id uuid.UUID) (Status, error) {
	var status Status
	err := t.One([]any{&status}, `select status from consultations where clinic_id = $1 and id = $2 for share`, actor.Clinic(ctx), id)
	return status, db.Missing(err, "consultation")
}

// unprescribed refuses while a receta that was signed on the visit is in force.
// The caller has changed the row of the visit, so no other can be signed.
func (s *Service) unprescribed(ctx context.Context, t *db.Tx, id uuid.UUID) error {
	in, err := s.Prescriptions.InForceOn(ctx, t, id)
	if err == nil && in {
		return errPrescribed
	}
	return err
}
