package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A picture may differ from its golden one by this much in a hundredth of the
// page: readers draw the edges of letters each in their own way.
const (
	visible   = 60 // of 255 shades
	tolerated = 0.02
)

// The pages look as they did when somebody last looked at them.
func TestPagesLookAsTheyDid(t *testing.T) {
	t.Parallel()
	pictured := map[string]bool{"receta-media-carta": true, "receta-anulada": true, "nota-carta": true}
	for _, d := range documents() {
		if !pictured[d.name] {
			continue
		}
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			got := firstPage(t, made(t)(d.draw(t.Context(), press())))
			file := filepath.Join("testdata", d.name+".png")
			if *update {
				require.NoError(t, os.WriteFile(file, got, 0o600))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Less(t, difference(t, want, got), tolerated)
		})
	}
}

// firstPage draws the first page in grey, at 45 dots an inch.
func firstPage(t *testing.T, raw []byte) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool(t, "pdftoppm"), "-r", "45", "-gray", "-png", "-singlefile", "-")
	cmd.Stdin = bytes.NewReader(raw)
	out, err := cmd.Output()
	require.NoError(t, err)
	return out
}

// difference is the part of the picture that differs visibly.
func difference(t *testing.T, a, b []byte) float64 {
	t.Helper()
	x, err := png.Decode(bytes.NewReader(a))
	require.NoError(t, err)
	y, err := png.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	require.Equal(t, x.Bounds(), y.Bounds())
	n, size := 0, x.Bounds()
	for row := range size.Dy() {
		for col := range size.Dx() {
			if d := shade(x, col, row) - shade(y, col, row); d > visible || d < -visible {
				n++
			}
		}
	}
	return float64(n) / float64(size.Dx()*size.Dy())
}

func shade(m image.Image, x, y int) int {
	return int(color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y)
}
