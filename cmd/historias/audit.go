package main

import (
	"github.com/spf13/cobra"

	"historias/internal/audit"
)

func auditCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Bitácora"}
	cmd.AddCommand(&cobra.Command{
		Use: "verify", Short: "Comprueba que la bitácora no fue alterada", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
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
			ok, err := audit.RunVerify(c.Context(), c.OutOrStdout(), a.Trail)
			if err == nil && !ok {
				return faultf("La bitácora fue alterada. No la corrija: avise a quien responde por la privacidad y conserve esta salida.")
			}
			return err
		},
	})
	return cmd
}
