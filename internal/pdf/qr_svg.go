package pdf

import (
	"fmt"
	"image/color"
	"strings"
)

// QRSVG draws a QR code as SVG, for a screen: dark on white with its border, as
// large as where it is shown.
func QRSVG(text string) (string, error) {
	code, err := qrCode(text)
	if err != nil {
		return "", err
	}
	modules := code.Bounds().Dx()
	side := modules + 2*quiet
	var dark strings.Builder
	for row := range modules {
		for column := range modules {
			if code.At(column, row) == color.Black {
				fmt.Fprintf(&dark, "M%d %dh1v1h-1z", column+quiet, row+quiet)
			}
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" shape-rendering="crispEdges" role="img" aria-label="Código QR">`+
		`<path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path fill="#000" d="%[2]s"/></svg>`, side, dark.String()), nil
}
