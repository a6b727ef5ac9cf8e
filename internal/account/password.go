package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/crypto/argon2"

	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Parameters of argon2id (OWASP ASVS 5.0, appendix C: 46 MiB, t=1, p=1).
const (
	argonMemory = 46 * 1024 // KiB
	argonTime   = 1
	argonLanes  = 1
	argonKey    = 32
	argonSalt   = 16
)

// hasher computes password hashes, as many at once as there are processors:
// each holds 46 MiB, so more would be a way to exhaust the machine.
type hasher struct {
	places chan struct{}
	// waiting is how many stand before the places.
	waiting atomic.Int32
	dummy   string
}

func newHasher() *hasher {
	h := &hasher{places: make(chan struct{}, runtime.GOMAXPROCS(0))}
	h.dummy = encode(vault.RandomBytes(argonSalt), vault.RandomBytes(argonKey))
	return h
}

// How long somebody waits for a place, and how many may wait: whoever comes
// beyond is told so at once instead of holding a connection (429 auth.busy).
const (
	longestWait = 10 * time.Second
	mostWaiting = 16
)

func (h *hasher) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-h.places }
	select {
	case h.places <- struct{}{}:
		return leave, nil
	default:
	}
	defer h.waiting.Add(-1)
	if h.waiting.Add(1) > mostWaiting {
		return nil, errs.TooMany("auth.busy", longestWait)
	}
	ctx, cancel := context.WithTimeout(ctx, longestWait)
	defer cancel()
	select {
	case h.places <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, errs.TooMany("auth.busy", longestWait)
	}
}

// hash makes the text to keep (PHC string format).
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	salt := vault.RandomBytes(argonSalt)
	return encode(salt, argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)), nil
}

// verify compares a password with a kept hash. An empty one costs the same
// time, so that an unknown address cannot be told from a wrong password.
func (h *hasher) verify(ctx context.Context, kept, password string) (bool, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	known := kept != ""
	if !known {
		kept = h.dummy
	}
	salt, want, memory, passes, lanes, err := decode(kept)
	if err != nil {
		return false, err
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(want))) //nolint:gosec // 32 bytes
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

// stale tells whether a kept hash was made with other parameters than those of
// now.
func stale(kept string) bool {
	salt, key, memory, passes, lanes, err := decode(kept)
	return err == nil && (memory != argonMemory || passes != argonTime || lanes != argonLanes ||
		len(salt) != argonSalt || len(key) != argonKey)
}

// refreshHash hashes a password that was just proved once more, where the
// parameters changed since it was kept.
func (s *Service) refreshHash(ctx context.Context, user uuid.UUID, kept, password string) error {
	if !stale(kept) {
		return nil
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		t.Exec(`update users set password_hash = $2 where id = $1 and password_hash = $3`, user, hash, kept)
		return nil
	})
}

func encode(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b.EncodeToString(salt), b.EncodeToString(key))
}

func decode(kept string) (salt, key []byte, memory, passes uint32, lanes uint8, err error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return nil, nil, 0, 0, 0, errs.Internal("account: password hash", fmt.Errorf("unknown form"))
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return nil, nil, 0, 0, 0, errs.Internal("account: password hash", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err == nil {
		key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	return salt, key, memory, passes, lanes, errs.Internal("account: password hash", err)
}
