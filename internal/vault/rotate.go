package vault

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// Shelf is a table that keeps wrapped keys of clinics. Its texts are ours: they
// become part of statements.
type Shelf struct {
	Table string
	// Row is the column, or the expression, that tells the rows of a clinic apart
	// and by which they are walked; Type is its type.
	Row, Type string
	// Wrapped is the column of the token, Master that of the master key's id.
	Wrapped, Master string
}

// Own is the shelf of the vault: the keys of clinics and of the platform.
var Own = Shelf{Table: "vault_keys", Row: "(purpose || '/' || key_no)", Type: "text", Wrapped: "wrapped", Master: "master_id"}

// start is a value before every row of a shelf.
func (s Shelf) start() string {
	if s.Type == "uuid" {
		return uuid.Nil.String()
	}
	return ""
}

// Rotation is a change of the keys on some shelves to the newest master key.
type Rotation struct {
	Shelves []Shelf
	// Batch is how many keys one transaction changes.
	Batch int
	// Note runs in the transaction of a clinic's first batch, so that no clinic's
	// keys change hands unrecorded.
	Note func(ctx context.Context, master string) error
	// Done hears how many keys each transaction changed, once it is durable.
	Done func(keys int)
}

// Rotated is what a rotation did.
type Rotated struct {
	// Keys were changed, in this many Clinics, the platform among them.
	Keys, Clinics int
	// Strange keys are wrapped by a master key that is not configured, or do not
	// open; they stay as they are.
	Strange int
	// Retired are the ids of the master keys that nothing needs any more.
	Retired []string
}

// defaultBatch keeps a transaction at some milliseconds, so that nobody waits
// for the rows it holds.
const defaultBatch = 500

// Rotate wraps every key on the shelves by the newest master key while the
// program runs: rows are read by either key meanwhile. What it did stays when it
// is ended, and the next one goes on from there; once all is done it changes
// nothing. Master keys that wrap nothing any more are retired.
//
// Every process must have the new key, first in the list, before it begins;
// ErrBehind says that one has not.
func (v *Vault) Rotate(ctx context.Context, r Rotation) (Rotated, error) {
	if r.Batch < 1 {
		r.Batch = defaultBatch
	}
	var out Rotated
	if err := v.refuseBehind(ctx); err != nil {
		return out, err
	}
	if err := v.rotateAll(ctx, r, &out); err != nil {
		return out, err
	}
	retired, err := v.retire(ctx, r.Shelves)
	out.Retired = retired
	if err != nil || len(retired) == 0 {
		return out, err
	}
	// What began to be written before the retirement may still come.
	if err := v.passed(ctx); err != nil {
		return out, err
	}
	return out, v.rotateAll(ctx, r, &out)
}

func (v *Vault) rotateAll(ctx context.Context, r Rotation, out *Rotated) error {
	clinics, err := v.clinics(ctx)
	if err != nil {
		return err
	}
	out.Strange = 0
	for _, clinic := range clinics {
		n, err := v.rotateClinic(actor.System(ctx, clinic, "keys"), clinic, r, &out.Strange)
		out.Keys += n
		if n > 0 {
			out.Clinics++
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (v *Vault) clinics(ctx context.Context) ([]uuid.UUID, error) {
	var out []uuid.UUID
	err := v.db.Read(actor.System(ctx, actor.Platform, "keys"), func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var id uuid.UUID
			err := row.Scan(&id)
			out = append(out, id)
			return err
		}, `select id from clinics order by id`)
		return nil
	})
	return out, err
}

func (v *Vault) rotateClinic(ctx context.Context, clinic uuid.UUID, r Rotation, strange *int) (int, error) {
	total := 0
	for _, shelf := range r.Shelves {
		for after := shelf.start(); ; {
			if err := ctx.Err(); err != nil {
				return total, err
			}
			b := batch{shelf: shelf, clinic: clinic, after: after, size: r.Batch, first: total == 0}
			if err := v.rotateBatch(ctx, r, &b); err != nil {
				return total, fmt.Errorf("vault: rotate %s: %w", shelf.Table, err)
			}
			total += b.changed
			*strange += b.strange
			if b.changed > 0 && r.Done != nil {
				r.Done(b.changed)
			}
			if b.read < r.Batch {
				break
			}
			after = b.last
		}
	}
	return total, nil
}

// batch is one transaction of a rotation.
type batch struct {
	shelf  Shelf
	clinic uuid.UUID
	after  string
	size   int
	first  bool

	read, changed, strange int
	last                   string
}

func (v *Vault) rotateBatch(ctx context.Context, r Rotation, b *batch) error {
	return v.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		b.read, b.changed, b.strange = 0, 0, 0 // a deadlock begins it anew
		rows, stale, fresh, err := v.rewrap(t, b)
		if err != nil || len(rows) == 0 {
			return err
		}
		// Without its bounds the whole table would be read for each batch.
		n, err := t.Affected(fmt.Sprintf(`update %[1]s set %[2]s = n.fresh, %[3]s = $2
			from unnest($3::text[], $4::text[], $5::text[]) n(row, stale, fresh)
			where clinic_id = $1 and %[4]s = n.row::%[5]s and %[2]s = n.stale
			and %[4]s > $6::text::%[5]s and %[4]s <= $7::text::%[5]s`,
			b.shelf.Table, b.shelf.Wrapped, b.shelf.Master, b.shelf.Row, b.shelf.Type),
			b.clinic, v.ring.Newest(), rows, stale, fresh, b.after, b.last)
		if err != nil {
			return err
		}
		if b.changed = int(n); n > 0 && b.first && r.Note != nil {
			return r.Note(ctx, v.ring.Newest())
		}
		return nil
	})
}

// rewrap reads the next keys that another master key wraps and wraps them by the
// newest.
func (v *Vault) rewrap(t *db.Tx, b *batch) (rows, stale, fresh []string, err error) {
	err = t.All(func(row db.Row) error {
		var id string
		var w Wrapped
		if err := row.Scan(&id, &w.Token, &w.MasterID); err != nil {
			return err
		}
		b.read, b.last = b.read+1, id
		key, err := v.ring.Unwrap(w)
		if err != nil {
			b.strange++
			return nil
		}
		again, err := v.ring.Wrap(key)
		rows, stale, fresh = append(rows, id), append(stale, w.Token), append(fresh, again.Token)
		return err
	}, fmt.Sprintf(`select %[1]s::text as named, %[2]s, %[3]s from %[4]s
		where clinic_id = $1 and %[3]s <> $2 and %[1]s > $3::text::%[5]s order by %[1]s limit $4`,
		b.shelf.Row, b.shelf.Wrapped, b.shelf.Master, b.shelf.Table, b.shelf.Type),
		b.clinic, v.ring.Newest(), b.after, b.size)
	return rows, stale, fresh, err
}

// Census is Masters with how many keys of the shelves each wraps. A master key
// that wraps something and that the database does not know is among them.
func (v *Vault) Census(ctx context.Context, shelves []Shelf) ([]Master, error) {
	out, err := v.Masters(ctx)
	if err != nil {
		return nil, err
	}
	clinics, err := v.clinics(ctx)
	if err != nil {
		return nil, err
	}
	count := func(row db.Row) error {
		var id string
		var n int
		if err := row.Scan(&id, &n); err != nil {
			return err
		}
		i := slices.IndexFunc(out, func(m Master) bool { return m.ID == id })
		if i < 0 {
			i, out = len(out), append(out, Master{ID: id, Configured: v.ring.Has(id), Newest: id == v.ring.Newest()})
		}
		out[i].Keys += n
		return nil
	}
	for _, clinic := range clinics {
		err := v.db.Read(actor.System(ctx, clinic, "keys"), func(q *db.Reader) error {
			for _, s := range shelves {
				q.All(count, fmt.Sprintf(`select %[1]s, count(*) from %[2]s where clinic_id = $1 group by %[1]s`, s.Master, s.Table), clinic)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("vault: census: %w", err)
		}
	}
	return out, nil
}

// retire retires the master keys that wrap nothing, but the newest.
func (v *Vault) retire(ctx context.Context, shelves []Shelf) ([]string, error) {
	all, err := v.Census(ctx, shelves)
	if err != nil {
		return nil, err
	}
	var idle []string
	for _, m := range all {
		if !m.Newest && !m.Retired() && m.Keys == 0 {
			idle = append(idle, m.ID)
		}
	}
	if len(idle) == 0 {
		return nil, nil
	}
	err = v.db.WithTx(actor.System(ctx, actor.Platform, "keys"), func(_ context.Context, t *db.Tx) error {
		t.Exec(`update master_keys set retired_at = $1 where id = any($2::text[]) and retired_at is null`, v.clock.Now(), idle)
		return nil
	})
	return idle, err
}

// pause is between two looks at the transactions that still run.
const pause = 20 * time.Millisecond

// passed waits until every transaction that runs now has ended; statement and
// idle timeouts bound them.
func (v *Vault) passed(ctx context.Context) error {
	var now, oldest int64
	look := func(into *int64, sql string) error {
		return v.db.Read(actor.System(ctx, actor.Platform, "keys"), func(q *db.Reader) error {
			q.One([]any{into}, sql)
			return nil
		})
	}
	if err := look(&now, `select pg_snapshot_xmax(pg_current_snapshot())::text::bigint`); err != nil {
		return err
	}
	for {
		if err := look(&oldest, `select pg_snapshot_xmin(pg_current_snapshot())::text::bigint`); err != nil || oldest >= now {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
