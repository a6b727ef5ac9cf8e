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
// It takes two round trips: one looks for duplicates and takes the record
// number, the other writes everything. Likely duplicates, who are rare, are
// opened in a third between them.
func (s *Service) Create(ctx context.Context, form Form) (Patient, []Warning, error) {
	today, err := s.today(ctx)
	if err != nil {
		return Patient{}, nil, err
	}
	identity, err := form.Check(today)
	if err != nil {
		return Patient{}, nil, err
	}
	p := s.blank(identity)
	p.AsOf = today
	alike, err := s.number(ctx, &p)
	if err != nil {
		return Patient{}, nil, err
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

// takeNumbers raises the clinic's counter by $2 and gives the last number taken.
const takeNumbers = `insert into clinic_counters as c (clinic_id, name, value) values ($1, 'patient', $2)
 on conflict (clinic_id, name) do update set value = c.value + $2 returning value`

// asyncCommit spares the commit of a transaction the wait for the disk: what a
// crash may lose there (a number nobody used yet, a time of last view) is no
// loss. genericPlan lets a statement run under its generic plan.
const (
	asyncCommit = `select set_config('synchronous_commit', 'off', true)`
	genericPlan = `select set_config('plan_cache_mode', 'force_generic_plan', true)`
	numbering   = `select set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)`
)

// number sets the record number and gives the likely duplicates. It runs in a
// short transaction of its own, which holds the counter for an instant instead
// of for the whole creation. A creation that fails afterwards leaves a gap.
func (s *Service) number(ctx context.Context, p *Patient) ([]Duplicate, error) {
	index, err := s.index(ctx)
	if err != nil {
		return nil, err
	}
	clinic := actor.Clinic(ctx)
	alike := lookalikesOf(p.Identity, index)
	var seen []sighting
	err = s.db.WithTx(db.Apart(ctx), func(_ context.Context, t *db.Tx) error {
		seen = seen[:0]
		t.Exec(numbering)
		t.Ask(sightings(&seen), selectLookalikes, clinic, alike.tokens)
		t.Ask(func(r db.Row) error { return r.Scan(&p.RecordNumber) }, takeNumbers, clinic, 1)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: number", err)
	}
	return s.compare(ctx, p.Identity, p.ID, alike.candidates(seen), p.AsOf)
}

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
