package patient

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// loadChunk is how many patients one transaction of Load writes.
const loadChunk = 1000

// Load registers total patients at once, for the demonstration clinic and for
// measuring: form gives the i-th, from 0, and is called by several goroutines.
// Each patient is sealed, indexed and kept in the history as Create does it;
// one event stands for a chunk, and nobody looks for duplicates. The i-th
// patient was last seen i seconds ago. A form with a fault stops the load,
// after other chunks may have been written.
func (s *Service) Load(ctx context.Context, total int, form func(i int) Form) error {
	l := &load{service: s, total: total, form: form, now: s.clock.Now()}
	var err error
	if l.today, err = s.today(ctx); err != nil {
		return err
	}
	if l.index, err = s.index(ctx); err != nil {
		return err
	}
	last, err := s.numbers.visit(actor.Clinic(ctx), total)
	if err != nil {
		return errs.Internal("patient: numbers", err)
	}
	l.first = last - Number(total) + 1
	return l.run(ctx)
}

type load struct {
	service *Service
	total   int
	form    func(i int) Form
	today   mx.Date
	now     time.Time
	index   vault.Key
	first   Number
	next    atomic.Int64
}

// run shares the chunks out to one worker for each processor.
func (l *load) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for ctx.Err() == nil {
				from := int(l.next.Add(loadChunk)) - loadChunk
				if from >= l.total {
					return
				}
				if err := l.chunk(ctx, from, min(from+loadChunk, l.total)); err != nil {
					stop(err)
				}
			}
		})
	}
	workers.Wait()
	return context.Cause(ctx)
}

func (l *load) chunk(ctx context.Context, from, to int) error {
	c := &columns{}
	for i := from; i < to; i++ {
		if err := l.add(ctx, c, i); err != nil {
			return errs.Internal("patient: load", err)
		}
	}
	a := actor.Must(ctx)
	return l.service.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(loadPatients, a.ClinicID, c.ids, c.numbers, c.identities, c.sexes, c.years, c.keys, c.masters,
			indexNo, c.sealed, c.cards, c.seen, author(a))
		t.Exec(loadTokens, a.ClinicID, c.tokens, c.owners)
		t.Exec(loadVersions, a.ClinicID, c.ids, c.versionIDs, c.seen, string(a.Kind), author(a), c.versions)
		return l.service.trail.Record(ctx, audit.Event{
			Action: audit.PatientCreated, SubjectType: "patient", Subjects: c.ids, Reason: "load",
		})
	})
}

const (
	loadPatients = `insert into patients (clinic_id, id, record_number, identity_status, sex, birth_year,
 data_key, data_key_master, index_key_no, sealed, card, last_seen_at, created_at, created_by, updated_at)
 select $1, c.id, c.number, c.identity, c.sex, c.year, c.key, c.master, $9, c.sealed, c.card, c.seen, c.seen, $13, c.seen
 from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $10::text[],
 $11::text[], $12::timestamptz[]) c(id, number, identity, sex, year, key, master, sealed, card, seen)`
	loadTokens = `insert into patient_tokens (clinic_id, token, patient_id)
 select $1, c.token, c.owner from unnest($2::bigint[], $3::uuid[]) c(token, owner) order by c.token`
	loadVersions = `insert into patient_versions (clinic_id, patient_id, version, id, at, actor_kind, actor_id,
 change, status, sealed) select $1, c.patient, 1, c.id, c.at, $5, $6, 'created', 'active', c.sealed
 from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $7::text[]) c(patient, id, at, sealed)`
)

// columns are the arrays of one chunk.
type columns struct {
	ids, versionIDs, owners []uuid.UUID
	numbers, tokens         []int64
	identities, sexes       []string
	years                   []*int
	keys, masters           []string
	sealed, cards, versions []string
	seen                    []time.Time
}

// add seals the i-th patient into the columns.
func (l *load) add(ctx context.Context, c *columns, i int) error {
	identity, err := l.form(i).Check(l.today)
	if err != nil {
		return err
	}
	key, wrapped, err := l.service.vault.NewDataKey()
	if err != nil {
		return err
	}
	clinic, id, versionID := actor.Clinic(ctx), vault.NewID(), vault.NewID()
	st, err := seal(clinic, id, identity, key, l.index)
	if err != nil {
		return err
	}
	version, err := vault.Seal(key, vault.Place{Clinic: clinic, Purpose: purposeVersion, Row: versionID}, snapshot{Identity: identity})
	c.ids, c.versionIDs = append(c.ids, id), append(c.versionIDs, versionID)
	c.numbers = append(c.numbers, int64(l.first)+int64(i))
	c.identities, c.sexes = append(c.identities, string(identity.IdentityStatus)), append(c.sexes, identity.Sex)
	c.years = append(c.years, identity.birthYear())
	c.keys, c.masters = append(c.keys, wrapped.Token), append(c.masters, wrapped.MasterID)
	c.sealed, c.cards = append(c.sealed, string(st.identity)), append(c.cards, string(st.card))
	c.versions = append(c.versions, string(version))
	c.seen = append(c.seen, l.now.Add(-time.Duration(i)*time.Second))
	for _, token := range st.tokens {
		c.tokens, c.owners = append(c.tokens, token), append(c.owners, id)
	}
	return err
}
