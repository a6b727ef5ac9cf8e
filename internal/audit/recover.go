package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/errs"
)

// ErrNoReason says that a recovery was asked for without a reason.
var ErrNoReason = errs.Rule("audit.reason_missing", "Escriba por qué se restauró la base de datos; el motivo queda en la bitácora.")

// Recovered is what a recovery accepted as lost.
type Recovered struct {
	// Clinics are those whose chain went back, or that the copy does not have.
	Clinics []uuid.UUID
}

// Recover continues the chains after a legitimate restore of an older copy. In
// each chain that lacks the head of the last checkpoint it seals a record that
// says which head was lost and why; the platform's chain names them all, also
// clinics that the copy does not have. Then the checkpoint file goes on from
// the present heads. The reason stays in the trail: codes and facts, no names.
//
// It only states the loss. Whoever restores must also end every session.
func (t *Trail) Recover(ctx context.Context, reason string) (Recovered, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Recovered{}, ErrNoReason
	}
	before, err := t.history(ctx)
	if err != nil {
		return Recovered{}, err
	}
	clinics, err := t.directory(ctx)
	if err != nil {
		return Recovered{}, err
	}
	lost, err := t.lostHeads(ctx, clinics, before.Heads)
	if err != nil {
		return Recovered{}, err
	}
	if err := t.sealRecoveries(ctx, reason, clinics, lost); err != nil {
		return Recovered{}, err
	}
	out := Recovered{}
	for _, l := range lost {
		out.Clinics = append(out.Clinics, l.Clinic)
	}
	return out, t.restartCheckpoints(ctx, reason, clinics)
}

// lostHeads compares every chain with the heads of the last checkpoint.
func (t *Trail) lostHeads(ctx context.Context, clinics []uuid.UUID, seen map[uuid.UUID]Head) ([]lostHead, error) {
	var lost []lostHead
	present := map[uuid.UUID]bool{}
	for _, clinic := range clinics {
		present[clinic] = true
		if _, err := t.sealOpen(ctx, clinic, true); err != nil {
			return nil, err
		}
		_, continues, err := t.continues(ctx, clinic, seen[clinic])
		if err != nil {
			return nil, err
		}
		if !continues {
			lost = append(lost, lostHeadOf(clinic, seen[clinic]))
		}
	}
	for clinic, head := range seen {
		if !present[clinic] {
			lost = append(lost, lostHeadOf(clinic, head))
		}
	}
	return lost, nil
}

func lostHeadOf(clinic uuid.UUID, h Head) lostHead {
	return lostHead{Clinic: clinic, Seq: h.Seq, Hash: h.Hash[:]}
}

// sealRecoveries seals the record in the platform's chain and in each chain
// that lost something, and leaves an event there.
func (t *Trail) sealRecoveries(ctx context.Context, reason string, clinics []uuid.UUID, lost []lostHead) error {
	own := map[uuid.UUID][]lostHead{actor.Platform: lost}
	for _, l := range lost {
		if l.Clinic != actor.Platform {
			own[l.Clinic] = []lostHead{l}
		}
	}
	for _, clinic := range clinics {
		mine, ok := own[clinic]
		if !ok {
			continue
		}
		if err := t.sealRecovery(ctx, clinic, recoveryNote{Reason: reason, Lost: mine}); err != nil {
			return err
		}
	}
	return nil
}

func (t *Trail) sealRecovery(ctx context.Context, clinic uuid.UUID, note recoveryNote) error {
	text, err := json.Marshal(note)
	if err != nil {
		return fmt.Errorf("audit: recovery: %w", err)
	}
	_, err = t.sealWith(ctx, clinic, true, func(s *sealing, ctx context.Context) error {
		link := &seal{cluster: s.cluster, kind: sealRecovery, note: string(text), ids: []uuid.UUID{}}
		for _, src := range s.sources {
			if src.cluster == s.cluster {
				link.through = src.through
			}
		}
		if err := s.link(ctx, link); err != nil {
			return err
		}
		return t.Record(ctx, Event{Action: TrailRecovered, Reason: note.Reason})
	})
	return err
}

// restartCheckpoints writes a line that forgets what was lost.
func (t *Trail) restartCheckpoints(ctx context.Context, reason string, clinics []uuid.UUID) error {
	if t.checkpoints == nil {
		return nil
	}
	heads := map[uuid.UUID]Head{}
	for _, clinic := range clinics {
		head, _, err := t.continues(ctx, clinic, Head{})
		if err != nil {
			return err
		}
		if head.Seq > 0 {
			heads[clinic] = head
		}
	}
	return t.sendCheckpoint(ctx, checkpointBody{
		Version: checkpointVersion, At: t.clock.Now(), Kind: checkpointRecovery, Reason: reason, Heads: headsOf(heads),
	})
}
