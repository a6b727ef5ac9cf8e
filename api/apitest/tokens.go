package apitest

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// Forge signs a token as an attacker could who knows everything but, where
// secret says so, the key. Claims are added to those of a good token, or take
// their place; nil takes one away. It is written apart from the program's own
// signer, so that neither can excuse the other.
func (a *API) Forge(t testing.TB, algorithm, secret string, claims map[string]any) string {
	t.Helper()
	now := a.Fake.Now()
	all := map[string]any{
		"iss": "historias", "aud": []string{"historias-api"}, "sub": uuid.NewString(), "sid": uuid.NewString(),
		"jti": uuid.NewString(), "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(),
	}
	maps.Copy(all, claims)
	maps.DeleteFunc(all, func(_ string, v any) bool { return v == nil })
	part := func(v any) string {
		raw, err := json.Marshal(v)
		require.NoError(t, err)
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	text := part(map[string]string{"alg": algorithm, "typ": "JWT"}) + "." + part(all)
	hash := sha256.New
	switch algorithm {
	case "none":
		return text + "."
	case "HS512":
		hash = sha512.New
	}
	mac := hmac.New(hash, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
