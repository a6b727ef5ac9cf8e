package vault

import (
	"bytes"
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
