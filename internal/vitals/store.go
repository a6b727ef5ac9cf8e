package vitals

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/measures"
	"historias/internal/vault"
)

// row is one row of vital_signs as it is stored.
type row struct {
	id           uuid.UUID
	patient      uuid.UUID
	consultation *uuid.UUID
	origin       string
	measuredAt   time.Time
	takenBy      uuid.UUID
	set          measures.Set
	voidedAt     *time.Time
	voidedBy     *uuid.UUID
	voidReason   *vault.Sealed[voidNote]
	createdAt    time.Time
}

const valueColumns = `systolic, diastolic, heart_rate, respiratory_rate, temperature, oxygen_saturation, weight_kg, height_cm, waist_cm, glucose, head_circumference_cm`

const rowColumns = `id, patient_id, consultation_id, origin, measured_at, taken_by, ` + valueColumns + `, voided_at, voided_by, void_reason, created_at`

func (r *row) targets() []any {
	head := []any{&r.id, &r.patient, &r.consultation, &r.origin, &r.measuredAt, &r.takenBy}
	return append(append(head, valueTargets(&r.set)...), &r.voidedAt, &r.voidedBy, &r.voidReason, &r.createdAt)
}

// valueTargets are where the columns of valueColumns go.
func valueTargets(s *measures.Set) []any {
	return []any{
		&s.Systolic, &s.Diastolic, &s.HeartRate, &s.RespiratoryRate, &s.Temperature, &s.OxygenSaturation,
		&s.WeightKg, &s.HeightCm, &s.WaistCm, &s.Glucose, &s.HeadCircumference,
	}
}

// values are what goes into the columns of valueColumns.
func values(s measures.Set) []any {
	return []any{
		s.Systolic, s.Diastolic, s.HeartRate, s.RespiratoryRate, s.Temperature, s.OxygenSaturation,
		s.WeightKg, s.HeightCm, s.WaistCm, s.Glucose, s.HeadCircumference,
	}
}

func gather(into *[]row) func(db.Row) error {
	return func(from db.Row) error {
		var r row
		err := from.Scan(r.targets()...)
		*into = append(*into, r)
		return err
	}
}

const (
	insertReading = `insert into vital_signs (clinic_id, id, patient_id, consultation_id, origin, measured_at, taken_by, created_at, ` + valueColumns + `)
 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`

	// What a draft took back or a note corrected is not shown; what was entered by
	// mistake is, marked.
	selectPage = `select ` + rowColumns + ` from vital_signs where clinic_id = $1 and patient_id = $2
 and (measured_at, id) < ($3, $4) and (void_kind is null or void_kind = 'error') order by measured_at desc, id desc limit $5`

	selectLatest = `select ` + rowColumns + ` from vital_signs where clinic_id = $1 and patient_id = $2 and voided_at is null
 order by measured_at desc, id desc limit $3`

	selectOne = `select ` + rowColumns + ` from vital_signs where clinic_id = $1 and id = $2 and patient_id = $3
 and (void_kind is null or void_kind = 'error')`

	selectOfNote = `select ` + rowColumns + ` from vital_signs where clinic_id = $1 and consultation_id = $2 and voided_at is null`

	// The condition on the kind keeps a second mark from changing the first.
	voidReading = `update vital_signs set voided_at = $3, voided_by = $4, void_kind = 'error', void_reason = $5
 where clinic_id = $1 and id = $2 and voided_at is null`

	adoptReading = `update vital_signs set consultation_id = $3 where clinic_id = $1 and id = (
 select id from vital_signs where clinic_id = $1 and patient_id = $2 and voided_at is null and consultation_id is null
 and origin = 'record' and measured_at > $4 order by measured_at desc, id desc limit 1)`

	releaseReading = `update vital_signs set consultation_id = null where clinic_id = $1 and id = $2`

	withdrawReading = `update vital_signs set voided_at = $3, voided_by = $4, void_kind = 'withdrawn' where clinic_id = $1 and id = $2`

	supersedeReading = `update vital_signs set voided_at = $3, voided_by = $4, void_kind = 'replaced', replaced_by = $5
 where clinic_id = $1 and id = $2`

	changeReading = `update vital_signs set systolic = $3, diastolic = $4, heart_rate = $5, respiratory_rate = $6, temperature = $7,
 oxygen_saturation = $8, weight_kg = $9, height_cm = $10, waist_cm = $11, glucose = $12, head_circumference_cm = $13
 where clinic_id = $1 and id = $2`
)
