package audit

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// Place is where an event stands in its clinic's chain. The zero value says
// that no seal holds it yet, which a few seconds will change.
type Place struct {
	// Position counts the events of the chain, from 1.
	Position int64
	// Hash is the event's own in its seal.
	Hash []byte
	// Previous is the event before it, nil for the first of the chain.
	Previous *Neighbour
	// Seal is the number of the seal, SealHash its hash, SealedAt its time.
	Seal     int64
	SealHash []byte
	SealedAt time.Time
}

// Sealed tells whether a seal holds the event.
func (p Place) Sealed() bool { return p.Seal > 0 }

// Neighbour is the event before another one in the chain.
type Neighbour struct {
	Position int64
	ID       uuid.UUID
	Hash     []byte
}

const findRecord = `select ` + recordColumns + ` from audit_events e
 where e.clinic_id = $1 and e.at >= $2 and e.at < $3 and e.id = $4`

// sealOf finds the seal that covers a transaction of a server.
const sealOf = `select seq from audit_seals where clinic_id = $1 and cluster = $2 and through_txid > $3
 and kind = 'events' order by through_txid limit 1`

// Detail gives one event and its place in the chain, and records that it was
// read. An event that the clinic does not have is audit_event.not_found (404).
func (t *Trail) Detail(ctx context.Context, id uuid.UUID) (Record, Place, error) {
	var e Record
	var place Place
	err := t.db.ReadSteps(ctx, func(_ context.Context, tx *db.Tx) (err error) {
		if e, err = find(tx, actor.Clinic(ctx), id); err != nil {
			return err
		}
		place, err = placeOf(tx, actor.Clinic(ctx), e)
		return err
	})
	if err != nil {
		return e, place, fmt.Errorf("audit: detail: %w", err)
	}
	err = t.Record(ctx, Event{Action: AuditRead, SubjectType: "audit_event", SubjectID: id, PatientID: e.PatientID})
	return e, place, err
}

func find(tx *db.Tx, clinic, id uuid.UUID) (e Record, err error) {
	from, to := millisecond(id)
	found := false
	err = tx.All(func(r db.Row) error {
		found = true
		e, err = readRecord(r)
		return err
	}, findRecord, clinic, from, to, id)
	if err == nil && !found {
		err = errs.NotFound("audit_event")
	}
	return e, err
}

// placeOf looks for the seal of an event and, where the event opens it, for the
// end of the one before.
func placeOf(tx *db.Tx, clinic uuid.UUID, e Record) (Place, error) {
	var seq int64
	err := tx.One([]any{&seq}, sealOf, clinic, e.cluster, e.txid)
	if errors.Is(err, db.ErrNoRow) {
		return Place{}, nil
	}
	if err != nil {
		return Place{}, err
	}
	own, err := slotIn(tx, clinic, seq, e.ID)
	if err != nil || own.Seal == 0 || own.Previous != nil || own.Position == 1 {
		return own, err
	}
	own.Previous, err = endBefore(tx, clinic, seq)
	return own, err
}

// The place of an event in its seal: its number, its hash and its neighbour's.
const slot = `select s.seq, s.at, s.hash, s.total - cardinality(s.event_ids) + n, substr(s.hashes, (n - 1) * 32 + 1, 32),
 coalesce(s.event_ids[n - 1], '00000000-0000-0000-0000-000000000000'), substr(s.hashes, greatest((n - 2) * 32 + 1, 1), 32), n
 from audit_seals s, array_position(s.event_ids, $3) n where s.clinic_id = $1 and s.seq = $2 and n is not null`

func slotIn(tx *db.Tx, clinic uuid.UUID, seq int64, id uuid.UUID) (p Place, err error) {
	var before Neighbour
	var n int
	err = tx.One([]any{&p.Seal, &p.SealedAt, &p.SealHash, &p.Position, &p.Hash, &before.ID, &before.Hash, &n}, slot, clinic, seq, id)
	if errors.Is(err, db.ErrNoRow) {
		return Place{}, nil
	}
	if n > 1 {
		before.Position = p.Position - 1
		p.Previous = &before
	}
	p.SealedAt = p.SealedAt.UTC()
	return p, err
}

const lastBefore = `select s.total, s.event_ids[cardinality(s.event_ids)], substr(s.hashes, length(s.hashes) - $3 + 1)
 from audit_seals s where s.clinic_id = $1 and s.seq < $2 and cardinality(s.event_ids) > 0 order by s.seq desc limit 1`

func endBefore(tx *db.Tx, clinic uuid.UUID, seq int64) (*Neighbour, error) {
	var n Neighbour
	err := tx.One([]any{&n.Position, &n.ID, &n.Hash}, lastBefore, clinic, seq, sha256.Size)
	if errors.Is(err, db.ErrNoRow) {
		return nil, nil
	}
	return &n, err
}
