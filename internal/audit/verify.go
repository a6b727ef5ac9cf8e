package audit

import (
	"context"
	"crypto/ed25519"
	"fmt"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// VerifyOptions says what to verify.
type VerifyOptions struct {
	// Clinic limits the verification to one chain; nil means all of them.
	Clinic *uuid.UUID
}

// Verify seals what is open and then proves that nothing was changed, removed,
// inserted or cut off since it was sealed, and that every event is the
// program's own. What was deleted in the seconds before its seal, and what
// whoever holds the program's keys did since the last checkpoint, it cannot see.
//
// An error means that the proof could not be finished, not that it failed.
func (t *Trail) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	// The checkpoint is read first: the chains can only have grown since.
	seen, err := t.history(ctx)
	if err != nil {
		return Report{}, err
	}
	clinics, err := t.directory(ctx)
	if err != nil {
		return Report{}, err
	}
	var all Report
	all.Checkpoint = seen.At
	if o.Clinic == nil {
		if err := t.verifyFile(ctx, &all, clinics, seen); err != nil {
			return all, err
		}
	} else {
		clinics = []uuid.UUID{*o.Clinic}
	}
	for _, clinic := range clinics {
		one, err := t.verifyClinic(ctx, clinic, seen)
		if err != nil {
			return all, fmt.Errorf("audit: verify clinic %s: %w", clinic, err)
		}
		all.add(one)
	}
	all.At = t.clock.Now()
	return all, nil
}

// verifyFile looks at what only the whole file can tell: forged lines and
// clinics that are gone.
func (t *Trail) verifyFile(ctx context.Context, r *Report, clinics []uuid.UUID, seen history) error {
	if seen.forged > 0 {
		r.fault(Fault{Kind: CheckpointsChanged, At: seen.At})
	}
	present := map[uuid.UUID]bool{}
	for _, clinic := range clinics {
		present[clinic] = true
	}
	var recoveries []*seal
	for clinic, head := range seen.Heads {
		if present[clinic] {
			continue
		}
		if recoveries == nil {
			var err error
			if recoveries, err = t.recoveries(ctx, actor.Platform); err != nil {
				return err
			}
		}
		if !excused(recoveries, clinic, head) {
			r.fault(Fault{Kind: ClinicMissing, Clinic: clinic, Seal: head.Seq, At: seen.At})
		}
	}
	return nil
}

// verifyClinic proves one chain, in one snapshot. A chain that was tampered
// with may not let itself be continued, so what hinders the sealing counts only
// when nothing else explains it.
func (t *Trail) verifyClinic(ctx context.Context, clinic uuid.UUID, seen history) (Report, error) {
	_, hindered := t.sealOpen(ctx, clinic, true)
	if errs.KindOf(hindered) == errs.KindUnavailable {
		return Report{}, hindered
	}
	keys, err := t.proofKeys(ctx, clinic)
	if err != nil {
		return Report{}, err
	}
	var v *verifier
	err = t.db.ReadSteps(sealerOf(ctx, clinic), func(_ context.Context, tx *db.Tx) error {
		v = newVerifier(tx, clinic, keys, seen.Heads[clinic])
		return v.run()
	})
	if err != nil {
		return Report{}, err
	}
	v.compare(seen.At)
	if err := t.verifyPapers(ctx, clinic, &v.report); err != nil {
		return v.report, err
	}
	if v.report.OK() && hindered != nil {
		return v.report, hindered
	}
	return v.report, nil
}

// proofKeys are what a chain is proved with.
type proofKeys struct {
	mac    vault.Key
	public ed25519.PublicKey
}

func (t *Trail) proofKeys(ctx context.Context, clinic uuid.UUID) (k proofKeys, err error) {
	if k.mac, err = t.vault.Key(ctx, clinic, vault.PurposeAudit); err != nil {
		return k, err
	}
	seed, err := t.vault.Key(ctx, clinic, vault.PurposeSeal)
	if err == nil {
		k.public = publicKey(seed)
	}
	return k, err
}
