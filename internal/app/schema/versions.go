package schema

import (
	"io/fs"
	"strconv"
	"strings"

	"historias/migrations"
)

// Versions are the numbers of the files of this binary, in their order.
func Versions() []int64 {
	var out []int64
	names, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		panic("schema: " + err.Error()) // only a malformed pattern can fail
	}
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			out = append(out, n)
		}
	}
	return out
}
