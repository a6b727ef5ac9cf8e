package mx

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The quick way gives what the thorough one gives, wherever it answers, and it
// answers for names as they are written in Spanish.
func TestTheQuickWayReadsNamesAsTheThoroughOne(t *testing.T) {
	t.Parallel()
	letters := []rune("abcxyzABCXYZ áéíóúüñÁÉÍÓÚÜÑ09 çÇàÀ'-.ʼ\u0301\u0308\t\u00a0ﬁ")
	random := rand.New(rand.NewPCG(1, 2))
	answered := 0
	for range 20_000 {
		text := make([]rune, random.IntN(12))
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
		}
		quick, ok := spanishWords(string(text))
		if !ok {
			continue
		}
		answered++
		if thorough := anyWords(string(text)); !slices.Equal(quick, thorough) {
			t.Fatalf("%q: %q, and %q", string(text), quick, thorough)
		}
	}
	if answered < 1000 {
		t.Fatalf("only %d texts were compared", answered)
	}
	for _, name := range []string{"María Guadalupe", "Núñez", "ZÚÑIGA", "Agüero", "de la O"} {
		if _, ok := spanishWords(name); !ok {
			t.Errorf("%s takes the long way", name)
		}
	}
}

func BenchmarkWords(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Words("María Guadalupe", "Hernández", "Núñez")
	}
}
