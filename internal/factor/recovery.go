package factor

import (
	"context"
	"encoding/base32"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/vault"
)

const (
	recoveryCodes = 10
	recoveryBytes = 15 // 120 bits: 24 letters and digits without padding
	recoveryGroup = 4
)

// lookAlikes are what people read where the alphabet of base32 has no such sign.
var lookAlikes = strings.NewReplacer("0", "O", "1", "I", "8", "B")

// RenewCodes makes ten new recovery codes, shown once; the former ones are good
// for nothing. 422 auth.factor_missing without a second factor.
func (s *Service) RenewCodes(ctx context.Context) ([]string, error) {
	user := actor.Must(ctx).UserID
	var codes []string
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		hold(t, user)
		var has bool
		if err := t.One([]any{&has}, `select has_factor from users where id = $1`, user); err != nil {
			return err
		}
		if !has {
			return errs.Rule("auth.factor_missing", "Active primero una aplicación de códigos o una llave de acceso.")
		}
		codes = s.renew(t, user)
		return s.changed(ctx, t, user, audit.RecoveryRenewed, mail.RecoveryRenewed)
	})
	return codes, err
}

// renew queues new codes in the place of the former ones.
func (s *Service) renew(t *db.Tx, user uuid.UUID) []string {
	codes, hashes := make([]string, recoveryCodes), make([][]byte, recoveryCodes)
	for i := range codes {
		plain := base32.StdEncoding.EncodeToString(vault.RandomBytes(recoveryBytes))
		codes[i], hashes[i] = grouped(plain), vault.TokenHash(plain)
	}
	t.Exec(`delete from recovery_codes where user_id = $1`, user)
	t.Exec(`insert into recovery_codes (user_id, code_hash, created_at) select $1, h, $3 from unnest($2::bytea[]) h`,
		user, hashes, s.clock.Now())
	return codes
}

// grouped writes a code as it is easiest to copy: ABCD-EFGH-….
func grouped(code string) string {
	var parts []string
	for ; len(code) > recoveryGroup; code = code[recoveryGroup:] {
		parts = append(parts, code[:recoveryGroup])
	}
	return strings.Join(append(parts, code), "-")
}

// checkRecovery takes a recovery code, which is good once. Its use is told by
// mail: somebody may have found the paper.
func (s *Service) checkRecovery(ctx context.Context, user uuid.UUID, code string) (bool, error) {
	hash := vault.TokenHash(lookAlikes.Replace(code))
	var n int64
	err := s.db.WithTx(platform(ctx), func(ctx context.Context, t *db.Tx) error {
		var err error
		n, err = t.Affected(`delete from recovery_codes where user_id = $1 and code_hash = $2`, user, hash)
		if err != nil || n == 0 {
			return err
		}
		return s.changed(ctx, t, user, audit.RecoveryUsed, mail.RecoveryUsed)
	})
	return n == 1, err
}

// looksLikeRecovery tells a recovery code from one of an authenticator.
func looksLikeRecovery(code string) bool {
	return len(code) == base32.StdEncoding.EncodedLen(recoveryBytes)
}
