package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/config"
)

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Pone la base de datos al día", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			e, err := prepare(c.Context())
			if err != nil {
				return err
			}
			defer e.close()
			n, err := migrate(c.Context(), e)
			if err == nil {
				_, err = fmt.Fprintf(c.OutOrStdout(), "La base de datos está al día (%d archivos aplicados).\n", n)
			}
			return err
		},
	}
}

func migrate(ctx context.Context, e *environment) (int, error) {
	address, login := e.migrationURL()
	return schema.Migrate(ctx, address, login)
}

// runCommand is development in one word: our own PostgreSQL, the schema, the
// demo clinic and the server, on this machine only.
func runCommand() *cobra.Command {
	return &cobra.Command{
		Use: "run", Short: "Desarrollo: prepara todo y atiende en este equipo", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg := config.Load()
			if err := cfg.MarkDevelopment(); err != nil {
				return err
			}
			e, err := prepare(c.Context())
			if err != nil {
				return err
			}
			defer e.close()
			if _, err := migrate(c.Context(), e); err != nil {
				return err
			}
			if err := e.unlocked(seedDemo(c.Context(), e)); err != nil {
				return err
			}
			return serve(c.Context(), e, true, func(ctx context.Context, a *app.App, address string) error {
				return welcome(ctx, c.OutOrStdout(), a, address)
			})
		},
	}
}

func demoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "demo", Short: "Crea la clínica de demostración en una base vacía y propia", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			e, err := prepare(c.Context())
			if err != nil {
				return err
			}
			defer e.close()
			if e.server == nil {
				return faultf("La clínica de demostración sólo se crea en la base propia del programa, sin DATABASE_URL.")
			}
			if _, err := migrate(c.Context(), e); err != nil {
				return err
			}
			return e.unlocked(seedDemo(c.Context(), e))
		},
	}
}
