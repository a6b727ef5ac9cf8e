package vault

import (
	"context"
	"errors"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
)

// ErrRetired says that the newest of the configured master keys was retired by a
// rotation: what it would wrap could not be read once it is gone.
var ErrRetired = errors.New("vault: the first key of MEDICAL_ENCRYPTION_KEY is retired")

// Master is what is known of a master key. ID tells nothing of the key.
type Master struct {
	ID string
	// FirstUsedAt is when the program first wrapped by it.
	FirstUsedAt time.Time
	// RetiredAt is when nothing was left that it wraps; zero while it is in use.
	RetiredAt time.Time
	// Configured says that the program has the key, Newest that it wraps by it.
	Configured, Newest bool
	// Keys is how many keys it wraps; only Census fills it.
	Keys int
}

// Retired says that nothing may be wrapped by it any more.
func (m Master) Retired() bool { return !m.RetiredAt.IsZero() }

// Prepare makes the platform's keys once and proves that the master keys open
// what is there. ErrWrongMaster and ErrRetired must stop the start of the program.
func (v *Vault) Prepare(ctx context.Context) error {
	ctx = actor.System(ctx, actor.Platform, "vault")
	if err := v.admit(ctx); err != nil {
		return err
	}
	var n int
	err := v.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&n}, `select count(*) from vault_keys where clinic_id = $1`, actor.Platform)
		return nil
	})
	if err != nil {
		return err
	}
	if n == 0 {
		err = v.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
			return v.Provision(t, actor.Platform)
		})
	}
	if err != nil {
		return err
	}
	return v.Probe(ctx)
}

// Probe opens every key of the platform and makes none.
func (v *Vault) Probe(ctx context.Context) error {
	ctx = actor.System(ctx, actor.Platform, "vault")
	for _, p := range purposes {
		if _, err := v.Key(ctx, actor.Platform, p); err != nil {
			return err
		}
	}
	return nil
}

// admit holds the configured master keys against those that the database knows:
// every one that is in use must be there, and the newest must not be retired. A
// newest that the database does not know is written down.
func (v *Vault) admit(ctx context.Context) error {
	known, err := v.Masters(ctx)
	if err != nil {
		return err
	}
	listed := false
	for _, m := range known {
		switch {
		case m.Newest && m.Retired():
			return ErrRetired
		case !m.Configured && !m.Retired():
			return ErrWrongMaster
		}
		listed = listed || m.Newest
	}
	if listed {
		return nil
	}
	return v.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(`insert into master_keys (id, first_used_at) values ($1, $2) on conflict do nothing`,
			v.ring.Newest(), v.clock.Now())
		return nil
	})
}

// Masters lists the master keys that the database knows, the oldest first.
func (v *Vault) Masters(ctx context.Context) ([]Master, error) {
	var out []Master
	err := v.db.Read(actor.System(ctx, actor.Platform, "vault"), func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var m Master
			var retired *time.Time
			if err := row.Scan(&m.ID, &m.FirstUsedAt, &retired); err != nil {
				return err
			}
			if retired != nil {
				m.RetiredAt = *retired
			}
			m.Configured, m.Newest = v.ring.Has(m.ID), m.ID == v.ring.Newest()
			out = append(out, m)
			return nil
		}, `select id, first_used_at, retired_at from master_keys order by first_used_at, id`)
		return nil
	})
	return out, err
}
