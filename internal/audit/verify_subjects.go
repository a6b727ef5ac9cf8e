package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// multiset is a sum of hashes that does not depend on their order, so that the
// table of subjects, which is sorted by patient, can be compared with events,
// which are sorted by time, without keeping either. The salt is of this run:
// nobody could have prepared rows whose sum is the same.
type multiset struct {
	salt  []byte
	lanes [4]uint64
	count int64
}

const saltSize = 32

func newMultiset() *multiset { return &multiset{salt: vault.RandomBytes(saltSize)} }

func (m *multiset) add(patient uuid.UUID, at time.Time, event uuid.UUID) {
	var b [saltSize + 40]byte
	copy(b[:], m.salt)
	copy(b[saltSize:], patient[:])
	copy(b[saltSize+16:], event[:])
	binary.BigEndian.PutUint64(b[saltSize+32:], uint64(at.UnixMicro()))
	sum := sha256.Sum256(b[:])
	for i := range m.lanes {
		m.lanes[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
	m.count++
}

func (m *multiset) equal(o *multiset) bool { return m.lanes == o.lanes && m.count == o.count }

// subjectPage is how many rows are read at a time.
const subjectPage = 100_000

// subjects compares the table of subjects with what the events say.
func (v *verifier) subjects() error {
	stored := &multiset{salt: v.shown.salt}
	var patient, event uuid.UUID
	var at time.Time
	for {
		n := 0
		err := v.tx.All(func(r db.Row) error {
			n++
			err := r.Scan((*[16]byte)(&patient), &at, (*[16]byte)(&event))
			stored.add(patient, at, event)
			return err
		}, `select patient_id, at, event_id from audit_event_subjects
			where clinic_id = $1 and (patient_id, at, event_id) > ($2, $3, $4)
			order by patient_id, at, event_id limit $5`, v.clinic, patient, at, event, subjectPage)
		if err != nil {
			return err
		}
		if n < subjectPage {
			break
		}
	}
	if stored.equal(v.shown) {
		return nil
	}
	return v.locateSubjects()
}

// subjectsWrong names events whose rows are lacking, and rows whose event does
// not say so. Counting keeps the planner from anything but one probe of the
// index for each row.
const subjectsWrong = `(select e.id, e.at from audit_events e, unnest(e.subjects) p
 where e.clinic_id = $1 and e.txid < (select max(a.through_txid) from audit_seals a where a.clinic_id = $1 and a.cluster = e.cluster)
 and (select count(*) from audit_event_subjects s
  where s.clinic_id = $1 and s.patient_id = p and s.at = e.at and s.event_id = e.id) = 0 limit $2)
 union (select s.event_id, s.at from audit_event_subjects s where s.clinic_id = $1
 and (select count(*) from audit_events e
  where e.clinic_id = $1 and e.at = s.at and e.id = s.event_id and s.patient_id = any(e.subjects)) = 0 limit $2)`

// locateSubjects names the events whose rows differ, except those that are
// known to be wrong by themselves.
func (v *verifier) locateSubjects() error {
	known := map[uuid.UUID]bool{}
	for _, f := range v.report.Faults {
		known[f.EventID] = true
	}
	if len(known) >= maxFaults {
		return nil
	}
	err := v.tx.All(func(r db.Row) error {
		f := Fault{Kind: SubjectsChanged, Clinic: v.clinic}
		err := r.Scan((*[16]byte)(&f.EventID), &f.At)
		if !known[f.EventID] {
			v.report.fault(f)
		}
		return err
	}, subjectsWrong, v.clinic, maxFaults)
	if err == nil && v.report.FaultCount == 0 {
		v.report.fault(Fault{Kind: SubjectsChanged, Clinic: v.clinic})
	}
	return err
}
