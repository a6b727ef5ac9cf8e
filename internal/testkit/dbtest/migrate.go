package dbtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"sync"

	"historias/internal/app/schema"
	"historias/migrations"
)

// product is the program's own schema, as its migrate command builds it.
func product() Schema {
	return Schema{Version: productVersion(), Migrate: migrate}
}

func migrate(ctx context.Context, url string) error {
	_, err := schema.Migrate(ctx, url, "")
	return err
}

// productVersion is a digest of everything that the migrations read.
var productVersion = sync.OnceValue(func() string {
	digest := sha256.New()
	for _, files := range []fs.FS{migrations.FS, migrations.Data} {
		// Reading what is compiled in cannot fail.
		_ = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := fs.ReadFile(files, path)
			fmt.Fprintf(digest, "%s %d\n%s", path, len(content), content)
			return err
		})
	}
	return fmt.Sprintf("%x", digest.Sum(nil))
})
