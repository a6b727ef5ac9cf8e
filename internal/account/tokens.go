package account

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// What a link by mail is for, and how long it serves.
const (
	forReset  = "reset_password"
	forVerify = "verify_email"

	resetLife  = time.Hour
	verifyLife = 72 * time.Hour
)

// tokenBytes is how much chance a link holds.
const tokenBytes = 32

// mint makes a link's secret and queues its hash. Of a link that changes a
// password only the newest serves.
func mint(t *db.Tx, user uuid.UUID, purpose string, now time.Time, life time.Duration) string {
	token := vault.NewToken(tokenBytes)
	if purpose == forReset {
		t.Exec(`delete from account_tokens where user_id = $1 and purpose = $2`, user, purpose)
	}
	t.Exec(`insert into account_tokens (token_hash, user_id, purpose, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
		vault.TokenHash(token), user, purpose, now, now.Add(life))
	return token
}

// secretHash is the hash of a secret as people paste it, with spaces around it
// or within.
func secretHash(pasted string) []byte {
	return vault.TokenHash(strings.Join(strings.Fields(pasted), ""))
}
