// Package vault seals what identifies a person or narrates her health. It owns
// every key and all randomness of the program.
//
// The tree has two levels. Master keys (MEDICAL_ENCRYPTION_KEY) wrap data keys;
// a data key belongs to one patient, one clinic or the platform. The key of a
// row is derived from its data key, its clinic, the purpose of the field and
// the row's id, so that a token moved elsewhere does not open.
package vault

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/google/uuid"
)

// Key is 32 bytes that never leave the program unwrapped.
type Key [32]byte

// NewKey makes a random key.
func NewKey() Key {
	var k Key
	_, _ = rand.Read(k[:]) // crypto/rand never fails since Go 1.24
	return k
}

// NewToken makes an unguessable text of n random bytes in base64url, for links,
// button payloads and one-time secrets.
func NewToken(n int) string { return base64.RawURLEncoding.EncodeToString(RandomBytes(n)) }

// RandomBytes makes n random bytes.
func RandomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// NewID makes a UUIDv7, whose order is the order of making.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// TokenHash is what the database keeps of a secret: SHA-256. It is safe without
// a salt because every secret of ours is random.
func TokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// TokenHashHex is TokenHash in the form that opens rows by their secret.
func TokenHashHex(token string) string { return hex.EncodeToString(TokenHash(token)) }

// MAC is the HMAC-SHA256 of value under k for one purpose, used to find rows
// by an exact value (CURP, phone, e-mail) without storing it.
func (k Key) MAC(purpose, value string) []byte {
	m := hmac.New(sha256.New, k[:])
	m.Write([]byte(purpose))
	m.Write([]byte{0})
	m.Write([]byte(value))
	return m.Sum(nil)
}

// MACBytes is the HMAC-SHA256 of raw under k.
func (k Key) MACBytes(raw []byte) []byte {
	m := hmac.New(sha256.New, k[:])
	m.Write(raw)
	return m.Sum(nil)
}

// Index64 is the first 64 bits of a MAC, for tables of search tokens.
func (k Key) Index64(purpose, value string) int64 { return k.Indexer().Index64(purpose, value) }

// Indexer makes many search tokens under one key, whose state it prepares once.
// It is for one goroutine.
type Indexer struct {
	mac hash.Hash
	sum [sha256.Size]byte
}

// Indexer prepares the key.
func (k Key) Indexer() *Indexer { return &Indexer{mac: hmac.New(sha256.New, k[:])} }

// Index64 is the first 64 bits of Key.MAC.
func (x *Indexer) Index64(purpose, value string) int64 {
	x.mac.Reset()
	x.mac.Write([]byte(purpose))
	x.mac.Write([]byte{0})
	x.mac.Write([]byte(value))
	return int64(binary.BigEndian.Uint64(x.mac.Sum(x.sum[:0]))) //nolint:gosec // bits, not a number
}

// Equal compares two MACs in constant time.
func Equal(a, b []byte) bool { return hmac.Equal(a, b) }

// derive gives the key of one field of one row.
func (k Key) derive(at Place) Key {
	info := at.Clinic.String() + "|" + at.Purpose + "|" + at.Row.String()
	out, err := hkdf.Key(sha256.New, k[:], nil, info, len(Key{}))
	if err != nil {
		// Only an output longer than 255 hashes can fail (RFC 5869).
		panic(fmt.Sprintf("vault: hkdf: %v", err))
	}
	return Key(out)
}
