package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"historias/internal/app"
	"historias/internal/audit"
)

func auditCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Bitácora"}
	cmd.AddCommand(auditVerifyCommand(), auditRecoverCommand())
	return cmd
}

func auditVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "Comprueba que la bitácora no fue alterada", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withApp(c.Context(), func(a *app.App) error {
				ok, err := audit.RunVerify(c.Context(), c.OutOrStdout(), a.Trail)
				if err == nil && !ok {
					return faultf("La bitácora fue alterada. No la corrija: avise a quien responde por la privacidad y conserve esta salida.")
				}
				return err
			})
		},
	}
}

func auditRecoverCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "recover", Short: "Declara que se restauró un respaldo, para que la bitácora continúe", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withApp(c.Context(), func(a *app.App) error {
				err := audit.RunRecover(c.Context(), c.OutOrStdout(), a.Trail, reason)
				if errors.Is(err, audit.ErrNoReason) {
					return faultf("%s Use --reason.", audit.ErrNoReason.Message)
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "`motivo` por el que se restauró; queda en la bitácora, sin nombres de personas")
	return cmd
}

// withApp runs work with the services of the configured installation.
func withApp(ctx context.Context, work func(*app.App) error) error {
	e, err := prepare(ctx)
	if err != nil {
		return err
	}
	defer e.close()
	a, err := e.build(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	return work(a)
}
