// Command measures writes the table of vital signs for the SPA: names, units,
// decimals and bounds of internal/measures, so that a field says at once what
// the server would say later. The table stands in Go alone.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"

	"historias/internal/measures"
)

const target = "frontend/src/lib/measures-table.ts"

func main() {
	if err := os.WriteFile(target, table(measures.All()), 0o644); err != nil { //nolint:gosec // source code
		fmt.Fprintln(os.Stderr, "measures:", err)
		os.Exit(1)
	}
}

const head = `// Made by scripts/measures of internal/measures ("make generate"); never edited by hand.

/**
 * The vital signs in the order in which they are shown. Outside min and max a value is refused,
 * outside usualMin and usualMax it is asked again.
 */
export const MEASURES_TABLE = {
`

// table writes one line for each measure.
func table(all []measures.Measure) []byte {
	out := bytes.NewBufferString(head)
	for _, m := range all {
		_, _ = fmt.Fprintf(out, "  %s: { label: '%s', unit: '%s', decimals: %d, min: %s, max: %s, usualMin: %s, usualMax: %s },\n",
			m.Key, m.Label, m.Unit, m.Decimals, number(m.Min), number(m.Max), number(m.UsualMin), number(m.UsualMax))
	}
	out.WriteString("} as const;\n")
	return out.Bytes()
}

func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
