package audit

import (
	"fmt"

	"github.com/google/uuid"

	"historias/internal/db"
)

// entryColumns is what a seal covers of an event. Absent ids are read as the
// nil UUID, the form they have in the canonical form.
const entryColumns = `id, at, txid, cluster, actor_kind, coalesce(actor_id, '00000000-0000-0000-0000-000000000000'),
 role, action, subject_type, coalesce(subject_id, '00000000-0000-0000-0000-000000000000'),
 coalesce(patient_id, '00000000-0000-0000-0000-000000000000'), subjects, outcome, reason, request_id, address, mac`

// readEntry reads a row of entryColumns into e, which may be reused.
func readEntry(e *entry, clinic uuid.UUID, r db.Row) error {
	e.clinic = clinic
	var subjects [][16]byte
	err := r.Scan((*[16]byte)(&e.id), &e.at, &e.txid, &e.cluster, &e.actorKind, (*[16]byte)(&e.actorID),
		&e.role, (*string)(&e.Action), &e.SubjectType, (*[16]byte)(&e.SubjectID), (*[16]byte)(&e.PatientID),
		&subjects, (*string)(&e.Outcome), &e.Reason, &e.requestID, &e.address, &e.mac)
	if err != nil {
		return fmt.Errorf("audit: read an event: %w", err)
	}
	e.Subjects = e.Subjects[:0]
	for _, id := range subjects {
		e.Subjects = append(e.Subjects, id)
	}
	return nil
}

// weigher hashes and checks events one after the other in one buffer.
type weigher struct{ scratch []byte }

// form gives the canonical form of e, good until the next call.
func (w *weigher) form(e *entry) []byte {
	w.scratch = append(w.scratch[:0], leafPrefix)
	w.scratch = e.appendCanonical(w.scratch)
	return w.scratch[1:]
}

// leaf hashes e; form(e) must have been the call before.
func (w *weigher) leaf(e *entry) digest { return e.leaf(w.scratch) }
