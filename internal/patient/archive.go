package patient

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

const longestReason = 500

// errChanged says that somebody saved between the reading and the writing of an
// act that carries no version.
var errChanged = errs.Conflict("patient.changed", "Alguien acaba de cambiar este expediente. Intente de nuevo.")

// Archive puts a record away for a reason. Nothing is erased; the record can
// still be read. One that is archived already is the conflict patient.archived.
func (s *Service) Archive(ctx context.Context, id uuid.UUID, reason string) (Patient, error) {
	c := &checker{}
	c.required("reason", reason, "Escriba el motivo.")
	reason = c.text("reason", strings.TrimSpace(reason), longestReason)
	if err := errs.Invalid(c.faults...); err != nil {
		return Patient{}, err
	}
	p, err := s.read(ctx, id)
	if err != nil {
		return Patient{}, err
	}
	if err := archivable(p); err != nil {
		return Patient{}, err
	}
	now := s.clock.Now()
	p.Status, p.Version, p.UpdatedAt = StatusArchived, p.Version+1, now
	p.Archive = &Archive{Reason: reason, At: now, By: actor.Must(ctx).UserID}
	return p, s.putAway(ctx, p)
}

const archivePatient = `update patients set status = 'archived', archived_at = $4, archived_by = $5,
 archived_reason = $6, version = version + 1, updated_at = $4
 where clinic_id = $1 and id = $2 and version = $3 and status = 'active'`

func (s *Service) putAway(ctx context.Context, p Patient) error {
	a := actor.Must(ctx)
	token, err := vault.Seal(p.dataKey, vault.Place{Clinic: a.ClinicID, Purpose: purposeArchive, Row: p.ID},
		archiveNote{Reason: p.Archive.Reason})
	if err != nil {
		return errs.Internal("patient: archive", err)
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errChanged, archivePatient, a.ClinicID, p.ID, p.Version-1, p.UpdatedAt, author(a), token)
		return s.keepChange(ctx, t, p, changeArchived, audit.PatientArchived, p.UpdatedAt)
	})
}

const restorePatient = `update patients set status = 'active', archived_at = null, archived_by = null,
 archived_reason = null, version = version + 1, updated_at = $4
 where clinic_id = $1 and id = $2 and version = $3 and status = 'archived'`

// Unarchive takes a record out of the archive. One that is not there is the
// conflict patient.not_archived.
func (s *Service) Unarchive(ctx context.Context, id uuid.UUID) (Patient, error) {
	p, err := s.read(ctx, id)
	if err != nil {
		return Patient{}, err
	}
	if err := restorable(p); err != nil {
		return Patient{}, err
	}
	p.Status, p.Archive = StatusActive, nil
	p.Version, p.UpdatedAt = p.Version+1, s.clock.Now()
	return p, s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errChanged, restorePatient, actor.Clinic(ctx), p.ID, p.Version-1, p.UpdatedAt)
		return s.keepChange(ctx, t, p, changeUnarchived, audit.PatientRestored, p.UpdatedAt)
	})
}
