package prescription

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
)

// Checks tells whether recetas are checked against a class of medicines.
func Checks(class string) bool {
	_, ok := classOf(class)
	return ok
}

// HotQueries are what every page of recetas asks, with the index that it needs.
func HotQueries() map[string][2]string {
	who := &actor.Actor{}
	at := position{At: time.Time{}, ID: uuid.Nil}
	query := func(f Filter) string { sql, _ := f.query(who, at, 0); return sql }
	return map[string][2]string{
		"of the clinic":   {query(Filter{}), "prescriptions_by_age"},
		"of a patient":    {query(Filter{PatientID: uuid.New()}), "prescriptions_by_patient"},
		"of a visit":      {query(Filter{ConsultationID: uuid.New()}), "prescriptions_by_consultation"},
		"counts":          {countPrescriptions, "prescriptions_by_patient"},
		"in force":        {selectInForce, "medication_courses_by_patient"},
		"all ever taken":  {selectCourses, "medication_courses_by_patient"},
		"what came after": {`select id from prescriptions where clinic_id = $1 and reissues = $2 and status <> 'discarded'`, "prescriptions_reissued"},
	}
}
