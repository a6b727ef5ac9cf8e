package whatsapptest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
)

// encode writes JSON as Meta does: compact, in ASCII, with \u00f1 for ñ and \/ for a slash. Bodies like these break every
// receiver that reads and writes them again before it checks the signature.
func encode(value any) []byte {
	raw, err := json.Marshal(value)
	if err != nil {
		panic("whatsapptest: " + err.Error()) // only maps, lists, texts and numbers get here
	}
	var out strings.Builder
	for _, r := range string(raw) {
		switch {
		case r == '/':
			out.WriteString(`\/`)
		case r == '@':
			out.WriteString(`\u0040`)
		case r < 0x80:
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return []byte(out.String())
}
