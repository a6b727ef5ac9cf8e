package patient

import (
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/mx"
)

func TestARecordNumberIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Number{
		"482": 482, "H-000482": 482, "h482": 482, " h - 482 ": 482, "000482": 482, "H-1000000": 1000000,
	} {
		got, ok := ParseNumber(typed)
		require.True(t, ok, typed)
		require.Equal(t, want, got, typed)
	}
	for _, typed := range []string{"", "H-", "h", "0", "-0", "48a", "5555550142", "H-000482-1", "maría", "+482"} {
		_, ok := ParseNumber(typed)
		require.False(t, ok, typed)
	}
	require.Equal(t, "H-000482", Number(482).String())
	require.Equal(t, "H-1234567", Number(1234567).String())
}

func TestSimilarNames(t *testing.T) {
	t.Parallel()
	name := func(given, first, second string) mx.Names {
		return mx.Names{GivenNames: given, FirstSurname: first, SecondSurname: second}
	}
	emilia := name("Emilia", "Ruiz", "Cárdenas")
	for _, same := range []mx.Names{emilia, name("EMILIA", "ruíz", "Cardenas"), name("Cárdenas", "Emilia", "Ruiz")} {
		require.InDelta(t, 1, similarity(emilia, same), 0, "%v", same)
	}
	for _, alike := range []mx.Names{
		name("Emilia", "Ruis", "Cárdenas"), name("Emilia", "Ruiz", ""), name("Emilia María", "Ruiz", "Cárdenas"),
		name("Emilia", "Ruiz", "Cádenas"),
	} {
		got := similarity(emilia, alike)
		require.GreaterOrEqual(t, got, similarFrom, "%v", alike)
		require.Less(t, got, 1.0, "%v", alike)
	}
	for _, other := range []mx.Names{
		name("Mateo", "Ruiz", "Cárdenas"), name("Emilia", "Paredes", "Nava"), name("Emilio", "Roa", ""), {},
	} {
		require.Less(t, similarity(emilia, other), similarFrom, "%v", other)
	}
}
