package vault

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

// ErrBehind says that a process that runs does not wrap by the newest master key
// yet: it could not read what a rotation changes, nor be kept from wrapping by a
// key that goes.
var ErrBehind = errors.New("vault: a running process lacks the newest master key")

const (
	announceEvery = 30 * time.Second
	// goneAfter is when a process that says nothing counts as gone, killed perhaps.
	goneAfter = "2 minutes"
)

// Holder is a process that says which master keys it has.
type Holder struct {
	vault *Vault
	id    uuid.UUID
}

// Announce says once which master keys this process has. Run goes on saying it.
// That it could not be said stops nothing: it is said again.
func (v *Vault) Announce(ctx context.Context) *Holder {
	h := &Holder{vault: v, id: NewID()}
	h.say(ctx)
	return h
}

// Run says it until ctx ends, and then takes it back.
func (h *Holder) Run(ctx context.Context) {
	tick := time.NewTicker(announceEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			h.say(ctx)
		case <-ctx.Done():
			h.write(context.WithoutCancel(ctx), func(t *db.Tx) {
				t.Exec(`delete from key_holders where id = $1`, h.id)
			})
			return
		}
	}
}

// say writes the row anew, and takes away those of processes that are long gone.
func (h *Holder) say(ctx context.Context) {
	h.write(ctx, func(t *db.Tx) {
		t.Exec(`insert into key_holders (id, masters, seen_at) values ($1, $2::text[], now())
			on conflict (id) do update set seen_at = now()`, h.id, h.vault.ring.IDs())
		t.Exec(`delete from key_holders where seen_at < now() - interval '1 day'`)
	})
}

func (h *Holder) write(ctx context.Context, queue func(t *db.Tx)) {
	_ = h.vault.db.WithTx(actor.System(ctx, actor.Platform, "vault"), func(_ context.Context, t *db.Tx) error {
		queue(t)
		return nil
	})
}

// refuseBehind fails with ErrBehind while a process runs whose first key is not
// the newest.
func (v *Vault) refuseBehind(ctx context.Context) error {
	var behind bool
	err := v.db.Read(actor.System(ctx, actor.Platform, "vault"), func(q *db.Reader) error {
		q.One([]any{&behind}, `select exists (select from key_holders
			where seen_at > now() - interval '`+goneAfter+`' and masters[1] is distinct from $1)`, v.ring.Newest())
		return nil
	})
	if err == nil && behind {
		err = ErrBehind
	}
	return err
}
