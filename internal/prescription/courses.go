package prescription

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// QueueInForce queues the medicines that a patient takes now, the latest first,
// for a page made of several subjects.
func (s *Service) QueueInForce(ctx context.Context, q *db.Reader, patient uuid.UUID) func(key vault.Key) ([]Course, error) {
	return s.queueCourses(ctx, q, selectInForce, patient, s.lastDay().String())
}

func (s *Service) queueCourses(ctx context.Context, q *db.Reader, sql string, patient uuid.UUID, more ...any) func(key vault.Key) ([]Course, error) {
	var rows []courseRow
	clinic := actor.Clinic(ctx)
	q.All(gatherCourses(&rows), sql, append([]any{clinic, patient}, more...)...)
	return func(key vault.Key) ([]Course, error) {
		courses, err := openCourses(clinic, key, rows)
		return courses, errs.Internal("prescription: courses", err)
	}
}

// Counts says how many prescriptions a patient has.
type Counts struct {
	// Signed are the signed ones, voided ones too.
	Signed int
	// Of holds, for each of the latest consultations, those that were not discarded.
	Of map[uuid.UUID]int
}

// The index carries both columns: however many there are, no row is read. The
// inner order is that of this index, so that the planner takes no other. The
// ids of consultations grow with time: of a long record, only the latest twenty
// travel, and each row carries the sum.
const countPrescriptions = `select consultation_id, count(*), sum(count(*) filter (where status <> 'draft')) over ()::bigint from (
	select consultation_id, status from prescriptions where clinic_id = $1 and patient_id = $2
	order by created_at desc, id desc) p
	where status <> 'discarded' group by consultation_id order by consultation_id desc limit 20`

// QueueCounts queues how many prescriptions a patient has in all and on her
// latest consultations. The answer is good once the read is done.
func (s *Service) QueueCounts(ctx context.Context, q *db.Reader, patient uuid.UUID) *Counts {
	counts := &Counts{Of: map[uuid.UUID]int{}}
	q.All(func(r db.Row) error {
		var id uuid.UUID
		var n int
		err := r.Scan(&id, &n, &counts.Signed)
		counts.Of[id] = n
		return err
	}, countPrescriptions, actor.Clinic(ctx), patient)
	return counts
}

// Medications gives the medicines that a patient takes now or, with ended, every
// one she ever took by a signed prescription (200 at most, the latest first).
func (s *Service) Medications(ctx context.Context, patient uuid.UUID, ended bool) ([]Course, error) {
	subject, err := s.deps.Patients.Subject(ctx, patient)
	if err != nil {
		return nil, err
	}
	var open func(vault.Key) ([]Course, error)
	err = s.deps.DB.Read(ctx, func(q *db.Reader) error {
		if ended {
			open = s.queueCourses(ctx, q, selectCourses, patient)
		} else {
			open = s.QueueInForce(ctx, q, patient)
		}
		return nil
	})
	if err != nil {
		return nil, errs.Internal("prescription: courses", err)
	}
	courses, err := open(subject.DataKey)
	if err != nil {
		return nil, err
	}
	return courses, s.deps.Trail.Record(ctx, audit.Event{
		Action: audit.MedicationsRead, SubjectType: "medication", PatientID: patient,
	})
}

var errEnded = errs.Conflict("medication.not_in_force", "Este medicamento ya no está en uso.")

// Stop ends a course for a reason. errs.NotFound("medication"); 409
// medication.not_in_force; 422 patient.archived.
func (s *Service) Stop(ctx context.Context, patient, course uuid.UUID, reason string) (Course, error) {
	check := &checker{}
	reason = check.reason("reason", reason)
	if err := errs.Invalid(check.faults...); err != nil {
		return Course{}, err
	}
	subject, err := s.deps.Patients.Subject(ctx, patient)
	if err != nil {
		return Course{}, err
	}
	c, err := s.course(ctx, subject, course)
	if err != nil {
		return Course{}, err
	}
	switch {
	case subject.Archived:
		return Course{}, errArchived
	case !c.InForce(s.lastDay()):
		return Course{}, errEnded
	}
	clinic, now := actor.Clinic(ctx), s.deps.Clock.Now()
	sealed, err := seal(subject.DataKey, clinic, c.ID, purposeStop, reason)
	if err != nil {
		return Course{}, errs.Internal("prescription: seal", err)
	}
	c.Status, c.EndedAt, c.EndReason = CourseStopped, now, reason
	return c, s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errEnded, stopCourse, clinic, c.ID, now, actor.Must(ctx).UserID, sealed)
		s.announce(t, patient, clinic)
		return s.deps.Trail.Record(ctx, audit.Event{
			Action: audit.MedicationStopped, SubjectType: "medication", SubjectID: c.ID, PatientID: patient,
		})
	})
}

func (s *Service) course(ctx context.Context, subject Subject, id uuid.UUID) (Course, error) {
	var rows []courseRow
	clinic := actor.Clinic(ctx)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		q.All(gatherCourses(&rows), selectCourse, clinic, subject.ID, id)
		return nil
	})
	if err == nil && len(rows) == 0 {
		return Course{}, errs.NotFound("medication")
	}
	if err != nil {
		return Course{}, errs.Internal("prescription: course", err)
	}
	c, err := rows[0].open(clinic, subject.DataKey)
	return c, errs.Internal("prescription: course", err)
}
