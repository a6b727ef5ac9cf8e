package account

import (
	"encoding/base64"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/argon2"
)

// Rush fills the places where passwords are hashed and sends n more. When as many
// as said were turned away at once it frees the places, and gives how many of the
// others got in.
func Rush(t testing.TB, n, refused int) (entered int64) {
	t.Helper()
	h := newHasher()
	var leave []func()
	for range cap(h.places) {
		done, err := h.enter(t.Context())
		require.NoError(t, err)
		leave = append(leave, done)
	}
	var all sync.WaitGroup
	var in, out atomic.Int64
	for range n {
		all.Go(func() {
			done, err := h.enter(t.Context())
			if err != nil {
				out.Add(1)
				return
			}
			in.Add(1)
			done()
		})
	}
	require.Eventually(t, func() bool { return out.Load() >= int64(refused) }, time.Minute, time.Millisecond)
	for _, done := range leave {
		done()
	}
	all.Wait()
	return in.Load()
}

// OldHash is how a password was kept under earlier parameters.
func OldHash(password string) string {
	salt := []byte("sal de hace unos")
	key := argon2.IDKey([]byte(password), salt, 2, 8192, 1, 32)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=8192,t=2,p=1$%s$%s", argon2.Version, b.EncodeToString(salt), b.EncodeToString(key))
}
