// Package audit keeps the trail of who did what to whose data. Every act on a
// person's data leaves one event: a write's in the transaction of the act, a
// read's committed before the reply leaves. No event, no act.
//
// Sources: NOM-024-SSA3-2012 6.6 (audit log that ties each act to one
// individual), read through reference IN-30; LFPDPPP 18 (security measures).
package audit

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/vault"
)

// Outcome is how an act ended.
type Outcome string

// The outcomes.
const (
	Success Outcome = "success"
	Denied  Outcome = "denied"
	Failure Outcome = "failure"
)

// Event is one act. It holds ids and codes, never names or contents.
type Event struct {
	// Action is "subject.verb", such as "patient.read"; the list stands in actions.go.
	Action      Action
	SubjectType string
	SubjectID   uuid.UUID
	PatientID   uuid.UUID
	// Subjects are the patients that a list or a search showed.
	Subjects []uuid.UUID
	// Outcome is Success when left empty.
	Outcome Outcome
	// Reason is a code, or the text that the law asks somebody to give.
	Reason string
}

// entry is an event with who, when and from where: one row of audit_events.
type entry struct {
	Event
	clinic    uuid.UUID
	id        uuid.UUID
	at        time.Time
	actorKind string
	actorID   uuid.UUID
	role      string
	requestID string
	address   string
	mac       []byte
}

func newEntry(ctx context.Context, e Event, at time.Time) *entry {
	a := actor.Must(ctx)
	o := actor.OriginOf(ctx)
	if e.Outcome == "" {
		e.Outcome = Success
	}
	role := string(a.Role)
	if a.Kind == actor.KindSystem {
		role = a.System
	}
	kind := a.Kind
	if kind == "" {
		kind = actor.KindPublic
	}
	return &entry{
		Event: e, clinic: a.ClinicID, id: vault.NewID(), at: at,
		actorKind: string(kind), actorID: a.UserID, role: role,
		requestID: o.RequestID, address: o.Address,
	}
}

// canonical is the one byte form of an entry that its MAC and its seal cover.
// Every field is written with its length, so that no two entries share a form.
func (e *entry) canonical() []byte {
	b := make([]byte, 0, 320+16*len(e.Subjects))
	field := func(v []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(v))) //nolint:gosec // short fields
		b = append(b, v...)
	}
	text := func(v string) { field([]byte(v)) }
	text("historias.audit.v1")
	field(e.clinic[:])
	field(e.id[:])
	field(binary.BigEndian.AppendUint64(nil, uint64(e.at.UnixMicro()))) //nolint:gosec // after 1970
	text(e.actorKind)
	field(e.actorID[:])
	text(e.role)
	text(string(e.Action))
	text(e.SubjectType)
	field(e.SubjectID[:])
	field(e.PatientID[:])
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Subjects))) //nolint:gosec // a page at most
	for _, id := range e.Subjects {
		b = append(b, id[:]...)
	}
	text(string(e.Outcome))
	text(e.Reason)
	text(e.requestID)
	text(e.address)
	return b
}

// sign sets the MAC under the clinic's audit key.
func (e *entry) sign(k vault.Key) { e.mac = k.MACBytes(e.canonical()) }
