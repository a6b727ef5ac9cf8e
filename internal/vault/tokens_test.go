package vault

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// Master keys are read as people paste them into a file, and one that is wrong is
// named by its place and never repeated.
func TestMasterKeysAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	one, two := NewMaster(), NewMaster()
	ring, err := ParseKeys(" " + one + " ,\n," + two + ",")
	require.NoError(t, err)
	require.Len(t, ring.IDs(), 2)
	first, err := ParseKeys(one)
	require.NoError(t, err)
	require.Equal(t, first.IDs()[0], ring.IDs()[0], "the first stays the newest")
	second, err := ParseKeys(two)
	require.NoError(t, err)
	require.Equal(t, second.IDs()[0], ring.IDs()[1])
	for _, none := range []string{"", " ", ",", " , "} {
		_, err := ParseKeys(none)
		require.ErrorIs(t, err, ErrNoMaster, "%q", none)
	}
	short := base64.URLEncoding.EncodeToString(RandomBytes(31))
	long := base64.URLEncoding.EncodeToString(RandomBytes(33))
	for _, wrong := range []string{short, long, "no es una clave", strings.TrimRight(one, "=")} {
		_, err := ParseKeys(one + "," + wrong)
		require.ErrorContains(t, err, "key 2 of", "%q", wrong)
		require.NotContains(t, err.Error(), wrong)
	}
}

// A wrapped key opens with the master that wrapped it and with no other, also when
// it says it were another's; what was altered or is no key does not open.
func TestAWrappedKeyOpensWithItsMasterOnly(t *testing.T) {
	t.Parallel()
	old, err := ParseKeys(NewMaster())
	require.NoError(t, err)
	fresh := NewMaster()
	key := NewKey()
	wrapped, err := old.Wrap(key)
	require.NoError(t, err)
	require.Equal(t, old.IDs()[0], wrapped.MasterID)
	got, err := old.Unwrap(wrapped)
	require.NoError(t, err)
	require.Equal(t, key, got)

	other, err := ParseKeys(fresh)
	require.NoError(t, err)
	lie := Wrapped{Token: wrapped.Token, MasterID: other.IDs()[0]}
	altered := Wrapped{Token: wrapped.Token[:len(wrapped.Token)-8] + "AAAAAAA=", MasterID: wrapped.MasterID}
	stump, err := encrypt(old.masters[0].key, key[:31])
	require.NoError(t, err)
	for name, c := range map[string]struct {
		ring *Keyring
		w    Wrapped
	}{
		"another master": {other, wrapped}, "a master that is named": {other, lie}, "altered": {old, altered},
		"no key": {old, Wrapped{stump, wrapped.MasterID}}, "nothing": {old, Wrapped{}},
	} {
		got, err := c.ring.Unwrap(c.w)
		require.ErrorIs(t, err, ErrWrongMaster, name)
		require.Zero(t, got, name)
	}
	both := &Keyring{masters: append(other.masters, old.masters...)}
	got, err = both.Unwrap(wrapped)
	require.NoError(t, err)
	require.Equal(t, key, got, "an older master still opens")
	again, err := both.Wrap(key)
	require.NoError(t, err)
	require.Equal(t, other.IDs()[0], again.MasterID, "the newest wraps")
}

// What is sealed opens at its place only: not in another clinic, field or row, nor
// under another key.
func TestASealedValueOpensAtItsPlaceOnly(t *testing.T) {
	t.Parallel()
	key := NewKey()
	place := Place{Clinic: uuid.New(), Purpose: "test.one", Row: uuid.New()}
	token, err := Seal(key, place, map[string]string{"nombre": "persona ficticia"})
	require.NoError(t, err)
	got, err := token.Open(key, place)
	require.NoError(t, err)
	require.Equal(t, "persona ficticia", got["nombre"])
	for name, other := range map[string]Place{
		"clinic":  {uuid.New(), place.Purpose, place.Row},
		"purpose": {place.Clinic, "test.two", place.Row},
		"row":     {place.Clinic, place.Purpose, uuid.New()},
		"none":    {},
	} {
		_, err := token.Open(key, other)
		require.ErrorIs(t, err, ErrSealed, name)
	}
	_, err = token.Open(NewKey(), place)
	require.ErrorIs(t, err, ErrSealed)
	_, err = Sealed[map[string]string]("").Open(key, place)
	require.Error(t, err, "an empty token is no empty value")
	text, err := Seal(key, place, "not an object")
	require.NoError(t, err)
	_, err = Sealed[map[string]string](text).Open(key, place)
	require.Error(t, err, "what is something else is a fault")
	_, err = Seal(key, place, func() {})
	require.Error(t, err)
}

// Keyed hashes are HMAC-SHA256 (RFC 2104), and only equal ones are equal.
func TestKeyedHashes(t *testing.T) {
	t.Parallel()
	key, raw := NewKey(), []byte("una persona ficticia")
	m := hmac.New(sha256.New, key[:])
	m.Write(raw)
	require.Equal(t, m.Sum(nil), key.MACBytes(raw))
	require.NotEqual(t, key.MAC("a", "bc"), key.MAC("ab", "c"), "purpose and value do not run together")
	require.True(t, Equal(key.MAC("a", "b"), key.MAC("a", "b")))
	require.False(t, Equal(key.MAC("a", "b"), NewKey().MAC("a", "b")))
	require.False(t, Equal(key.MAC("a", "b"), nil))
	require.False(t, bytes.Equal(RandomBytes(16), RandomBytes(16)))
	require.Len(t, NewToken(32), 43, "256 bits in base64url")
}
