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
	"strings"
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
	// cluster and txid say in which transaction of which server it was kept.
	cluster int64
	txid    int64
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
		Event: e, clinic: a.ClinicID, id: newID(at), at: at,
		actorKind: string(kind), actorID: a.UserID, role: role,
		requestID: storable(o.RequestID), address: storable(o.Address),
	}
}

const longest = 200

// storable makes a text that came with a request fit for a column: a header
// that PostgreSQL cannot keep must not stop an act.
func storable(s string) string {
	if len(s) > longest {
		s = s[:longest]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// canonical is the one byte form of an entry that its MAC and its seal cover.
func (e *entry) canonical() []byte {
	return e.appendCanonical(make([]byte, 0, 320+16*len(e.Subjects)))
}

// appendCanonical writes every field with its length, so that no two entries
// share a form. It appends, because the verifier writes millions.
func (e *entry) appendCanonical(b []byte) []byte {
	b = appendField(b, "historias.audit.v1")
	b = appendField(b, e.clinic[:])
	b = appendField(b, e.id[:])
	b = appendNumber(b, e.at.UnixMicro())
	b = appendField(b, e.actorKind)
	b = appendField(b, e.actorID[:])
	b = appendField(b, e.role)
	b = appendField(b, string(e.Action))
	b = appendField(b, e.SubjectType)
	b = appendField(b, e.SubjectID[:])
	b = appendField(b, e.PatientID[:])
	b = appendNumber(b, int64(len(e.Subjects)))
	for _, id := range e.Subjects {
		b = append(b, id[:]...)
	}
	b = appendField(b, string(e.Outcome))
	b = appendField(b, e.Reason)
	b = appendField(b, e.requestID)
	return appendField(b, e.address)
}

func appendField[T string | []byte](b []byte, v T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(v))) //nolint:gosec // fields are short
	return append(b, v...)
}

func appendNumber(b []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(n)) //nolint:gosec // bits, not a number
}

// sign sets the MAC under the clinic's audit key.
func (e *entry) sign(k vault.Key) { e.mac = k.MACBytes(e.canonical()) }

// genuine tells whether the MAC is the clinic's own over this form.
func (e *entry) genuine(k vault.Key, form []byte) bool {
	return vault.Equal(e.mac, k.MACBytes(form))
}
