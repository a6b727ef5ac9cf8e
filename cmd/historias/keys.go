package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"historias/internal/app"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/vault"
)

func keysCommand() *cobra.Command {
	keys := &cobra.Command{Use: "keys", Short: "Llaves"}
	keys.AddCommand(keysGenerateCommand(), keysStatusCommand(), keysRotateCommand())
	return keys
}

// keysAdvice stands as comments between the lines, so that the whole output may
// be taken into a file of variables.
const keysAdvice = `# Llaves nuevas. No se guardaron en ningún lado: copie cada línea a su archivo de variables
# (permisos 600) y MEDICAL_ENCRYPTION_KEY, además, a dos lugares fuera del servidor y de los
# respaldos. Quien la pierde no vuelve a leer los expedientes, y nadie puede ayudarle.
# En una instalación con expedientes no la sustituya: ponga la nueva delante de la anterior,
# separadas por una coma, y siga con «historias keys status» y «historias keys rotate».
`

func keysGenerateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "generate", Short: "Genera llaves nuevas para el entorno", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(c.OutOrStdout(),
				keysAdvice+"MEDICAL_ENCRYPTION_KEY=%s\nJWT_SECRET_KEY=%s\nMETA_WHATSAPP_VERIFY_TOKEN=%s\n",
				vault.NewMaster(), vault.NewToken(32), vault.NewToken(24))
			return err
		},
	}
}

func keysStatusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Dice qué llaves hay, desde cuándo y cuánto protege cada una", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			e, err := prepare(c.Context())
			if err != nil {
				return err
			}
			defer e.close()
			masters, err := census(c.Context(), e)
			if err != nil {
				return err
			}
			return e.unlocked(keysStatus(c.OutOrStdout(), masters, len(e.cfg.JWTSecrets())))
		},
	}
}

// census counts without the services, which do not start where a key is missing:
// that is when somebody asks.
func census(ctx context.Context, e *environment) ([]vault.Master, error) {
	ring, err := vault.ParseKeys(e.cfg.MedicalEncryptionKey)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, db.Options{URL: e.cfg.DatabaseURL, TransactionPooler: e.cfg.DatabasePooler == "transaction"})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return vault.New(ring, d, clock.System()).Census(ctx, app.KeyShelves())
}

func keysStatus(w io.Writer, masters []vault.Master, secrets int) error {
	fmt.Fprintln(w, "MEDICAL_ENCRYPTION_KEY")
	waiting, foreign := 0, 0
	for _, m := range masters {
		fmt.Fprintf(w, "  %s  %-12s protege %d  %s\n", m.ID, masterState(m), m.Keys, masterAge(m))
		switch {
		case m.Newest:
		case m.Configured:
			waiting += m.Keys
		default:
			foreign += m.Keys
		}
	}
	fmt.Fprintf(w, "JWT_SECRET_KEY\n  %s\n", plural(secrets, "un secreto", "secretos; el primero firma, todos comprueban"))
	switch {
	case foreign > 0:
		return missingKey(foreign)
	case waiting > 0:
		fmt.Fprintf(w, "Por cambiar a la llave vigente: %d. Cuando todos los procesos tengan la lista nueva, ejecute «historias keys rotate».\n", waiting)
	}
	return nil
}

// missingKey is the fault of a key that the database needs and nobody gave; it is
// a vault.ErrWrongMaster too.
func missingKey(n int) error {
	return errors.Join(vault.ErrWrongMaster, faultf(
		"%s por una llave que no está en MEDICAL_ENCRYPTION_KEY: lo que abren no se lee, y el sistema no empieza. "+
			"Añádala al final de la lista; está en su respaldo de llaves.", plural(n, "Una llave de datos está protegida", "llaves de datos están protegidas")))
}

func masterState(m vault.Master) string {
	switch {
	case m.Newest:
		return "vigente"
	case m.Retired():
		return "retirada"
	case m.Configured:
		return "anterior"
	}
	return "no está"
}

func masterAge(m vault.Master) string {
	const form = "2006-01-02"
	if m.FirstUsedAt.IsZero() {
		return "sin fecha"
	}
	days := int(clock.System().Now().Sub(m.FirstUsedAt) / (24 * time.Hour))
	text := fmt.Sprintf("desde %s (%s)", m.FirstUsedAt.Format(form), plural(days, "un día", "días"))
	if m.Retired() {
		text += ", retirada el " + m.RetiredAt.Format(form)
	}
	return text
}

// plural says a number with its noun; one is said in words.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func keysRotateCommand() *cobra.Command {
	var batch int
	cmd := &cobra.Command{
		Use: "rotate", Short: "Protege todo con la llave más nueva, mientras el sistema atiende", Args: cobra.NoArgs,
		Long: "Protege todas las llaves de datos con la primera llave de MEDICAL_ENCRYPTION_KEY. El sistema puede atender mientras tanto,\n" +
			"siempre que todos sus procesos tengan ya la lista nueva. Si se interrumpe, repita la orden: sigue donde quedó.",
		RunE: func(c *cobra.Command, _ []string) error {
			return withApp(c.Context(), func(a *app.App) error {
				return keysRotate(c.Context(), c.OutOrStdout(), a, batch)
			})
		},
	}
	cmd.Flags().IntVar(&batch, "batch", 0, "llaves por transacción (0: 500)")
	return cmd
}

func keysRotate(ctx context.Context, w io.Writer, a *app.App, batch int) error {
	total := 0
	done, err := a.RotateKeys(ctx, batch, func(n int) {
		total += n
		fmt.Fprintf(w, "%d cambiadas\n", total)
	})
	switch {
	case errors.Is(err, context.Canceled):
		return faultf("Se interrumpió después de %d. Nada se perdió: con ambas llaves en la lista todo se abre. Repita la orden para terminar.", total)
	case err != nil:
		return err
	case done.Strange > 0:
		return faultf("%s por una llave que no está en la lista y se quedaron como estaban. Vea «historias keys status».",
			plural(done.Strange, "Una llave de datos está protegida", "llaves de datos están protegidas"))
	case done.Keys == 0 && len(done.Retired) == 0:
		fmt.Fprintln(w, "Todo está ya con la llave vigente. No se cambió nada.")
		return nil
	}
	fmt.Fprintf(w, "Terminado: %d llaves de datos, ahora con la llave vigente.\n", done.Keys)
	for _, id := range done.Retired {
		fmt.Fprintf(w, "La llave %s quedó retirada: quítela de MEDICAL_ENCRYPTION_KEY y reinicie. Consérvela mientras exista un respaldo anterior a hoy.\n", id)
	}
	return nil
}
