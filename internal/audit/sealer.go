package audit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// sealLimit bounds the events of one seal. A single transaction with more is
// never parted: the boundary of a seal is a transaction number.
const sealLimit = 10_000

// errBehind says that the server counts transactions from below the last
// seal, as a clone with the same identity would. Its events cannot be sealed.
var errBehind = errors.New("audit: the transaction numbers of this server are behind the last seal")

// errBusy says that another process seals this clinic at the moment.
var errBusy = errors.New("audit: the clinic is being sealed elsewhere")

// sealing is one transaction of the sealer over one clinic.
type sealing struct {
	tx      *db.Tx
	trail   *Trail
	clinic  uuid.UUID
	cluster int64
	// horizon is the oldest transaction still running: all below it have ended,
	// and those that committed can be seen.
	horizon int64
	last    Head
	// sources are the servers that events of this clinic were written on.
	sources []source
	more    bool
}

// source is one server's transaction numbers, sealed up to through.
type source struct{ cluster, through int64 }

// sealOpen seals what is committed and not sealed yet, and gives the chain's
// head. With wait false it gives errBusy when another process is at it.
func (t *Trail) sealOpen(ctx context.Context, clinic uuid.UUID, wait bool) (Head, error) {
	for {
		s, err := t.sealWith(ctx, clinic, wait, (*sealing).nextBatch)
		if err != nil {
			return Head{}, err
		}
		if !s.more {
			return s.last, nil
		}
	}
}

// sealWith runs step with the chain of the clinic locked.
func (t *Trail) sealWith(ctx context.Context, clinic uuid.UUID, wait bool, step func(*sealing, context.Context) error) (*sealing, error) {
	var s *sealing
	ctx = sealerOf(ctx, clinic)
	err := t.db.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		s = &sealing{tx: tx, trail: t, clinic: clinic}
		if err := s.lock(wait); err != nil {
			return err
		}
		return step(s, ctx)
	})
	return s, err
}

const sealState = `select cluster_id(), pg_snapshot_xmin(pg_current_snapshot())::text::int8,
 coalesce(h.seq, 0), coalesce(h.hash, ''), coalesce(h.total, 0)
 from (select) one left join lateral
 (select seq, hash, total from audit_seals where clinic_id = $1 order by seq desc limit 1) h on true`

// sealSources hops from one cluster to the next in the index. Nothing is below
// the lowest number, so that no event can hide there.
const sealSources = `with recursive source (cluster) as (
 (select cluster from audit_events where clinic_id = $1 order by cluster limit 1)
 union all
 select (select e.cluster from audit_events e where e.clinic_id = $1 and e.cluster > s.cluster order by e.cluster limit 1)
 from source s where s.cluster is not null)
 select s.cluster, coalesce((select through_txid from audit_seals a where a.clinic_id = $1 and a.cluster = s.cluster
 order by through_txid desc limit 1), -9223372036854775808) from source s where s.cluster is not null`

// lock takes the clinic's chain for this transaction and reads where it
// stands: each statement looks anew, so after the lock.
func (s *sealing) lock(wait bool) error {
	name := "historias.audit.seal|" + s.clinic.String()
	got := true
	if wait {
		s.tx.Exec(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
	} else {
		s.tx.QueueOne([]any{&got}, `select pg_try_advisory_xact_lock(hashtextextended($1, 0))`, name)
	}
	var hash []byte
	s.tx.QueueOne([]any{&s.cluster, &s.horizon, &s.last.Seq, &hash, &s.last.Events}, sealState, s.clinic)
	err := s.tx.All(func(r db.Row) error {
		var src source
		err := r.Scan(&src.cluster, &src.through)
		s.sources = append(s.sources, src)
		return err
	}, sealSources, s.clinic)
	if err != nil {
		return fmt.Errorf("audit: state of the chain: %w", err)
	}
	if !got {
		return errBusy
	}
	copy(s.last.Hash[:], hash)
	s.trail.cluster.Store(s.cluster)
	return nil
}

// nextBatch seals up to sealLimit events of the first server that has any.
func (s *sealing) nextBatch(ctx context.Context) error {
	for _, src := range s.sources {
		bound := int64(math.MaxInt64) // on another server everything has ended
		if src.cluster == s.cluster {
			bound = s.horizon
		}
		if bound < src.through {
			return errBehind
		}
		events, through, err := s.take(src, bound)
		if err != nil {
			return err
		}
		if len(events) > 0 {
			s.more = through < bound || len(s.sources) > 1
			return s.write(ctx, src.cluster, through, events)
		}
	}
	return nil
}

const openEvents = `select ` + entryColumns + ` from audit_events
 where clinic_id = $1 and cluster = $2 and txid >= $3 and txid < $4 order by txid, id limit $5`

// take reads the next events of a server below bound and says up to which
// transaction they reach.
func (s *sealing) take(src source, bound int64) ([]*entry, int64, error) {
	events, err := s.read(src, bound, sealLimit+1)
	switch {
	case err != nil || len(events) == 0:
		return nil, bound, err
	case len(events) <= sealLimit && src.cluster == s.cluster:
		return events, bound, nil
	case len(events) <= sealLimit:
		return events, events[len(events)-1].txid + 1, nil
	}
	// The last one read may be of a transaction that was not read whole.
	cut := len(events) - 1
	for cut > 0 && events[cut-1].txid == events[len(events)-1].txid {
		cut--
	}
	if cut > 0 {
		return events[:cut], events[cut].txid, nil
	}
	through := events[0].txid + 1
	events, err = s.read(src, through, math.MaxInt64)
	return events, through, err
}

func (s *sealing) read(src source, bound, limit int64) ([]*entry, error) {
	var events []*entry
	err := s.tx.All(func(r db.Row) error {
		e := &entry{}
		events = append(events, e)
		return readEntry(e, s.clinic, r)
	}, openEvents, s.clinic, src.cluster, src.through, bound, limit)
	return events, err
}

// write adds one seal over events to the chain and unfolds their subjects.
func (s *sealing) write(ctx context.Context, cluster, through int64, events []*entry) error {
	link := &seal{cluster: cluster, through: through, kind: sealEvents}
	var w weigher
	for _, e := range events {
		w.form(e)
		link.ids = append(link.ids, e.id)
		link.leaves = append(link.leaves, w.leaf(e))
	}
	if err := s.link(ctx, link); err != nil {
		return err
	}
	s.unfold(events)
	return nil
}

// link puts a seal behind the last one and signs it.
func (s *sealing) link(ctx context.Context, link *seal) error {
	seed, err := s.trail.vault.Key(ctx, s.clinic, vault.PurposeSeal)
	if err != nil {
		return fmt.Errorf("audit: seal key: %w", err)
	}
	link.clinic, link.at = s.clinic, s.trail.clock.Now()
	link.seq, link.prev = s.last.Seq+1, s.last.Hash
	link.total = s.last.Events + int64(len(link.ids))
	link.sign(seed)
	s.tx.Exec(insertSeal, link.args()...)
	s.last = link.head()
	return nil
}

const insertSubjects = `insert into audit_event_subjects (clinic_id, patient_id, at, event_id)
 select $1, s.patient, s.at, s.event from unnest($2::text[]::uuid[], $3::timestamptz[], $4::text[]::uuid[]) s(patient, at, event)
 order by s.patient on conflict do nothing`

// unfold writes one row for each patient that a list or search showed, in the
// order of the index: thousands of rows then touch each page of it once. A row
// that stands there already must not stop the sealing; the verifier judges it.
func (s *sealing) unfold(events []*entry) {
	var patients, ids []string
	var ats []time.Time
	for _, e := range events {
		for _, patient := range e.Subjects {
			patients, ats, ids = append(patients, patient.String()), append(ats, e.at), append(ids, e.id.String())
		}
	}
	if len(ids) > 0 {
		s.tx.Exec(insertSubjects, s.clinic, patients, ats, ids)
	}
}
