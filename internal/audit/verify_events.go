package audit

import (
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

// found is what the walk keeps of an event until its seal is complete.
type found struct {
	id      uuid.UUID
	at      time.Time
	leaf    digest
	genuine bool
}

const sealedEvents = `select ` + entryColumns + ` from audit_events
 where clinic_id = $1 and cluster = $2 and txid >= $3 and txid < $4 order by txid, id`

// events compares what stands under a run of seals of one server with what
// they list, in one streamed query.
func (v *verifier) events(run []span) error {
	if len(run) == 0 {
		return nil
	}
	first := run[0]
	through := v.through[first.cluster]
	var here []found
	var e entry
	err := v.tx.All(func(r db.Row) error {
		if err := readEntry(&e, v.clinic, r); err != nil {
			return err
		}
		for len(run) > 1 && e.txid >= run[0].through {
			v.settle(run[0], here)
			run, here = run[1:], here[:0]
		}
		here = append(here, v.weigh(&e))
		v.expectSubjects(&e)
		return nil
	}, sealedEvents, v.clinic, first.cluster, first.from, through)
	if err != nil {
		return err
	}
	for _, s := range run {
		v.settle(s, here)
		here = here[:0]
	}
	return v.resolve()
}

func (v *verifier) weigh(e *entry) found {
	genuine := e.genuine(v.mac, v.weigher.form(e))
	return found{id: e.id, at: e.at, leaf: v.weigher.leaf(e), genuine: genuine}
}

// settle judges the events of one seal.
func (v *verifier) settle(s span, here []found) {
	v.report.Events += int64(len(here))
	if s.lists(here) {
		return
	}
	listed := make(map[uuid.UUID]digest, len(s.ids))
	for i, id := range s.ids {
		if i < len(s.leaves) {
			listed[id] = s.leaves[i]
		}
	}
	for _, f := range here {
		leaf, ok := listed[f.id]
		delete(listed, f.id)
		fault := Fault{Clinic: v.clinic, EventID: f.id, Seal: s.seq, At: f.at}
		switch {
		case !ok && !s.loose:
			fault.Kind = EventInserted
		case ok && leaf != f.leaf:
			fault.Kind = EventChanged
		case !f.genuine:
			fault.Kind = EventForged
		default:
			continue
		}
		v.report.fault(fault)
	}
	v.lack(s, listed)
}

// lists tells whether the seal lists exactly these events and all are genuine.
func (s span) lists(here []found) bool {
	if len(here) != len(s.ids) || len(here) != len(s.leaves) {
		return false
	}
	for i, f := range here {
		if f.id != s.ids[i] || f.leaf != s.leaves[i] || !f.genuine {
			return false
		}
	}
	return true
}

// lack keeps listed events that were not found, in the order of the seal.
func (v *verifier) lack(s span, missing map[uuid.UUID]digest) {
	for _, id := range s.ids {
		if _, gone := missing[id]; !gone {
			continue
		}
		at, _ := millisecond(id)
		f := Fault{Kind: EventRemoved, Clinic: v.clinic, EventID: id, Seal: s.seq, At: at}
		if len(v.lacking) >= maxFaults {
			v.report.FaultCount++
			continue
		}
		v.lacking = append(v.lacking, f)
	}
}

// openEvents checks the MAC of what no seal holds yet.
func (v *verifier) openEvents() error {
	var clusters []int64
	err := v.tx.All(func(r db.Row) error {
		var src source
		err := r.Scan(&src.cluster, &src.through)
		clusters = append(clusters, src.cluster)
		return err
	}, sealSources, v.clinic)
	if err != nil {
		return err
	}
	for _, cluster := range clusters {
		from, ok := v.through[cluster]
		if !ok {
			from = math.MinInt64
		}
		if err := v.openOf(cluster, from); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) openOf(cluster, from int64) error {
	var e entry
	return v.tx.All(func(r db.Row) error {
		if err := readEntry(&e, v.clinic, r); err != nil {
			return err
		}
		v.report.Open++
		if v.report.OldestOpen.IsZero() || e.at.Before(v.report.OldestOpen) {
			v.report.OldestOpen = e.at
		}
		if !v.weigh(&e).genuine {
			v.report.fault(Fault{Kind: EventForged, Clinic: v.clinic, EventID: e.id, At: e.at})
		}
		return nil
	}, `select `+entryColumns+` from audit_events where clinic_id = $1 and cluster = $2 and txid >= $3`,
		v.clinic, cluster, from)
}

// expectSubjects notes the rows that unfolding the event must have made.
func (v *verifier) expectSubjects(e *entry) {
	for i, patient := range e.Subjects {
		if !slices.Contains(e.Subjects[:i], patient) {
			v.shown.add(patient, e.at, e.id)
		}
	}
}
