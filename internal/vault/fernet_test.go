package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/fernet/fernet-go"
)

// What the library seals opens here to the same bytes, of every length of padding.
func TestTokensOfTheLibraryOpen(t *testing.T) {
	t.Parallel()
	for length := range 70 {
		key, plain := NewKey(), RandomBytes(length)
		token, err := encrypt(key, plain)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decrypt(key, token)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes: %v", length, err)
		}
		fk := fernet.Key(key)
		if !bytes.Equal(fernet.VerifyAndDecrypt([]byte(token), 0, []*fernet.Key{&fk}), plain) {
			t.Fatalf("%d bytes: the library disagrees", length)
		}
	}
}

// A token changed in any byte, cut anywhere or written in another way does not open.
func TestAnAlteredTokenDoesNotOpen(t *testing.T) {
	t.Parallel()
	key := NewKey()
	token, err := encrypt(key, []byte("una persona ficticia"))
	if err != nil {
		t.Fatal(err)
	}
	altered := []string{
		"", token + "A", token + "AAAA", token + "=", token + "\n", "\n" + token, " " + token,
		token[:40] + "\r\n" + token[40:], strings.TrimRight(token, "="),
	}
	raw, err := base64.URLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		changed := bytes.Clone(raw)
		changed[i] ^= 1
		altered = append(altered, base64.URLEncoding.EncodeToString(changed), base64.URLEncoding.EncodeToString(raw[:i]))
	}
	for _, text := range altered {
		if text == token {
			continue
		}
		if _, err := decrypt(key, text); !errors.Is(err, ErrSealed) {
			t.Errorf("%q opens", text)
		}
	}
	if _, err := decrypt(NewKey(), token); !errors.Is(err, ErrSealed) {
		t.Error("opens with another key")
	}
}

// forge signs a token correctly over what the key's holder would never write.
func forge(k Key, version byte, plain []byte) string {
	raw := append([]byte{version}, make([]byte, cipherAt-1)...)
	block, _ := aes.NewCipher(k[halfKey:])
	sealed := bytes.Clone(plain)
	if len(plain)%aes.BlockSize == 0 {
		cipher.NewCBCEncrypter(block, raw[ivAt:cipherAt]).CryptBlocks(sealed, plain)
	}
	raw = append(raw, sealed...)
	m := hmac.New(sha256.New, k[:halfKey])
	m.Write(raw)
	return base64.URLEncoding.EncodeToString(m.Sum(raw))
}

// Even with the right HMAC, a token of another version, with a wrong padding or a
// broken block does not open (Spec.md, verifying).
func TestAWellSignedTokenMustBeWellFormed(t *testing.T) {
	t.Parallel()
	key := NewKey()
	padded := func(last ...byte) []byte { return append(bytes.Repeat([]byte{'a'}, aes.BlockSize-len(last)), last...) }
	good, err := decrypt(key, forge(key, tokenVersion, padded(2, 2)))
	if err != nil || len(good) != aes.BlockSize-2 {
		t.Fatalf("a good one: %v", err)
	}
	for name, token := range map[string]string{
		"another version":   forge(key, 0x81, padded(1)),
		"no padding":        forge(key, tokenVersion, padded(0)),
		"a long padding":    forge(key, tokenVersion, padded(aes.BlockSize+1)),
		"an uneven padding": forge(key, tokenVersion, padded(2, 3, 3)),
		"a broken block":    forge(key, tokenVersion, make([]byte, aes.BlockSize+1)),
		"nothing":           forge(key, tokenVersion, nil),
	} {
		if _, err := decrypt(key, token); !errors.Is(err, ErrSealed) {
			t.Errorf("%s opens", name)
		}
	}
	// A last letter has bits to spare, which must be zero: one token, one text.
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	token := forge(key, tokenVersion, append(padded(), padded(1)...))
	end := strings.IndexByte(token, '=') - 1
	spare := []byte(token)
	spare[end] = letters[strings.IndexByte(letters, token[end])+1]
	if _, err := decrypt(key, string(spare)); !errors.Is(err, ErrSealed) {
		t.Error("opens in another spelling")
	}
}

// An indexer gives what the MAC begins with, whatever it hashed before.
func TestAnIndexerAgreesWithTheMAC(t *testing.T) {
	t.Parallel()
	key := NewKey()
	x := key.Indexer()
	for _, value := range []string{"ana", "", "ana", strings.Repeat("x", 200)} {
		if x.Index64("a", value) != key.Index64("a", value) {
			t.Fatal("differs from a fresh one")
		}
		if mac := key.MAC("a", value); byte(x.Index64("a", value)>>56) != mac[0] {
			t.Fatal("is not the beginning of the MAC")
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	key := NewKey()
	token, err := encrypt(key, RandomBytes(530))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decrypt(key, token); err != nil {
			b.Fatal(err)
		}
	}
}

// A key and a token of the format's own test vectors, which Python's library is
// held to as well (github.com/fernet/spec, generate.json), open here; a key as
// Fernet.generate_key() prints it is a master key.
func TestAKeyOfPythonOpens(t *testing.T) {
	t.Parallel()
	const secret = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="
	const token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=="
	ring, err := ParseKeys(secret)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := decrypt(ring.masters[0].key, token)
	if err != nil || string(plain) != "hello" {
		t.Fatalf("%q, %v", plain, err)
	}
	key := NewKey()
	wrapped, err := ring.Wrap(key)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ring.Unwrap(wrapped); err != nil || got != key {
		t.Fatalf("what it wraps does not open: %v", err)
	}
}
