package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/fernet/fernet-go"
)

// ErrSealed says that a token does not open with this key at this place. It is
// never shown as text and never replaced by an empty value.
var ErrSealed = errors.New("vault: the token does not open")

// encrypt makes a plain Fernet token.
func encrypt(k Key, plain []byte) (string, error) {
	fk := fernet.Key(k)
	token, err := fernet.EncryptAndSign(plain, &fk)
	if err != nil {
		return "", fmt.Errorf("vault: seal: %w", err)
	}
	return string(token), nil
}

// The parts of a token (github.com/fernet/spec, Spec.md): version, time, IV,
// ciphertext, HMAC. The first half of the key signs, the second encrypts.
const (
	tokenVersion = 0x80
	ivAt         = 1 + 8
	cipherAt     = ivAt + aes.BlockSize
	macSize      = sha256.Size
	halfKey      = len(Key{}) / 2
)

var strict = base64.URLEncoding.Strict()

// decrypt opens a Fernet token without expiry. It reads the format itself: the
// library tolerates trailing garbage and line breaks, so every token would have
// to be decoded, encoded again and compared before the library decodes it once
// more. What does not re-encode to itself is refused here as well.
func decrypt(k Key, token string) ([]byte, error) {
	raw, err := strict.DecodeString(token)
	// The decoder passes over line breaks; the length tells.
	if err != nil || strict.EncodedLen(len(raw)) != len(token) || len(raw) < cipherAt+aes.BlockSize+macSize || raw[0] != tokenVersion {
		return nil, ErrSealed
	}
	signed, mac := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	m := hmac.New(sha256.New, k[:halfKey])
	m.Write(signed)
	if !hmac.Equal(m.Sum(nil), mac) || (len(signed)-cipherAt)%aes.BlockSize != 0 {
		return nil, ErrSealed
	}
	block, err := aes.NewCipher(k[halfKey:])
	if err != nil {
		return nil, ErrSealed
	}
	plain := signed[cipherAt:]
	cipher.NewCBCDecrypter(block, signed[ivAt:cipherAt]).CryptBlocks(plain, plain)
	return unpadded(plain)
}

// unpadded takes the padding off (RFC 5652 6.3). The HMAC was right, so a wrong
// one tells nothing to whoever made it.
func unpadded(plain []byte) ([]byte, error) {
	n := int(plain[len(plain)-1])
	if n == 0 || n > aes.BlockSize {
		return nil, ErrSealed
	}
	for _, b := range plain[len(plain)-n:] {
		if int(b) != n {
			return nil, ErrSealed
		}
	}
	return plain[:len(plain)-n], nil
}
