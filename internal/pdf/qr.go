package pdf

import (
	"fmt"
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// quiet is the white border that readers of QR codes need, in modules.
const quiet = 4

// qrCode makes the code of an address with level M of error correction: a
// creased paper is still read.
func qrCode(text string) (barcode.Barcode, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("pdf: qr: %w", err)
	}
	return code, nil
}

// code draws a QR code whose dark part begins at x and y; its border lies around
// it. side is the dark part's.
func (c *canvas) code(code barcode.Barcode, x, y, side float64) {
	modules := code.Bounds().Dx()
	module := side / float64(modules)
	border := quiet * module
	c.box(x-border, y-border, side+2*border, side+2*border, white)
	for row := range modules {
		for from := 0; from < modules; {
			if code.At(from, row) != color.Black {
				from++
				continue
			}
			to := from
			for to < modules && code.At(to, row) == color.Black {
				to++
			}
			c.box(x+float64(from)*module, y+float64(row)*module, float64(to-from)*module, module, colour{})
			from = to
		}
	}
}
