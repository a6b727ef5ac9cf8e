package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Admit makes login a member of the walled role, for an installation whose
// program connects as another user than the owner. An empty login does nothing.
func Admit(ctx context.Context, owner *pgxpool.Pool, login string) error {
	if login == "" {
		return nil
	}
	var role string
	if err := owner.QueryRow(ctx, `select app_role from schema_info`).Scan(&role); err != nil {
		return fmt.Errorf("db: admit: %w", plain(err))
	}
	grant := fmt.Sprintf("grant %s to %s", pgx.Identifier{role}.Sanitize(), pgx.Identifier{login}.Sanitize())
	if _, err := owner.Exec(ctx, grant); err != nil {
		return fmt.Errorf("db: admit %s: %w", login, plain(err))
	}
	return nil
}
