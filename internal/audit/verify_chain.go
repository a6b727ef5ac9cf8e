package audit

import (
	"errors"
	"math"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
)

// How much of a chain is read at a time.
const (
	blockSeals  = 512
	blockEvents = 20_000
)

// verifier walks one chain and its events side by side: both stand in the order
// of the servers' transaction numbers.
type verifier struct {
	proofKeys
	tx     *db.Tx
	clinic uuid.UUID
	// seen is the head that the checkpoint saw; witness is the hash of the seal
	// that stands there now, nil when there is none.
	seen    Head
	witness *digest

	last       Head
	recoveries []*seal
	// through is how far the transactions of each server are sealed.
	through map[int64]int64
	shown   *multiset
	weigher weigher
	// lacking are listed events that were not where they should be.
	lacking []Fault
	report  Report
}

func newVerifier(tx *db.Tx, clinic uuid.UUID, k proofKeys, seen Head) *verifier {
	return &verifier{
		proofKeys: k, tx: tx, clinic: clinic, seen: seen,
		through: map[int64]int64{}, shown: newMultiset(),
	}
}

func (v *verifier) run() error {
	for {
		block, err := v.nextSeals()
		if err != nil {
			return err
		}
		if len(block) == 0 {
			break
		}
		if err := v.prove(block); err != nil {
			return err
		}
	}
	if err := v.openEvents(); err != nil {
		return err
	}
	return v.subjects()
}

// nextSeals reads the next seals, without a gap of its own making: those
// before the first one that would bring more than blockEvents, but at least one.
const nextSeals = `select ` + sealColumns + ` from audit_seals where clinic_id = $1 and seq > $2
 and seq < coalesce((select seq + 1 from audit_seals where clinic_id = $1 and seq > $2 and total > $3 order by seq limit 1),
 9223372036854775807) order by seq limit $4`

func (v *verifier) nextSeals() ([]*seal, error) {
	var block []*seal
	err := v.tx.All(func(r db.Row) error {
		s, err := readSeal(v.clinic, r)
		block = append(block, s)
		return err
	}, nextSeals, v.clinic, v.last.Seq, v.last.Events+blockEvents, blockSeals)
	return block, err
}

// span is a seal with the transactions of its server that it speaks for.
type span struct {
	*seal
	from int64
	// loose is true behind missing seals, whose events it does not list.
	loose bool
}

// prove judges the links of a block and then the events under them.
func (v *verifier) prove(block []*seal) error {
	var run []span
	for _, s := range block {
		gap := v.link(s)
		if s.kind != sealEvents {
			continue
		}
		if len(run) > 0 && run[0].cluster != s.cluster {
			if err := v.events(run); err != nil {
				return err
			}
			run = nil
		}
		from, ok := v.through[s.cluster]
		if !ok {
			from = math.MinInt64
		}
		v.through[s.cluster] = max(from, s.through)
		run = append(run, span{seal: s, from: from, loose: gap})
	}
	return v.events(run)
}

// link judges a seal by itself and against the one before; gap says that seals
// are missing between them.
func (v *verifier) link(s *seal) (gap bool) {
	gap = s.seq != v.last.Seq+1
	switch {
	case gap:
		v.report.fault(Fault{Kind: SealsMissing, Clinic: v.clinic, Seal: v.last.Seq + 1, To: s.seq - 1})
	case s.prev != v.last.Hash:
		v.report.fault(Fault{Kind: ChainBroken, Clinic: v.clinic, Seal: s.seq})
	}
	v.judge(s)
	if s.seq == v.seen.Seq {
		v.witness = &s.hash
	}
	v.last = s.head()
	v.report.Seals++
	return gap
}

func (v *verifier) judge(s *seal) {
	switch {
	case !s.intact():
		v.report.fault(Fault{Kind: SealChanged, Clinic: v.clinic, Seal: s.seq})
		return
	case !s.signed(v.public):
		v.report.fault(Fault{Kind: SealForged, Clinic: v.clinic, Seal: s.seq})
		return
	}
	if note, ok := s.recovery(); ok {
		v.recoveries = append(v.recoveries, s)
		v.report.Recoveries = append(v.report.Recoveries,
			Recovery{Clinic: v.clinic, Seal: s.seq, At: s.at, Reason: note.Reason})
	}
}

// compare holds the chain against the checkpoint of an earlier moment.
func (v *verifier) compare(at time.Time) {
	if v.seen.Seq == 0 || v.witness != nil && *v.witness == v.seen.Hash || excused(v.recoveries, v.clinic, v.seen) {
		return
	}
	switch {
	case v.witness != nil:
		v.report.fault(Fault{Kind: ChainRewritten, Clinic: v.clinic, Seal: v.seen.Seq, At: at})
	case v.last.Seq < v.seen.Seq:
		v.report.fault(Fault{Kind: TailCut, Clinic: v.clinic, Seal: v.seen.Seq, To: v.last.Seq, At: at})
	}
}

// resolve tells events that were moved from events that are gone.
func (v *verifier) resolve() error {
	for _, f := range v.lacking {
		var from, to time.Time
		from, to = millisecond(f.EventID)
		var there bool
		err := v.tx.One([]any{&there}, `select exists (select from audit_events
			where clinic_id = $1 and at >= $2 and at < $3 and id = $4)`, v.clinic, from, to, f.EventID)
		if err != nil && !errors.Is(err, db.ErrNoRow) {
			return err
		}
		if there {
			f.Kind = EventChanged
		}
		v.report.fault(f)
	}
	v.lacking = nil
	return nil
}
