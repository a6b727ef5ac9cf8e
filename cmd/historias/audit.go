package main

import (
	"errors"

	"github.com/spf13/cobra"

	"historias/internal/audit"
)

func auditCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Comprueba la bitácora y declara restauraciones"}
	cmd.AddCommand(auditVerifyCommand(), auditRecoverCommand())
	return cmd
}

func auditVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "Comprueba que nada de la bitácora fue alterado", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withTrail(c, func(t *audit.Trail) error {
				ok, err := audit.RunVerify(c.Context(), c.OutOrStdout(), t)
				if err == nil && !ok {
					err = faultf("La verificación encontró fallas.")
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
			return withTrail(c, func(t *audit.Trail) error {
				err := audit.RunRecover(c.Context(), c.OutOrStdout(), t, reason)
				if errors.Is(err, audit.ErrNoReason) {
					err = fault{audit.ErrNoReason.Message}
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "por qué se restauró; queda en la bitácora, sin nombres de personas")
	return cmd
}

// withTrail runs work with the trail of the configured database.
func withTrail(c *cobra.Command, work func(*audit.Trail) error) error {
	e, err := prepare(c.Context())
	if err != nil {
		return err
	}
	defer e.close()
	a, err := e.build(c.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	return work(a.Trail)
}
