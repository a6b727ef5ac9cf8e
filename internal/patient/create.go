package patient

import (
	"context"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Create registers a patient and gives the new record with what is worth a
// second look. Faults of the form are errs.Invalid; a likely duplicate is a
// warning, never a refusal.
//
// It takes three round trips: one looks for duplicates, one takes the record
// number, the last writes everything. Likely duplicates, who are rare, are
// opened in one more.
func (s *Service) Create(ctx context.Context, form Form) (Patient, []Warning, error) {
	today, err := s.today(ctx)
	if err != nil {
		return Patient{}, nil, err
	}
	identity, err := form.Check(today)
	if err != nil {
		return Patient{}, nil, err
	}
	index, err := s.index(ctx)
	if err != nil {
		return Patient{}, nil, err
	}
	p := s.blank(identity)
	p.AsOf = today
	alike, err := s.lookalikes(db.Apart(ctx), identity, p.ID, index, today)
	if err != nil {
		return Patient{}, nil, err
	}
	if p.RecordNumber, err = s.numbers.take(ctx); err != nil {
		return Patient{}, nil, errs.Internal("patient: number", err)
	}
	if err := s.save(ctx, &p, alike); err != nil {
		return Patient{}, nil, err
	}
	return p, append(curpWarnings(identity, today), duplicateWarnings(alike)...), nil
}

// blank is a record that holds an identity and nothing else yet.
func (s *Service) blank(identity Identity) Patient {
	now := s.clock.Now()
	return Patient{
		Identity: identity, ID: vault.NewID(), Status: StatusActive, ConsentStatus: ConsentNone,
		LastSeenAt: now, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
}

// asyncCommit spares the commit of a transaction the wait for the disk: what a
// crash may lose there (a number nobody used yet, a time of last view) is no
// loss. genericPlan lets the statements after it run under their generic plan.
const (
	asyncCommit = `select set_config('synchronous_commit', 'off', true)`
	genericPlan = `select set_config('plan_cache_mode', 'force_generic_plan', true)`
)

// save writes the record, its tokens, its first version and the event in one
// transaction and one round trip. alike are the duplicates that the caller will
// be shown.
func (s *Service) save(ctx context.Context, p *Patient, alike []Duplicate) error {
	index, err := s.index(ctx)
	if err != nil {
		return err
	}
	key, wrapped, err := s.vault.NewDataKey()
	if err != nil {
		return errs.Internal("patient: data key", err)
	}
	p.dataKey = key
	a := actor.Must(ctx)
	st, err := seal(a.ClinicID, p.ID, p.Identity, key, index)
	if err != nil {
		return errs.Internal("patient: seal", err)
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		insert(t, a.ClinicID, *p, wrapped, st, author(a))
		if err := keep(ctx, t, *p, changeCreated, p.CreatedAt); err != nil {
			return err
		}
		s.announce(t, a.ClinicID, p.ID)
		e := event(audit.PatientCreated, p.ID)
		e.Subjects = idsOf(alike)
		return s.trail.Record(ctx, e)
	})
}
