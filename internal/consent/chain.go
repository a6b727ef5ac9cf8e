package consent

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/live"
	"historias/internal/vault"
)

// genesis stands before the first event of a chain.
var genesis = make([]byte, sha256.Size)

// digest is the hash of an event: SHA-256 over every field, each with its
// length, the sealed evidence as it is stored and the hash before. It covers
// the token and not what is in it, so a chain can be checked without any key
// and after the key is destroyed.
func (e Event) digest() []byte {
	b := make([]byte, 0, 512+len(e.sealed))
	field := func(v []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(v))) //nolint:gosec // short fields
		b = append(b, v...)
	}
	number := func(v int64) { field(binary.BigEndian.AppendUint64(nil, uint64(v))) } //nolint:gosec // bits
	field([]byte("historias.consent.v1"))
	for _, id := range []uuid.UUID{e.ClinicID, e.ID, e.PatientID, e.RequestID, e.MessageID, e.Notice.ID} {
		field(id[:])
	}
	number(e.Seq)
	field([]byte(e.Type))
	number(int64(len(e.Purposes)))
	for _, p := range e.Purposes {
		field([]byte(p))
	}
	number(e.At.UnixMicro())
	number(e.RecordedAt.UnixMicro())
	field([]byte(e.Channel))
	number(int64(e.Notice.Version))
	field(e.Notice.Hash)
	field([]byte(e.sealed))
	field(e.Prev)
	sum := sha256.Sum256(b)
	return sum[:]
}

// ErrBroken says that a chain is not what was written.
var ErrBroken = errors.New("consent: the chain is broken")

// Verify checks a chain in its order against the head that numbers it: no event
// changed, none is missing in the middle or at the end.
func Verify(chain []Event, headSeq int64, headHash []byte) error {
	prev := genesis
	for i, e := range chain {
		if e.Seq != int64(i)+1 || !bytes.Equal(e.Prev, prev) || !bytes.Equal(e.digest(), e.Hash) {
			return fmt.Errorf("%w at event %d", ErrBroken, i+1)
		}
		prev = e.Hash
	}
	if headSeq != int64(len(chain)) || len(chain) > 0 && !bytes.Equal(prev, headHash) {
		return fmt.Errorf("%w at its end", ErrBroken)
	}
	return nil
}

const (
	// takeSeq numbers the next event and holds the chain until the transaction
	// ends.
	takeSeq = `insert into consent_heads as h (clinic_id, patient_id, seq, hash) values ($1, $2, 1, $3)
		on conflict (clinic_id, patient_id) do update set seq = h.seq + 1 returning seq, hash`
	moveHead = `update consent_heads set hash = $3 where clinic_id = $1 and patient_id = $2`

	insertEvent = `insert into consent_events (clinic_id, id, patient_id, request_id, message_id, seq, type, purposes, at,
		recorded_at, channel, notice_id, notice_version, notice_hash, evidence, prev_hash, hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif($13, 0), $14, $15, $16, $17)`
)

// append adds an event to the chain of its patient, tells the patient's record
// where consent stands now, and tells open pages.
func (s *Service) append(ctx context.Context, t *db.Tx, e Event, key vault.Key) (Event, error) {
	e.ID, e.ClinicID, e.RecordedAt = vault.NewID(), actor.Clinic(ctx), s.clock.Now()
	if e.At.IsZero() {
		e.At = e.RecordedAt
	}
	token, err := vault.Seal(key, e.place(), e.Evidence)
	if err != nil {
		return e, err
	}
	e.sealed = string(token)
	if err := t.One([]any{&e.Seq, &e.Prev}, takeSeq, e.ClinicID, e.PatientID, genesis); err != nil {
		return e, err
	}
	e.Hash = e.digest()
	t.Exec(moveHead, e.ClinicID, e.PatientID, e.Hash)
	t.Exec(insertEvent, e.ClinicID, e.ID, e.PatientID, orNull(e.RequestID), orNull(e.MessageID), e.Seq, e.Type,
		texts(e.Purposes), e.At, e.RecordedAt, e.Channel, orNull(e.Notice.ID), e.Notice.Version, e.Notice.Hash,
		e.sealed, e.Prev, e.Hash)
	chain, err := s.chain(t, e.ClinicID, e.PatientID)
	if err != nil {
		return e, err
	}
	s.live.Publish(t, live.Change{Clinic: e.ClinicID, Topic: live.Consent, PatientID: e.PatientID})
	return e, s.patients.SetConsentStatus(ctx, t, e.PatientID, Summary(chain))
}
