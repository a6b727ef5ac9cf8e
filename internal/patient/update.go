package patient

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Edit is a record opened to be changed, at the version that the editor saw.
type Edit struct {
	// Current is the record as it stands.
	Current Patient
	service *Service
}

// Edit opens a record to replace its editable part. A version that is not the
// current one is errs.Stale; an archived record is the rule patient.archived. Nothing is shown to anybody yet, so only
// the stale answer leaves an event.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int64) (*Edit, error) {
	p, err := s.read(ctx, id)
	if err != nil {
		return nil, err
	}
	if p.Version != version {
		return nil, s.stale(ctx, p)
	}
	if err := editable(p); err != nil {
		return nil, err
	}
	return &Edit{Current: p, service: s}, nil
}

// stale refuses a version that is no longer current and leaves an event.
func (s *Service) stale(ctx context.Context, p Patient) error {
	e := event(audit.PatientUpdated, p.ID)
	e.Outcome, e.Reason = audit.Failure, "stale"
	if err := s.trail.Record(ctx, e); err != nil {
		return err
	}
	return errs.Stale("patient")
}

// Save replaces the whole editable part of the record by a form: what the form
// leaves out is cleared. It gives the new version with what is worth a second
// look. Faults are errs.Invalid; who saved in between is errs.Stale.
func (e *Edit) Save(ctx context.Context, form Form) (Patient, []Warning, error) {
	s := e.service
	identity, err := form.Check(e.Current.AsOf)
	if err != nil {
		return Patient{}, nil, err
	}
	index, err := s.index(ctx)
	if err != nil {
		return Patient{}, nil, err
	}
	alike, err := s.lookalikes(ctx, identity, e.Current.ID, index, e.Current.AsOf)
	if err != nil {
		return Patient{}, nil, err
	}
	next := e.Current
	next.Identity, next.Version, next.UpdatedAt = identity, e.Current.Version+1, s.clock.Now()
	st, err := seal(actor.Clinic(ctx), next.ID, identity, next.dataKey, index)
	if err != nil {
		return Patient{}, nil, errs.Internal("patient: seal", err)
	}
	err = s.replace(ctx, next, st, e.Current.Identity.tokens(index), alike)
	if errs.KindOf(err) == errs.KindStale {
		return Patient{}, nil, s.overtaken(ctx, next.ID)
	}
	return next, append(curpWarnings(identity, next.AsOf), duplicateWarnings(alike)...), err
}

const (
	updatePatient = `update patients set sealed = $4, card = $5, sex = $6, birth_year = $7, identity_status = $8,
 index_key_no = $9, version = version + 1, updated_at = $10
 where clinic_id = $1 and id = $2 and version = $3 and status = 'active'`
	// What the row was found by is known from what it said, so that no index is
	// kept for the sake of changes: each registration would pay for it 32 times.
	deleteTokens = `delete from patient_tokens where clinic_id = $1 and patient_id = $2 and token = any($3::bigint[])`
	addTokens    = insertTokens + ` on conflict do nothing`
)

// replace writes the next version. before are the hashes of the version it
// replaces, which the check of the version proves to be the current one.
func (s *Service) replace(ctx context.Context, p Patient, st sealedState, before []int64, alike []Duplicate) error {
	clinic := actor.Clinic(ctx)
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("patient"), updatePatient, clinic, p.ID, p.Version-1, st.identity, st.card,
			p.Sex, p.birthYear(), p.IdentityStatus, indexNo, p.UpdatedAt)
		t.Exec(deleteTokens, clinic, p.ID, without(before, st.tokens))
		t.Exec(addTokens, clinic, p.ID, st.tokens)
		return s.keepChange(ctx, t, p, changeUpdated, audit.PatientUpdated, p.UpdatedAt, idsOf(alike)...)
	})
}

// keepChange queues the history row and the event of a change.
func (s *Service) keepChange(ctx context.Context, t *db.Tx, p Patient, change string, action audit.Action, at time.Time, shown ...uuid.UUID) error {
	if err := keep(ctx, t, p, change, at); err != nil {
		return errs.Internal("patient: history", err)
	}
	s.announce(t, actor.Clinic(ctx), p.ID)
	e := event(action, p.ID)
	e.Subjects = shown
	return s.trail.Record(ctx, e)
}

// overtaken answers somebody whose save met another one.
func (s *Service) overtaken(ctx context.Context, id uuid.UUID) error {
	p, err := s.read(ctx, id)
	if err != nil {
		return err
	}
	return s.stale(ctx, p)
}
