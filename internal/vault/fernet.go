package vault

import (
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

// decrypt opens a Fernet token without expiry. The library tolerates trailing
// garbage and line breaks, so a token that does not re-encode to itself is
// refused first.
func decrypt(k Key, token string) ([]byte, error) {
	raw, err := base64.URLEncoding.Strict().DecodeString(token)
	if err != nil || base64.URLEncoding.EncodeToString(raw) != token {
		return nil, ErrSealed
	}
	fk := fernet.Key(k)
	plain := fernet.VerifyAndDecrypt([]byte(token), 0, []*fernet.Key{&fk})
	if plain == nil {
		return nil, ErrSealed
	}
	return plain, nil
}
