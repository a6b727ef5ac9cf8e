package vault

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Wrapped is a key as the database keeps it, with the id of the master key
// that wraps it.
type Wrapped struct {
	Token    string
	MasterID string
}

type master struct {
	id  string
	key Key
}

// Keyring holds the master keys, newest first. New keys are wrapped by the
// first; any of them unwraps.
type Keyring struct{ masters []master }

// ErrNoMaster says that no master key is configured.
var ErrNoMaster = errors.New("vault: MEDICAL_ENCRYPTION_KEY is empty")

// ErrWrongMaster says that the configured master keys do not open what the
// database holds.
var ErrWrongMaster = errors.New("vault: MEDICAL_ENCRYPTION_KEY does not open the keys of this database")

// ParseKeys reads MEDICAL_ENCRYPTION_KEY: Fernet keys (32 bytes, base64url),
// separated by commas, newest first.
func ParseKeys(list string) (*Keyring, error) {
	ring := &Keyring{}
	for i, text := range strings.Split(list, ",") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		raw, err := base64.URLEncoding.DecodeString(text)
		if err != nil || len(raw) != len(Key{}) {
			return nil, fmt.Errorf("vault: key %d of MEDICAL_ENCRYPTION_KEY is not a Fernet key", i+1)
		}
		ring.masters = append(ring.masters, master{id: masterID(Key(raw)), key: Key(raw)})
	}
	if len(ring.masters) == 0 {
		return nil, ErrNoMaster
	}
	return ring, nil
}

// NewMaster makes a master key in the form of MEDICAL_ENCRYPTION_KEY.
func NewMaster() string {
	k := NewKey()
	return base64.URLEncoding.EncodeToString(k[:])
}

// masterID names a master key without telling anything of it.
func masterID(k Key) string {
	sum := sha256.Sum256(append([]byte("historias master key|"), k[:]...))
	return hex.EncodeToString(sum[:4])
}

// Wrap seals a key under the newest master key.
func (r *Keyring) Wrap(k Key) (Wrapped, error) {
	token, err := encrypt(r.masters[0].key, k[:])
	return Wrapped{Token: token, MasterID: r.masters[0].id}, err
}

// Unwrap opens a key; ErrWrongMaster when no master key fits.
func (r *Keyring) Unwrap(w Wrapped) (Key, error) {
	for _, m := range r.masters {
		if m.id != w.MasterID {
			continue
		}
		plain, err := decrypt(m.key, w.Token)
		if err != nil || len(plain) != len(Key{}) {
			return Key{}, ErrWrongMaster
		}
		return Key(plain), nil
	}
	return Key{}, ErrWrongMaster
}

// Newest is the id of the key that wraps what is new.
func (r *Keyring) Newest() string { return r.masters[0].id }

// Has says whether the key of an id is configured.
func (r *Keyring) Has(id string) bool {
	return slices.ContainsFunc(r.masters, func(m master) bool { return m.id == id })
}

// IDs names the configured keys, newest first.
func (r *Keyring) IDs() []string {
	out := make([]string, len(r.masters))
	for i, m := range r.masters {
		out[i] = m.id
	}
	return out
}
