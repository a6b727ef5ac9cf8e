package main

import (
	"github.com/spf13/cobra"

	"historias/cmd/historias/checkup"
	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/clock"
	"historias/internal/config"
)

func checkCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "check", Short: "Revisa la instalación y nombra cada falta", Args: cobra.NoArgs,
		Long: "Revisa las variables, el archivo del que vienen (--env-file), la base de datos, las llaves, el reloj, los discos, el correo y\n" +
			"WhatsApp, y lo dice todo de una vez: ✓ está bien, ! funciona y conviene cambiarlo o no se pudo ver, ✗ falta. Termina con 1 si\n" +
			"algo falta. No muestra ningún valor.",
		RunE: func(c *cobra.Command, _ []string) error {
			o := checkOptions()
			all := checkup.Run(c.Context(), o)
			show := checkup.Print
			if asJSON {
				show = checkup.PrintJSON
			}
			if err := show(c.OutOrStdout(), all); err != nil {
				return err
			}
			if !checkup.Sound(all) {
				return faultf("Hay faltas: las líneas con ✗ dicen qué hacer.")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "lo dice en JSON")
	return cmd
}

func checkOptions() checkup.Options {
	cfg := config.Load()
	cfg.AdoptDevelopment()
	return checkup.Options{
		Config: cfg, File: given.file, Kept: given.kept, Clock: clock.System(),
		Migrations: schema.Versions(), Shelves: app.KeyShelves(),
	}
}

// given is the file of variables that the command line named, and what of it the
// environment overruled.
var given struct {
	path string
	file *config.File
	kept []string
}

// takeFile puts the variables of --env-file into the environment.
func takeFile() error {
	if given.path == "" {
		return nil
	}
	file, err := config.ReadFile(given.path)
	if err != nil {
		return faultf("No se puede leer el archivo de variables. Revise la ruta de --env-file y sus permisos.")
	}
	given.file, given.kept = file, file.Apply()
	return nil
}
