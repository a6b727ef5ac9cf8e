package vault

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
)

// ErrForged says that a stamp was not made by a holder of its master key.
var ErrForged = errors.New("vault: the stamp does not belong to what it stands on")

// Stamp proves to whoever holds the same master key that raw left this
// installation and is whole. The key of the stamp is derived from the newest
// master key (HKDF-SHA256, RFC 5869) and tells nothing of it.
func (r *Keyring) Stamp(purpose string, raw []byte) (id string, mac []byte) {
	m := r.masters[0]
	return m.id, stampKey(m.key, purpose).MACBytes(raw)
}

// CheckStamp judges a stamp: ErrWrongMaster when the key of its id is not
// configured, ErrForged when it does not fit.
func (r *Keyring) CheckStamp(purpose, id string, mac, raw []byte) error {
	for _, m := range r.masters {
		if m.id != id {
			continue
		}
		if Equal(mac, stampKey(m.key, purpose).MACBytes(raw)) {
			return nil
		}
		return ErrForged
	}
	return ErrWrongMaster
}

func stampKey(master Key, purpose string) Key {
	out, err := hkdf.Key(sha256.New, master[:], nil, "stamp|"+purpose, len(Key{}))
	if err != nil {
		// Only an output longer than 255 hashes can fail (RFC 5869).
		panic("vault: hkdf: " + err.Error())
	}
	return Key(out)
}
