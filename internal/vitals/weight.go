package vitals

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

const selectWeight = `select weight_kg from vital_signs where clinic_id = $1 and patient_id = $2
	and weight_kg is not null and voided_at is null order by measured_at desc, id desc limit 1`

// QueueWeight queues the last weight of a patient, as a paper prints it
// ("18.5 kg"); empty where nobody weighed her.
func (s *Service) QueueWeight(ctx context.Context, q *db.Reader, patient uuid.UUID) func() string {
	var known bool
	var kg float64
	q.Maybe(&known, []any{&kg}, selectWeight, actor.Clinic(ctx), patient)
	return func() string {
		if !known {
			return ""
		}
		return strconv.FormatFloat(kg, 'f', -1, 64) + " kg"
	}
}
