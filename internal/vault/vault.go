package vault

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
)

// Purpose names a key of a clinic in vault_keys.
type Purpose string

// The keys that every clinic, the platform included, has.
const (
	PurposeData  Purpose = "data"  // seals what belongs to no single patient
	PurposeIndex Purpose = "index" // keyed hashes for search
	PurposeAudit Purpose = "audit" // MAC of audit events
	PurposeSeal  Purpose = "seal"  // seed of the Ed25519 key that signs seals and checkpoints
	// PurposeDocument is the seed of the Ed25519 key that signs clinical documents.
	PurposeDocument Purpose = "document"
)

var purposes = []Purpose{PurposeData, PurposeIndex, PurposeAudit, PurposeSeal, PurposeDocument}

// late are the purposes that came after the first clinics: a clinic without such
// a key gets it when it first needs it. A missing key of any other purpose is a
// fault, never made anew.
var late = map[Purpose]bool{PurposeDocument: true}

// Vault hands out keys. Index, audit and seal keys stay in memory, because a
// request needs them before its only round trip; data keys are unwrapped each
// time and forgotten.
type Vault struct {
	ring  *Keyring
	db    *db.DB
	clock clock.Clock
	mu    sync.RWMutex
	wraps map[slot]Wrapped
	plain map[slot]Key
}

type slot struct {
	clinic  uuid.UUID
	purpose Purpose
}

// New makes a vault over a key ring.
func New(ring *Keyring, d *db.DB, c clock.Clock) *Vault {
	return &Vault{ring: ring, db: d, clock: c, wraps: map[slot]Wrapped{}, plain: map[slot]Key{}}
}

// NewDataKey makes and wraps the data key of a new patient.
func (v *Vault) NewDataKey() (Key, Wrapped, error) {
	k := NewKey()
	w, err := v.ring.Wrap(k)
	return k, w, err
}

// Unwrap opens a data key that a row carries.
func (v *Vault) Unwrap(w Wrapped) (Key, error) { return v.ring.Unwrap(w) }

// Provision queues the keys of a new clinic into the transaction that makes it.
// The transaction must be that clinic's own.
func (v *Vault) Provision(t *db.Tx, clinic uuid.UUID) error {
	for _, p := range purposes {
		if err := v.add(t, clinic, p); err != nil {
			return err
		}
	}
	return nil
}

// add queues one key of a clinic, unless it has one.
func (v *Vault) add(t *db.Tx, clinic uuid.UUID, p Purpose) error {
	w, err := v.ring.Wrap(NewKey())
	if err != nil {
		return err
	}
	t.Exec(`insert into vault_keys (clinic_id, purpose, wrapped, master_id, created_at)
		values ($1, $2, $3, $4, $5) on conflict do nothing`,
		clinic, string(p), w.Token, w.MasterID, v.clock.Now())
	return nil
}

// Key gives a clinic's key for a purpose.
func (v *Vault) Key(ctx context.Context, clinic uuid.UUID, p Purpose) (Key, error) {
	s := slot{clinic, p}
	v.mu.RLock()
	k, ok := v.plain[s]
	w, wrapped := v.wraps[s]
	v.mu.RUnlock()
	if ok {
		return k, nil
	}
	if !wrapped {
		var err error
		if w, err = v.find(ctx, s); err != nil {
			return Key{}, err
		}
	}
	k, err := v.ring.Unwrap(w)
	if err != nil {
		return Key{}, err
	}
	v.remember(s, w, k)
	return k, nil
}

// find reads a wrapped key, and makes one of a late purpose where there is none.
func (v *Vault) find(ctx context.Context, s slot) (Wrapped, error) {
	w, err := v.load(ctx, s)
	if !late[s.purpose] || !errors.Is(err, db.ErrNoRow) {
		return w, err
	}
	// A transaction of its own: the key must stay whatever becomes of the act.
	apart := actor.System(db.Apart(ctx), s.clinic, "vault")
	err = v.db.WithTx(apart, func(_ context.Context, t *db.Tx) error {
		return v.add(t, s.clinic, s.purpose)
	})
	if err != nil {
		return w, err
	}
	return v.load(apart, s)
}

func (v *Vault) load(ctx context.Context, s slot) (Wrapped, error) {
	var w Wrapped
	if actor.Clinic(ctx) != s.clinic {
		ctx = actor.System(db.Apart(ctx), s.clinic, "vault")
	}
	err := v.db.Read(db.WithoutScope(ctx), func(q *db.Reader) error {
		q.One([]any{&w.Token, &w.MasterID}, `select wrapped, master_id from vault_keys
			where clinic_id = $1 and purpose = $2 order by key_no desc limit 1`, s.clinic, string(s.purpose))
		return nil
	})
	if err != nil {
		return w, fmt.Errorf("vault: key %s: %w", s.purpose, err)
	}
	return w, nil
}

func (v *Vault) remember(s slot, w Wrapped, k Key) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.wraps[s] = w
	if s.purpose != PurposeData {
		v.plain[s] = k
	}
}
