package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Admit lets the walled role see which migrations ran, and makes login a member
// of it, for an installation whose program connects as another user than the
// owner; an empty login is the owner's own.
func Admit(ctx context.Context, owner *pgxpool.Pool, login string) error {
	var name string
	if err := owner.QueryRow(ctx, `select app_role from schema_info`).Scan(&name); err != nil {
		return fmt.Errorf("db: admit: %w", plain(err))
	}
	role := pgx.Identifier{name}.Sanitize()
	grants := "grant select on goose_db_version to " + role
	if login != "" {
		grants += "; grant " + role + " to " + pgx.Identifier{login}.Sanitize()
	}
	if _, err := owner.Exec(ctx, grants); err != nil {
		return fmt.Errorf("db: admit %s: %w", login, plain(err))
	}
	return nil
}
