package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the migrations' connection
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema of the database at url up to the files of fsys. One
// process migrates at a time. It gives the number of files applied.
func Migrate(ctx context.Context, url string, fsys fs.FS) (int, error) {
	provider, conn, err := migrations(url, fsys)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close() }()
	done, err := provider.Up(ctx)
	if err != nil {
		return len(done), fmt.Errorf("db: migrate: %w", plain(err))
	}
	return len(done), nil
}

// Pending says whether files of fsys are not applied yet.
func Pending(ctx context.Context, url string, fsys fs.FS) (bool, error) {
	provider, conn, err := migrations(url, fsys)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close() }()
	pending, err := provider.HasPending(ctx)
	return pending, plain(err)
}

func migrations(url string, fsys fs.FS) (*goose.Provider, *sql.DB, error) {
	conn, err := sql.Open("pgx", url)
	if err != nil {
		return nil, nil, fmt.Errorf("db: migrations: %w", plain(err))
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err == nil {
		var p *goose.Provider
		p, err = goose.NewProvider(goose.DialectPostgres, conn, fsys, goose.WithSessionLocker(locker))
		if err == nil {
			return p, conn, nil
		}
	}
	_ = conn.Close()
	return nil, nil, fmt.Errorf("db: migrations: %w", err)
}
