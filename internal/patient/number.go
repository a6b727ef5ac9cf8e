package patient

import (
	"fmt"
	"strconv"
	"strings"
)

// Number is a record number: counted by clinic, never used twice.
type Number int64

// longestNumber is the most digits that people type as a record number; ten
// digits are a phone.
const longestNumber = 9

// String is the number as it is printed: H-000482.
func (n Number) String() string { return fmt.Sprintf("H-%06d", int64(n)) }

// ParseNumber reads a record number as people type it: 482, H-000482, h482.
func ParseNumber(s string) (Number, bool) {
	text := strings.ToLower(strings.TrimSpace(s))
	text = strings.TrimPrefix(text, "h")
	text = strings.TrimSpace(strings.TrimLeft(text, "-– "))
	if text == "" || len(text) > longestNumber || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return Number(n), err == nil && n > 0
}
