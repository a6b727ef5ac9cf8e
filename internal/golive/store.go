package golive

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

// Confirmed gives the newest confirmation of each box.
func (b *Book) Confirmed(ctx context.Context) (map[string]Confirmation, error) {
	ctx = actor.System(ctx, actor.Platform, "golive")
	key, err := b.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return nil, fmt.Errorf("golive: %w", err)
	}
	out := map[string]Confirmation{}
	err = b.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var id uuid.UUID
			var box string
			var token vault.Sealed[sealed]
			var c Confirmation
			if err := row.Scan(&id, &box, &c.At, &token); err != nil {
				return err
			}
			plain, err := token.Open(key, vault.Place{Clinic: actor.Platform, Purpose: purposeConfirmation, Row: id})
			c.By = plain.By
			out[box] = c
			return err
		}, `select distinct on (box) id, box, at, sealed from go_live_confirmations order by box, at desc`)
		return nil
	})
	return out, err
}

// recent is how far back backups are counted.
const recent = 8 * 24 * time.Hour

// Evidence reads what the database shows, one clinic after the other inside its
// wall.
func (b *Book) Evidence(ctx context.Context) (Evidence, error) {
	var e Evidence
	var clinics []uuid.UUID
	err := b.db.Read(actor.System(ctx, actor.Platform, "golive"), func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var id uuid.UUID
			err := row.Scan(&id)
			clinics = append(clinics, id)
			return err
		}, `select id from clinics where id <> $1 and status = 'active' and not demo order by id`, actor.Platform)
		var found bool
		q.Maybe(&found, []any{&e.LastWebhook}, `select received_at from webhook_bodies where clinic_id = $1 order by received_at desc limit 1`, actor.Platform)
		q.One([]any{&e.Backups}, `select count(*) from backup_runs where kind = 'create' and outcome = 'done' and started_at > $1`, b.clock.Now().Add(-recent))
		return nil
	})
	e.Clinics = len(clinics)
	for _, clinic := range clinics {
		if err != nil {
			break
		}
		err = b.look(actor.System(ctx, clinic, "golive"), clinic, &e)
	}
	return e, err
}

// look adds what one clinic shows.
func (b *Book) look(ctx context.Context, clinic uuid.UUID, e *Evidence) error {
	var notice int
	var delivered bool
	err := b.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&notice}, `select coalesce(max(version), 0) from privacy_notices where clinic_id = $1 and kind = 'integral' and is_active`, clinic)
		q.One([]any{&delivered}, `select exists (select from messages where clinic_id = $1 and sender = 'platform' and state in ('delivered', 'read'))`, clinic)
		return nil
	})
	switch notice {
	case 0:
		e.WithoutNotice++
	case 1:
		e.BaseNotice++
	}
	e.Delivered = e.Delivered || delivered
	return err
}
