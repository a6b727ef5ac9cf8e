package account

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// OldHash is how a password was kept under earlier parameters.
func OldHash(password string) string {
	salt := []byte("sal de hace unos")
	key := argon2.IDKey([]byte(password), salt, 2, 8192, 1, 32)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=8192,t=2,p=1$%s$%s", argon2.Version, b.EncodeToString(salt), b.EncodeToString(key))
}
