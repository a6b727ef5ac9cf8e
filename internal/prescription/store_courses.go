package prescription

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
)

const (
	courseColumns = `id, patient_id, prescription_id, item_id, medication_id, starts_on, ends_on, status, sealed, ended_at, end_reason`
	selectCourse  = `select ` + courseColumns + ` from medication_courses where clinic_id = $1 and patient_id = $2 and id = $3`
	// Courses that ended stay active in the table; only the day tells.
	selectInForce = `select ` + courseColumns + ` from medication_courses where clinic_id = $1 and patient_id = $2
		and status = 'active' and (ends_on is null or ends_on >= $3::text::date) order by starts_on desc, id desc limit 200`
	selectCourses = `select ` + courseColumns + ` from medication_courses where clinic_id = $1 and patient_id = $2
		order by starts_on desc, id desc limit 200`
	insertCourse = `insert into medication_courses (clinic_id, id, patient_id, prescription_id, item_id, medication_id,
		starts_on, ends_on, sealed, created_at) values ($1, $2, $3, $4, $5, $6, $7::text::date, $8::text::date, $9, $10)`
	replaceCourse = `update medication_courses set status = 'replaced', ended_at = $4, ended_by = $5, replaced_by = $3
		where clinic_id = $1 and id = $2 and status = 'active'`
	stopCourse = `update medication_courses set status = 'stopped', ended_at = $3, ended_by = $4, end_reason = $5
		where clinic_id = $1 and id = $2 and status = 'active'`
	// voidCourses ends what a voided prescription began; restoreCourses gives back
	// what it had replaced, unless passCourse said that another one has.
	voidCourses = `update medication_courses set status = 'voided', ended_at = $3, ended_by = $4, replaced_by = null
		where clinic_id = $1 and prescription_id = $2 and status in ('active', 'replaced')`
	selectPassedOn = `select ` + courseColumns + `, replaced_by from medication_courses
		where clinic_id = $1 and prescription_id = $2 and status = 'replaced'`
	selectReplacedBy = `select ` + courseColumns + ` from medication_courses
		where clinic_id = $1 and replaced_by = $2 and status = 'replaced'`
	passCourse     = `update medication_courses set replaced_by = $3 where clinic_id = $1 and id = $2 and status = 'replaced'`
	restoreCourses = `update medication_courses set status = 'active', ended_at = null, ended_by = null, replaced_by = null
		where clinic_id = $1 and replaced_by = $2 and status = 'replaced'`
)

type courseRow struct {
	id, patient, prescription, item uuid.UUID
	medication                      *uuid.UUID
	startsOn                        time.Time
	endsOn                          *time.Time
	status                          CourseStatus
	sealed                          vault.Sealed[CourseFacts]
	endedAt                         *time.Time
	endReason                       *vault.Sealed[string]
}

func (r *courseRow) dest() []any {
	return []any{
		&r.id, &r.patient, &r.prescription, &r.item, &r.medication, &r.startsOn, &r.endsOn, &r.status,
		&r.sealed, &r.endedAt, &r.endReason,
	}
}

func gatherCourses(into *[]courseRow) func(db.Row) error {
	return func(from db.Row) error {
		var r courseRow
		err := from.Scan(r.dest()...)
		*into = append(*into, r)
		return err
	}
}

func (r *courseRow) open(clinic uuid.UUID, key vault.Key) (Course, error) {
	facts, err := r.sealed.Open(key, place(clinic, r.id, purposeCourse))
	if err != nil {
		return Course{}, err
	}
	c := Course{
		CourseFacts: facts, ID: r.id, PatientID: r.patient, PrescriptionID: r.prescription, ItemID: r.item,
		MedicationID: orZero(r.medication), StartsOn: mx.DateOf(r.startsOn), Status: r.status, EndedAt: utc(r.endedAt),
	}
	if r.endsOn != nil {
		c.EndsOn = mx.DateOf(*r.endsOn)
	}
	if r.endReason != nil {
		c.EndReason, err = r.endReason.Open(key, place(clinic, r.id, purposeStop))
	}
	return c, err
}

func openCourses(clinic uuid.UUID, key vault.Key, rows []courseRow) ([]Course, error) {
	out := make([]Course, 0, len(rows))
	for _, r := range rows {
		c, err := r.open(clinic, key)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// insert queues a new course.
func (c Course) insert(t *db.Tx, clinic uuid.UUID, key vault.Key, at time.Time) error {
	c.ID = vault.NewID()
	sealed, err := vault.Seal(key, place(clinic, c.ID, purposeCourse), c.CourseFacts)
	if err != nil {
		return err
	}
	var endsOn *string
	if !c.EndsOn.IsZero() {
		text := c.EndsOn.String()
		endsOn = &text
	}
	t.Exec(insertCourse, clinic, c.ID, c.PatientID, c.PrescriptionID, c.ItemID, orNull(c.MedicationID),
		c.StartsOn.String(), endsOn, sealed, at)
	return nil
}
