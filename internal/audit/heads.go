package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

const (
	// tooSoon leaves out a checkpoint when another process has just written one.
	tooSoon = 50 * time.Second
	// fullEvery bounds how far back a reader of the file must look.
	fullEvery = 24 * time.Hour
)

var errDiscontinued = errors.New("audit: a chain does not contain the head of the last checkpoint; run historias audit verify")

// writeCheckpoint appends the heads that moved. A chain that no longer contains
// the head seen before keeps its old head in the file: otherwise a minute would
// be enough to forget that its tail was cut.
func (t *Trail) writeCheckpoint(ctx context.Context, clinics []uuid.UUID) error {
	if t.checkpoints == nil {
		return nil
	}
	before, err := t.history(ctx)
	if err != nil {
		return err
	}
	now := t.clock.Now()
	if age := now.Sub(before.At); before.found && age >= 0 && age < tooSoon {
		return nil
	}
	moved, broken, err := t.movedHeads(ctx, clinics, before.Heads)
	if err != nil {
		return err
	}
	line := checkpointBody{Version: checkpointVersion, At: now, Kind: checkpointChanges, Heads: headsOf(moved)}
	if !before.found || now.Sub(before.fullAt) >= fullEvery {
		all := maps.Clone(before.Heads)
		if all == nil {
			all = map[uuid.UUID]Head{}
		}
		maps.Copy(all, moved)
		line.Kind, line.Heads = checkpointFull, headsOf(all)
	}
	return errors.Join(t.sendCheckpoint(ctx, line), broken)
}

func (t *Trail) sendCheckpoint(ctx context.Context, b checkpointBody) error {
	key, err := t.platformKey(ctx)
	if err != nil {
		return err
	}
	line, err := b.encode(key)
	if err != nil {
		return err
	}
	return t.checkpoints.append(line)
}

// movedHeads gives the heads that differ from those seen before and rightly
// continue them; broken names, in the log, the chains that do not.
func (t *Trail) movedHeads(ctx context.Context, clinics []uuid.UUID, seen map[uuid.UUID]Head) (moved map[uuid.UUID]Head, broken, err error) {
	moved = map[uuid.UUID]Head{}
	present := map[uuid.UUID]bool{}
	for _, clinic := range clinics {
		present[clinic] = true
		head, continues, err := t.continues(ctx, clinic, seen[clinic])
		if err != nil {
			return nil, nil, err
		}
		if !continues {
			broken = t.discontinued(ctx, clinic)
			continue
		}
		if !head.same(seen[clinic]) {
			moved[clinic] = head
		}
	}
	for clinic := range seen {
		if !present[clinic] {
			broken = t.discontinued(ctx, clinic)
		}
	}
	return moved, broken, nil
}

func (t *Trail) discontinued(ctx context.Context, clinic uuid.UUID) error {
	t.log.ErrorContext(ctx, "audit chain broken", slog.String("clinic", clinic.String()))
	return errDiscontinued
}

// continues reads the head of a chain and tells whether the chain contains the
// head that was seen before, or says rightly how it was lost.
func (t *Trail) continues(ctx context.Context, clinic uuid.UUID, seen Head) (head Head, ok bool, err error) {
	var hash, then []byte
	var some, kept bool
	err = t.db.Read(sealerOf(ctx, clinic), func(q *db.Reader) error {
		q.Maybe(&some, []any{&head.Seq, &hash, &head.Events, &head.At},
			`select seq, hash, total, at from audit_seals where clinic_id = $1 order by seq desc limit 1`, clinic)
		q.Maybe(&kept, []any{&then}, `select hash from audit_seals where clinic_id = $1 and seq = $2`, clinic, seen.Seq)
		return nil
	})
	if err != nil {
		return head, false, fmt.Errorf("audit: head: %w", err)
	}
	copy(head.Hash[:], hash)
	if seen.Seq == 0 || kept && bytes.Equal(then, seen.Hash[:]) {
		return head, true, nil
	}
	recoveries, err := t.recoveries(ctx, clinic)
	return head, excused(recoveries, clinic, seen), err
}

// recoveries gives the recovery seals of a chain whose signature is good.
func (t *Trail) recoveries(ctx context.Context, clinic uuid.UUID) ([]*seal, error) {
	seed, err := t.vault.Key(ctx, clinic, vault.PurposeSeal)
	if err != nil {
		return nil, fmt.Errorf("audit: seal key: %w", err)
	}
	public := publicKey(seed)
	var good []*seal
	err = t.db.Read(sealerOf(ctx, clinic), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			s, err := readSeal(clinic, r)
			if err == nil && s.intact() && s.signed(public) {
				good = append(good, s)
			}
			return err
		}, `select `+sealColumns+` from audit_seals where clinic_id = $1 and kind = 'recovery' order by seq`, clinic)
		return nil
	})
	return good, err
}

// excused tells whether a recovery says that this head of a clinic was lost:
// it names that head or a later one, and the head was sealed before it.
func excused(recoveries []*seal, clinic uuid.UUID, head Head) bool {
	for _, s := range recoveries {
		note, _ := s.recovery()
		for _, lost := range note.Lost {
			if lost.Clinic == clinic && lost.Seq >= head.Seq && head.At.Before(s.at) {
				return true
			}
		}
	}
	return false
}

func sealerOf(ctx context.Context, clinic uuid.UUID) context.Context {
	return actor.System(db.WithoutScope(db.Apart(ctx)), clinic, "sealer")
}
