package audit

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/vault"
)

// Trail records events.
type Trail struct {
	db      *db.DB
	vault   *vault.Vault
	clock   clock.Clock
	cluster int64
	commits *committer
	// touched hears of every clinic that got events, for the sealer.
	touched *touched
}

// New makes a trail and starts its committer of read events. Close it when no
// request is left.
func New(ctx context.Context, d *db.DB, v *vault.Vault, c clock.Clock) (*Trail, error) {
	t := &Trail{db: d, vault: v, clock: c, touched: newTouched()}
	err := d.Read(actor.System(ctx, actor.Platform, "audit"), func(q *db.Reader) error {
		q.One([]any{&t.cluster}, `select cluster_id()`)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	t.commits = startCommitter(d)
	return t, nil
}

// Close commits what waits and stops.
func (t *Trail) Close() { t.commits.stop() }

const insertOne = `insert into audit_events (clinic_id, id, at, cluster, actor_kind, actor_id, role, action,
 subject_type, subject_id, patient_id, subjects, outcome, reason, request_id, address, mac)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`

// Record keeps an event of the actor in ctx. Inside a transaction it becomes
// part of it; otherwise Record returns once the event is durable. An error
// means that the act must not happen, or its answer must not leave.
func (t *Trail) Record(ctx context.Context, e Event) error {
	row := newEntry(ctx, e, t.clock.Now())
	key, err := t.vault.Key(ctx, row.clinic, vault.PurposeAudit)
	if err != nil {
		return fmt.Errorf("audit: key: %w", err)
	}
	row.sign(key)
	if tx := db.Current(ctx); tx != nil && !tx.ReadOnly() {
		tx.Exec(insertOne, row.args(t.cluster)...)
		tx.AfterCommit(func() { t.touched.add(row.clinic) })
		return nil
	}
	if err := t.commits.commit(ctx, row, t.cluster); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	t.touched.add(row.clinic)
	return nil
}

func (e *entry) args(cluster int64) []any {
	return []any{
		e.clinic, e.id, e.at, cluster, e.actorKind, orNull(e.actorID), e.role, string(e.Action),
		e.SubjectType, orNull(e.SubjectID), orNull(e.PatientID), e.Subjects, string(e.Outcome),
		e.Reason, e.requestID, e.address, e.mac,
	}
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
