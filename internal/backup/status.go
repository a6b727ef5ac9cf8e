package backup

import (
	"context"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
)

// Kind is what was done about backups.
type Kind string

// The kinds of work that are recorded.
const (
	KindCreate  Kind = "create"
	KindVerify  Kind = "verify"
	KindRestore Kind = "restore"
	KindDrill   Kind = "drill"
)

// Outcome is how a run ended.
type Outcome string

// The outcomes of a run. Running is also what a killed process leaves.
const (
	Running Outcome = "running"
	Done    Outcome = "done"
	Failed  Outcome = "failed"
)

// Mark is what is known of one kind of work.
type Mark struct {
	// SucceededAt is when it was last done well; zero when it never was.
	SucceededAt time.Time
	// Bytes is the size of what was last done well.
	Bytes int64
	// TriedAt is when it was last begun, however it ended; zero when it never was.
	TriedAt time.Time
	// Outcome is how the last try ended; empty when there was none.
	Outcome Outcome
	// Detail is the code of what failed in the last try, such as backup.disk_full.
	Detail string
}

// Never says that it was never done well.
func (m Mark) Never() bool { return m.SucceededAt.IsZero() }

// Status is how the installation stands with its backups.
type Status struct {
	LastBackup, LastVerified, LastDrill Mark
}

// Latest reads how the installation stands with its backups, as the program sees
// it: a backup that ran elsewhere and could not reach this database is not known.
func Latest(ctx context.Context, d *db.DB) (Status, error) {
	var s Status
	marks := map[Kind]*Mark{KindCreate: &s.LastBackup, KindVerify: &s.LastVerified, KindDrill: &s.LastDrill}
	err := d.Read(actor.System(ctx, actor.Platform, "backup"), func(q *db.Reader) error {
		for kind, m := range marks {
			var tried, succeeded bool
			q.Maybe(&tried, []any{&m.TriedAt, &m.Outcome, &m.Detail}, `select started_at, outcome, detail from backup_runs
				where kind = $1 order by started_at desc limit 1`, string(kind))
			q.Maybe(&succeeded, []any{&m.SucceededAt, &m.Bytes}, `select finished_at, bytes from backup_runs
				where kind = $1 and outcome = 'done' order by started_at desc limit 1`, string(kind))
		}
		return nil
	})
	return s, err
}
