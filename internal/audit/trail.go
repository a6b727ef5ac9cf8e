package audit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/vault"
)

// Trail records events, seals them, proves them and reads them.
type Trail struct {
	db    *db.DB
	vault *vault.Vault
	clock clock.Clock
	log   *slog.Logger
	// cluster is the server's identity; the sealer reads it anew each time.
	cluster atomic.Int64
	commits *committer
	// touched hears of every clinic that got events, for the sealer.
	touched *touched
	months  months
	// checkpoints is the file that the heads of the chains leave for; nil without one.
	checkpoints *checkpointFile
	// verdicts are the last verifications of single clinics.
	verdicts verdicts
	// papers are the signed documents; nil where there are none to prove.
	papers Papers
}

// Option sets what a trail has beyond its database.
type Option func(*Trail)

// WithCheckpoints names the file to which signed heads of all chains are
// appended. It should live on another volume than the database: a cut or
// rewritten chain is seen by comparing with it. Empty means none.
func WithCheckpoints(path string) Option {
	return func(t *Trail) {
		if path != "" {
			t.checkpoints = &checkpointFile{path: path}
		}
	}
}

// WithLog gives the trail a log for what its loop cannot answer to anybody.
func WithLog(l *slog.Logger) Option { return func(t *Trail) { t.log = l } }

// New makes a trail and starts its committer of read events. Close it when no
// request is left. Sealing starts with Run.
func New(ctx context.Context, d *db.DB, v *vault.Vault, c clock.Clock, options ...Option) (*Trail, error) {
	t := &Trail{db: d, vault: v, clock: c, log: slog.New(slog.DiscardHandler), touched: newTouched(), verdicts: newVerdicts()}
	for _, o := range options {
		o(t)
	}
	var cluster int64
	err := d.Read(actor.System(ctx, actor.Platform, "audit"), func(q *db.Reader) error {
		q.One([]any{&cluster}, `select cluster_id()`)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	t.cluster.Store(cluster)
	t.commits = startCommitter(d, t.touched)
	return t, nil
}

// Close commits what waits and stops.
func (t *Trail) Close() { t.commits.stop() }

const insertOne = `insert into audit_events (clinic_id, id, at, cluster, actor_kind, actor_id, role, action,
 subject_type, subject_id, patient_id, subjects, outcome, reason, request_id, address, mac)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12::text::uuid[],$13,$14,$15,$16,$17)`

// errInsideRead stops a deadlock: were Record to wait for the shared commit
// while its caller holds a connection, the callers could hold all of them.
var errInsideRead = errors.New("audit: record a read after its transaction, not inside")

// Record keeps an event of the actor in ctx. Inside a WithTx it becomes part
// of the transaction; otherwise Record returns once the event is durable, so a
// read records after db.Read or db.ReadSteps has ended. An error means that the
// act must not happen, or its answer must not leave.
func (t *Trail) Record(ctx context.Context, e Event) error {
	row := newEntry(ctx, e, t.clock.Now())
	row.cluster = t.cluster.Load()
	key, err := t.vault.Key(ctx, row.clinic, vault.PurposeAudit)
	if err != nil {
		return fmt.Errorf("audit: key: %w", err)
	}
	row.sign(key)
	if err := t.ensureMonth(ctx, row.at); err != nil {
		return err
	}
	tx := db.Current(ctx)
	switch {
	case tx == nil:
		return t.commits.commit(ctx, row)
	case tx.ReadOnly():
		return errInsideRead
	}
	tx.Exec(insertOne, row.args()...)
	tx.AfterCommit(func() { t.touched.add(row.clinic) })
	return nil
}

func (e *entry) args() []any {
	return []any{
		e.clinic.String(), e.id.String(), e.at, e.cluster, e.actorKind, orNull(e.actorID), e.role, string(e.Action),
		e.SubjectType, orNull(e.SubjectID), orNull(e.PatientID), arrayText(e.Subjects), string(e.Outcome),
		e.Reason, e.requestID, e.address, e.mac,
	}
}
