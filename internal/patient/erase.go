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

// What stands where a person stood.
const (
	erasedName   = "Expediente suprimido"
	erasedReason = "Supresión"
)

// Erase destroys the data key of a record, and with it everything that was sealed
// under it: identity, history, notes, papers. What she is found by goes too. The
// row stays, archived and without a name, because chains and numbers refer to it;
// its new key seals nothing else. at is when the erasure was decided, which is
// before now where an older copy was restored. It may be repeated.
//
// A record that is not there is patient.not_found. Whether a record may be erased
// is decided before: keeping it for five years is a duty (NOM-004-SSA3-2012, 5.4).
func (s *Service) Erase(ctx context.Context, id uuid.UUID, at time.Time) error {
	p, err := s.read(ctx, id)
	if err != nil {
		return err
	}
	index, err := s.index(ctx)
	if err != nil {
		return err
	}
	key, wrapped, err := s.vault.NewDataKey()
	if err != nil {
		return errs.Internal("patient: data key", err)
	}
	before := p.Identity.tokens(index)
	e := s.emptied(ctx, p, key)
	st, err := s.sealErased(ctx, e, key)
	if err != nil {
		return errs.Internal("patient: erase", err)
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		a := actor.Must(ctx)
		t.ExecOne(errChanged, erasePatient, a.ClinicID, id, p.Version, wrapped.Token, wrapped.MasterID,
			st.identity, st.card, st.reason, e.UpdatedAt, author(a))
		t.Exec(deleteTokens, a.ClinicID, id, before)
		t.Exec(insertErasure, a.ClinicID, id, at)
		return s.keepChange(ctx, t, e, changeArchived, audit.PatientArchived, e.UpdatedAt)
	})
}

const (
	erasePatient = `update patients set data_key = $4, data_key_master = $5, sealed = $6, card = $7, identity_status = 'provisional',
 birth_year = null, status = 'archived', archived_reason = $8, archived_at = $9, archived_by = $10, version = version + 1, updated_at = $9
 where clinic_id = $1 and id = $2 and version = $3`
	insertErasure = `insert into erasures (clinic_id, patient_id, erased_at) values ($1, $2, $3) on conflict do nothing`
)

// emptied is a record of which nothing is left but its number.
func (s *Service) emptied(ctx context.Context, p Patient, key vault.Key) Patient {
	now := s.clock.Now()
	return Patient{
		Identity: Identity{GivenNames: erasedName, Sex: p.Sex, IdentityStatus: IdentityProvisional},
		ID:       p.ID, RecordNumber: p.RecordNumber, Status: StatusArchived, ConsentStatus: p.ConsentStatus,
		Archive:    &Archive{Reason: erasedReason, At: now, By: actor.Must(ctx).UserID},
		LastSeenAt: p.LastSeenAt, Version: p.Version + 1, CreatedAt: p.CreatedAt, UpdatedAt: now, AsOf: p.AsOf, dataKey: key,
	}
}

// erasedState is what is stored of it.
type erasedState struct {
	identity vault.Sealed[Identity]
	card     vault.Sealed[Card]
	reason   vault.Sealed[archiveNote]
}

func (s *Service) sealErased(ctx context.Context, p Patient, key vault.Key) (st erasedState, err error) {
	at := func(purpose string) vault.Place {
		return vault.Place{Clinic: actor.Clinic(ctx), Purpose: purpose, Row: p.ID}
	}
	if st.identity, err = vault.Seal(key, at(purposeIdentity), p.Identity); err != nil {
		return st, err
	}
	if st.card, err = vault.Seal(key, at(purposeCard), p.card()); err != nil {
		return st, err
	}
	st.reason, err = vault.Seal(key, at(purposeArchive), archiveNote{Reason: erasedReason})
	return st, err
}
