package patient

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// State is the data of a patient as one change left them.
type State struct {
	Identity
	Version        int64
	Change         string // created, updated, archived or unarchived
	At             time.Time
	By             uuid.UUID // zero for the system
	Status         Status
	ArchivedReason string // only where it was archived
}

// stateRow is one row of patient_versions.
type stateRow struct {
	State
	id     uuid.UUID
	by     *uuid.UUID
	sealed vault.Sealed[snapshot]
}

const selectStates = `select version, id, at, actor_id, change, status, sealed from patient_versions
 where clinic_id = $1 and patient_id = $2 order by version`

// History gives every state that a patient's data ever had, the oldest first.
// errs.NotFound("patient") for a patient that the clinic does not have.
func (s *Service) History(ctx context.Context, id uuid.UUID) ([]State, error) {
	clinic := actor.Clinic(ctx)
	var opened func() (Patient, error)
	var rows []stateRow
	err := s.db.Read(ctx, func(q *db.Reader) error {
		opened = s.QueuePatient(ctx, q, id)
		q.All(func(from db.Row) error {
			var r stateRow
			err := from.Scan(&r.Version, &r.id, &r.At, &r.by, &r.Change, &r.Status, &r.sealed)
			rows = append(rows, r)
			return err
		}, selectStates, clinic, id)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: history", db.Missing(err, "patient"))
	}
	p, err := opened()
	if err != nil {
		return nil, err
	}
	states, err := openStates(clinic, p.dataKey, rows)
	if err != nil {
		return nil, errs.Internal("patient: history", err)
	}
	return states, s.trail.Record(ctx, event(audit.PatientRead, id))
}

func openStates(clinic uuid.UUID, key vault.Key, rows []stateRow) ([]State, error) {
	states := make([]State, 0, len(rows))
	for _, r := range rows {
		content, err := r.sealed.Open(key, vault.Place{Clinic: clinic, Purpose: purposeVersion, Row: r.id})
		if err != nil {
			return nil, err
		}
		r.Identity, r.ArchivedReason, r.At = content.Identity, content.Archive, r.At.UTC()
		if r.by != nil {
			r.By = *r.by
		}
		states = append(states, r.State)
	}
	return states, nil
}
