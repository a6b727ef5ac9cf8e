package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"historias/cmd/historias/checkup"
	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/errs"
	"historias/internal/golive"
)

// looking is what check was asked to look at, and how to say it.
type looking struct {
	asJSON, goLive bool
	confirm, by    string
}

func checkCommand() *cobra.Command {
	var l looking
	cmd := &cobra.Command{
		Use: "check", Short: "Revisa la instalación y nombra cada falta",
		Args: func(c *cobra.Command, args []string) error {
			if (l.confirm == "") != (l.by == "") {
				return errors.New("--confirm y --by van juntos")
			}
			return cobra.NoArgs(c, args)
		},
		Long: "Revisa las variables, el archivo del que vienen (--env-file), la base de datos, las llaves, el reloj, los discos, el correo y\n" +
			"WhatsApp, y lo dice todo de una vez: ✓ está bien, ! funciona y conviene cambiarlo o no se pudo ver, ✗ falta. Termina con 1 si\n" +
			"algo falta. No muestra ningún valor. Con --go-live recorre las diecinueve casillas de la última lista del plan, cada una con su\n" +
			"evidencia o lo que falta; lo que un programa no puede ver lo confirma una persona con --confirm y --by.",
		RunE: func(c *cobra.Command, _ []string) error {
			if l.confirm != "" {
				return confirmBox(c.Context(), c.OutOrStdout(), l)
			}
			return runCheck(c.Context(), c.OutOrStdout(), l)
		},
	}
	cmd.Flags().BoolVar(&l.asJSON, "json", false, "lo dice en JSON")
	cmd.Flags().BoolVar(&l.goLive, "go-live", false, "las diecinueve casillas antes de abrir")
	cmd.Flags().StringVar(&l.confirm, "confirm", "", "`casilla` que una persona confirma: "+strings.Join(checkup.ConfirmableBoxes(), ", "))
	cmd.Flags().StringVar(&l.by, "by", "", "`nombre` de quien la confirma; queda guardado con la fecha")
	return cmd
}

func runCheck(ctx context.Context, w io.Writer, l looking) error {
	o := checkOptions()
	var all []checkup.Finding
	sound := checkup.Sound
	if l.goLive {
		all, sound = checkup.GoLive(ctx, checkup.Site{Options: o, Version: version, Hardened: hardenedMark}), checkup.Complete
	} else {
		all = checkup.Run(ctx, o)
	}
	if err := checkup.Print(w, all, sound(all), l.asJSON); err != nil {
		return err
	}
	switch {
	case sound(all):
		return nil
	case l.goLive:
		return faultf("Todavía no: faltan las casillas sin ✓.")
	}
	return faultf("Hay faltas: las líneas con ✗ dicen qué hacer.")
}

// hardenedMark is where scripts/server/harden.sh notes that it ran.
const hardenedMark = "/var/lib/historias-servidor/endurecido"

// confirmBox writes down what somebody says of a box.
func confirmBox(ctx context.Context, w io.Writer, l looking) error {
	if !checkup.Confirmable(l.confirm) {
		return faultf("Esa casilla no se confirma así. Las que confirma una persona: %s. Las demás las mira el programa.",
			strings.Join(checkup.ConfirmableBoxes(), ", "))
	}
	return withApp(ctx, func(a *app.App) error {
		err := golive.New(a.DB, a.Vault, a.Clock).Confirm(ctx, l.confirm, l.by)
		if e, ok := errs.As(err); ok && e.Kind == errs.KindMalformed {
			return faultf("Escriba en --by el nombre de quien lo confirma, de 3 a 120 letras.")
		}
		if err == nil {
			_, err = fmt.Fprintf(w, "Queda confirmado: %s.\n", l.confirm)
		}
		return err
	})
}

func checkOptions() checkup.Options {
	cfg := config.Load()
	cfg.AdoptDevelopment()
	return checkup.Options{
		Config: cfg, File: given.file, Kept: given.kept, Clock: clock.System(),
		Migrations: schema.Versions(), Shelves: app.KeyShelves(), WhatsApp: lookAtWhatsApp,
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
