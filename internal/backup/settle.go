package backup

import (
	"context"
	"fmt"

	"historias/internal/vault"
)

// Leap is how far every counter of a clinic jumps after a restore: numbers of
// records and folios that were given after the copy stand on paper and must not
// be given again.
const Leap = 1000

// Settlement is what is done to a restored database before anybody is served.
type Settlement struct {
	// Copy is what was restored.
	Copy Verified
	// NothingLost says that nothing was written after the copy, as in a move to
	// another server; counters then go on where they were.
	NothingLost bool
}

// ends is done for what was ended or used up after the copy and came back with it.
var ends = []string{
	// Everybody is signed out, and what a process remembers of anybody is void.
	`update users set auth_seq = auth_seq + 1`,
	`update sessions set revoked_at = now() where revoked_at is null`,
	// Links that were used, and browsers that were forgotten.
	`delete from account_tokens where used_at is null`,
	`delete from passkey_challenges`,
	`delete from trusted_devices`,
}

// Settle ends every session and link that came back, moves the counters on and
// writes down the copy. It may be repeated.
func (s *Service) Settle(ctx context.Context, address string, what Settlement) error {
	db, err := connect(ctx, address)
	if err != nil {
		return err
	}
	defer db.end(ctx)
	if _, err := db.Exec(ctx, `begin`); err != nil {
		return err
	}
	for _, statement := range ends {
		if _, err := db.Exec(ctx, statement); err != nil {
			return fmt.Errorf("backup: settle: %w", err)
		}
	}
	if !what.NothingLost {
		if _, err := db.Exec(ctx, `update clinic_counters set value = value + $1`, Leap); err != nil {
			return fmt.Errorf("backup: settle: %w", err)
		}
	}
	if err := s.writeDown(ctx, db, what.Copy); err != nil {
		return err
	}
	_, err = db.Exec(ctx, `commit`)
	return err
}

// writeDown closes the runs that the snapshot shows as under way, the copy's own
// among them, and adds the restore.
func (s *Service) writeDown(ctx context.Context, db *source, v Verified) error {
	now, name := s.o.Clock.Now(), recordable(v.Name)
	for _, statement := range []struct {
		sql  string
		args []any
	}{
		{`update backup_runs set finished_at = greatest(started_at, $2), outcome = 'done', bytes = $3
			where outcome = 'running' and kind = 'create' and archive = $1 and $1 <> ''`, []any{name, v.At, v.Bytes}},
		{`update backup_runs set finished_at = $1, outcome = 'failed', detail = 'backup.interrupted' where outcome = 'running'`, []any{now}},
		{`insert into backup_runs (id, kind, archive, started_at, finished_at, outcome, bytes, place)
			values ($1, 'restore', $2, $3, $3, 'done', $4, $5)`, []any{vault.NewID(), name, now, v.Bytes, v.Place}},
	} {
		if _, err := db.Exec(ctx, statement.sql, statement.args...); err != nil {
			return fmt.Errorf("backup: write down: %w", err)
		}
	}
	return nil
}

// Open lets programs serve a restored database; it is the last step.
func (s *Service) Open(ctx context.Context, address string) error {
	db, err := connect(ctx, address)
	if err != nil {
		return err
	}
	defer db.end(ctx)
	return db.Open(ctx)
}
