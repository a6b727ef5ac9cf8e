package vault_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// A clinic that is older than the document key gets one when it first signs, the
// same for everybody who asks at once; any other key that is missing is a fault.
func TestAnOlderClinicGetsItsDocumentKey(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	clinic := actor.Clinic(ctx)
	k.Database.Exec(t, `delete from vault_keys where clinic_id = $1 and purpose in ('document', 'data')`, clinic)
	ring, err := vault.ParseKeys(k.Config.MedicalEncryptionKey)
	require.NoError(t, err)
	keys := make([]vault.Key, 4)
	faults := make([]error, len(keys))
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			keys[i], faults[i] = vault.New(ring, k.DB, k.Clock).Key(ctx, clinic, vault.PurposeDocument)
		})
	}
	all.Wait()
	for i := range keys {
		require.NoError(t, faults[i])
		require.Equal(t, keys[0], keys[i])
	}
	_, err = vault.New(ring, k.DB, k.Clock).Key(ctx, clinic, vault.PurposeData)
	require.Error(t, err)
}
