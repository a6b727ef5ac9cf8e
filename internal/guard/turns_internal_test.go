package guard

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever is counted for two things takes her turns in the one order that everybody
// keeps, so that two tries never wait for each other; one in a known browser waits
// for nobody elsewhere.
func TestTurnsAreTakenInOneOrder(t *testing.T) {
	t.Parallel()
	low, high := []byte{0, 0, 0, 1, 9}, []byte{0x70, 0, 0, 0, 9}
	one := Try{account: low, address: high, device: []byte{0, 0, 0, 7}}
	other := Try{account: high, address: low}
	require.Len(t, one.turns(), 2)
	require.Equal(t, one.turns(), other.turns())
	require.True(t, slices.IsSorted(one.turns()))
	one.known = true
	require.Equal(t, []int32{7}, one.turns())
	require.Equal(t, []int32{1}, Try{address: low}.turns())
}
