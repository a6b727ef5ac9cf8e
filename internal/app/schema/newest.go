package schema

import (
	"io/fs"
	"strconv"

	"historias/migrations"
)

// numberLength is how long the number of a migration's file is.
const numberLength = 5

// Newest is the number of the last migration that this program knows.
func Newest() int64 {
	var newest int64
	files, _ := fs.Glob(migrations.FS, "*.sql") // what is compiled in can be read
	for _, file := range files {
		if n, err := strconv.ParseInt(file[:numberLength], 10, 64); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}
