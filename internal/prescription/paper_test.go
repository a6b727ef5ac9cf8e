package prescription

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The paper of fraction III does not speak of a third fill where the prescriber
// allows one.
func TestTheLegendOfFractionThreeFollowsTheFills(t *testing.T) {
	t.Parallel()
	const beginning = "Esta receta vale seis meses desde su expedición. La farmacia la sella "
	const end = " (Ley General de Salud, artículo 226, fracción III)."
	for fills, manner := range map[int]string{
		0: "al surtirla", 1: "al surtirla", 2: "cada vez que la surte", 3: "cada vez que la surte y la retiene a la tercera",
	} {
		item := Signed{Item: whole("Sertralina"), Fraction: "III"}
		item.Fills = fills
		sheets := Document{Items: []Signed{item}}.Sheets()
		require.Len(t, sheets, 1)
		require.Equal(t, []string{beginning + manner + end}, sheets[0].Legends, fills)
	}
}
