// Package schema brings a database up to this binary: the files of migrations, the
// tables of the job queue and the catalogs. It stands apart from its parent so that
// tests of the features can use it.
package schema

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"historias/internal/catalog"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/migrations"
)

// Migrate brings the database at url up to this binary: the schema, the job
// queue's tables and the catalogs. url connects as the owner; login is the user
// of DATABASE_URL when the program runs as another one, else empty. It gives the
// number of files applied.
func Migrate(ctx context.Context, url, login string) (int, error) {
	n, err := db.Migrate(ctx, url, migrations.FS)
	if err != nil {
		return n, err
	}
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return n, fmt.Errorf("schema: migrate: %w", err)
	}
	defer pool.Close()
	if err := jobs.Migrate(ctx, pool); err != nil {
		return n, err
	}
	if _, err := catalog.Load(ctx, pool, migrations.Data); err != nil {
		return n, err
	}
	return n, db.Admit(ctx, pool, login)
}

// Pending says whether the database at url lacks files of this binary.
func Pending(ctx context.Context, url string) (bool, error) {
	return db.Pending(ctx, url, migrations.FS)
}
