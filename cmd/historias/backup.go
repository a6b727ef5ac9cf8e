package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"historias/internal/app/restore"
	"historias/internal/app/schema"
	"historias/internal/backup"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/vault"
)

func backupCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "backup", Short: "Respaldos cifrados: hacerlos, comprobarlos, restaurarlos y ensayarlos"}
	cmd.AddCommand(backupCreateCommand(), backupListCommand(), backupVerifyCommand(), backupRestoreCommand(),
		backupDrillCommand(), backupKeygenCommand())
	return cmd
}

func backupCreateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "create", Short: "Hace un respaldo y borra los que ya cumplieron su plazo", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withBackups(c, "", func(_ *environment, s *backup.Service) error {
				a, err := s.Create(c.Context())
				if a.Name != "" {
					fmt.Fprintf(c.OutOrStdout(), "Respaldo hecho: %s (%s).\n", a.Name, size(a.Bytes))
				}
				return plainFault(err)
			})
		},
	}
}

func backupListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Muestra los respaldos que hay", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			all, err := backups(c, cfg, cfg.DatabaseURL, nil).List(c.Context())
			if err != nil {
				return plainFault(err)
			}
			return writeList(c.OutOrStdout(), all)
		},
	}
}

func writeList(out io.Writer, all []backup.Found) error {
	if len(all) == 0 {
		return faultf("No hay ningún respaldo. Haga uno con «historias backup create».")
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, f := range all {
		fmt.Fprintf(table, "%s\t%s UTC\t%s\t%s\n", f.Name, f.At.Format("2006-01-02 15:04"), size(f.Bytes), f.Place)
	}
	return table.Flush()
}

func backupVerifyCommand() *cobra.Command {
	var identity string
	cmd := &cobra.Command{
		Use: "verify [nombre o ruta]", Short: "Descifra un respaldo y comprueba cada parte; sin nombre, el más nuevo", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			keys, err := ring(cfg)
			if err != nil {
				return err
			}
			if err := readIdentity(cfg, identity); err != nil {
				return err
			}
			v, err := backups(c, cfg, ownerURL(cfg), keys).Verify(c.Context(), named(args))
			if err != nil {
				return plainFault(err)
			}
			return writeVerified(c.OutOrStdout(), v)
		},
	}
	addIdentity(cmd, &identity)
	return cmd
}

func writeVerified(out io.Writer, v backup.Verified) error {
	fmt.Fprintf(out, "%s está completo: versión %s, esquema %d, PostgreSQL %d, %s UTC, %d tablas, %d filas, %s.\n",
		v.Name, v.Program, v.Schema, v.Server, v.Manifest.At.Format("2006-01-02 15:04:05"), len(v.Tables), v.Rows(), size(v.Bytes))
	text := "Su sello es de esta instalación."
	if !v.Proved {
		text = "Aviso: sin MEDICAL_ENCRYPTION_KEY no se comprobó que lo haya hecho esta instalación."
	}
	_, err := fmt.Fprintln(out, text)
	return err
}

func backupRestoreCommand() *cobra.Command {
	var identity, reason, erasures string
	var nothingLost bool
	cmd := &cobra.Command{
		Use: "restore <nombre, ruta o latest>", Short: "Restaura un respaldo en una base vacía", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(reason) == "" {
				return faultf("Escriba con --reason por qué se restaura; el motivo queda en la bitácora, sin nombres de personas.")
			}
			return withBackups(c, identity, func(e *environment, s *backup.Service) error {
				_, login := e.migrationURL()
				v, err := restore.Run(c.Context(), restore.Request{
					Config: e.cfg, OwnerURL: ownerURL(e.cfg), Login: login, Backups: s, Ref: args[0], Reason: reason, Erasures: erasures,
					NothingLost: nothingLost, Clock: clock.System(), Log: e.log, Out: c.OutOrStdout(),
				})
				if errors.Is(err, context.Canceled) {
					return faultf("Se interrumpió. Si la carga no había terminado, la base sigue vacía; si había terminado, queda marcada y ningún programa atiende con ella: cree otra y repita.")
				}
				if err != nil {
					return plainFault(err)
				}
				return writeRestored(c.OutOrStdout(), v, nothingLost)
			})
		},
	}
	addIdentity(cmd, &identity)
	cmd.Flags().StringVar(&reason, "reason", "", "`motivo` por el que se restaura; queda en la bitácora, sin nombres de personas")
	cmd.Flags().StringVar(&erasures, "erasures", "", "`archivo` con la lista de supresiones (.erasures); sin él, la del respaldo más nuevo que haya")
	cmd.Flags().BoolVar(&nothingLost, "nothing-lost", false, "nada se escribió después del respaldo (una mudanza): la numeración sigue donde iba")
	return cmd
}

func writeRestored(out io.Writer, v backup.Verified, nothingLost bool) error {
	fmt.Fprintf(out, "Restaurado: %s. Todas las sesiones quedaron cerradas.\n", v.Name)
	if !nothingLost {
		fmt.Fprintf(out, "Los números de expediente y los folios siguen %d más adelante: los que se dieron después del respaldo están en papel y no se repiten.\n", backup.Leap)
	}
	_, err := fmt.Fprintln(out, "Compruebe con «historias audit verify» y ya puede empezar con «historias serve».")
	return err
}

func backupDrillCommand() *cobra.Command {
	var identity string
	cmd := &cobra.Command{
		Use: "drill", Short: "Ensaya: restaura el más nuevo en una base aparte, lo comprueba y la borra", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withBackups(c, identity, func(e *environment, s *backup.Service) error {
				proof := restore.Proof(e.cfg, clock.System(), e.log, c.OutOrStdout())
				v, err := s.Drill(c.Context(), schema.Newest(), e.cfg.Backup.DrillDatabaseURL, proof)
				if err == nil {
					fmt.Fprintf(c.OutOrStdout(), "El ensayo salió bien con %s.\n", v.Name)
				}
				return plainFault(err)
			})
		},
	}
	addIdentity(cmd, &identity)
	return cmd
}

func backupKeygenCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "keygen", Short: "Genera la identidad que abre los respaldos y su llave pública", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			pair, err := backup.NewKeyPair()
			if err != nil {
				return err
			}
			text := "# public key: " + pair.Recipient + "\n" + pair.Identity + "\n"
			if out == "" {
				fmt.Fprintf(c.OutOrStdout(), "BACKUP_AGE_RECIPIENT=%s\n\n%s", pair.Recipient, text)
				_, err = fmt.Fprintln(c.ErrOrStderr(), "Guarde la identidad (AGE-SECRET-KEY-1…) fuera de este servidor: sin ella nadie abre los respaldos, y con ella cualquiera.")
				return err
			}
			if err := writeNew(out, text); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "BACKUP_AGE_RECIPIENT=%s\n", pair.Recipient)
			return err
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "`archivo` nuevo para la identidad, en lugar de mostrarla")
	return cmd
}

// writeNew writes a secret to a file that did not exist.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o400) //nolint:gosec // the operator names the file
	if err != nil {
		return faultf("No se pudo crear %s. Elija un archivo que no exista, en una carpeta donde pueda escribir.", path)
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

func addIdentity(cmd *cobra.Command, into *string) {
	cmd.Flags().StringVar(into, "identity", "", "`archivo` con la identidad de age que abre los respaldos; sin él, BACKUP_AGE_IDENTITY_FILE")
}

// readIdentity puts the contents of an identity file into the configuration.
func readIdentity(cfg *config.Config, path string) error {
	if path == "" {
		return nil
	}
	raw, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return faultf("No se puede leer el archivo de --identity. Revise la ruta y sus permisos.")
	}
	cfg.Backup.Identity = string(raw)
	return nil
}

// withBackups runs work with what the whole configuration describes.
func withBackups(c *cobra.Command, identity string, work func(*environment, *backup.Service) error) error {
	e, err := prepare(c.Context())
	if err != nil {
		return err
	}
	defer e.close()
	if err := readIdentity(e.cfg, identity); err != nil {
		return err
	}
	keys, err := ring(e.cfg)
	if err != nil {
		return err
	}
	return work(e, backups(c, e.cfg, ownerURL(e.cfg), keys))
}

// loadConfig is the configuration of a command that also works where not all of
// it is at hand; what is wrong about the copies themselves stops it.
func loadConfig() (*config.Config, error) {
	cfg := config.Load()
	cfg.AdoptDevelopment()
	var wrong []string
	for _, f := range cfg.Faults() {
		if f.Fatal && strings.HasPrefix(f.Name, "BACKUP_") {
			wrong = append(wrong, f.String())
		}
	}
	if len(wrong) > 0 {
		return nil, faultf("No se puede empezar:\n%s", strings.Join(wrong, "\n"))
	}
	return cfg, nil
}

func backups(c *cobra.Command, cfg *config.Config, address string, keys *vault.Keyring) *backup.Service {
	return backup.New(backup.Options{
		Config: cfg.Backup, DatabaseURL: address, DataDir: cfg.DataDir, BinDir: cfg.PostgresBinDir,
		Keys: keys, Version: version, Clock: clock.System(), Out: c.OutOrStdout(),
	})
}

// ownerURL connects directly, as whoever owns the database.
func ownerURL(cfg *config.Config) string {
	switch {
	case cfg.MigrationDatabaseURL != "":
		return cfg.MigrationDatabaseURL
	case cfg.DatabasePooler == "transaction" && cfg.DatabaseDirectURL != "":
		return cfg.DatabaseDirectURL
	}
	return cfg.DatabaseURL
}

// ring reads the master keys; nil where there are none.
func ring(cfg *config.Config) (*vault.Keyring, error) {
	keys, err := vault.ParseKeys(cfg.MedicalEncryptionKey)
	if errors.Is(err, vault.ErrNoMaster) {
		return nil, nil
	}
	return keys, err
}

func named(args []string) string {
	if len(args) == 0 {
		return backup.LatestName
	}
	return args[0]
}

// plainFault turns an error of backup into one for the terminal.
func plainFault(err error) error {
	if e, ok := errors.AsType[*backup.Error](err); ok {
		return fault{e.Text}
	}
	if errors.Is(err, context.Canceled) {
		return faultf("Se interrumpió. No quedó nada a medias.")
	}
	return err
}

// size is a number of bytes for people.
func size(n int64) string {
	const step = 1000
	value, units := float64(n), []string{"bytes", "kB", "MB", "GB", "TB"}
	for i, unit := range units {
		if value < step || i == len(units)-1 {
			if i == 0 {
				return fmt.Sprintf("%d %s", n, unit)
			}
			return fmt.Sprintf("%.1f %s", value, unit)
		}
		value /= step
	}
	return ""
}
