// Command historias is the whole program: the server and everything an operator
// does. It ends with 0 when all is well, 1 for a fault said in plain Spanish
// with what to do, and 2 for wrong use.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // offices have IANA zones, and a bare machine has no tables

	"github.com/spf13/cobra"

	"historias/cmd/historias/checkup"
)

// version is set when a release is built.
var version = checkup.Untagged

const (
	exitFault = 1
	exitUsage = 2
)

// fault is an error meant for the person at the terminal, in Spanish.
type fault struct{ text string }

func (f fault) Error() string { return f.text }

func faultf(format string, args ...any) error { return fault{fmt.Sprintf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := execute(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

func execute(ctx context.Context, args []string) int {
	root := rootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	var f fault
	if errors.As(err, &f) || started {
		fmt.Fprintln(os.Stderr, explain(err))
		return exitFault
	}
	fmt.Fprintln(os.Stderr, misused(err))
	return exitUsage
}

// started says that the words of the command were understood, so that what
// fails later is a fault and not wrong use.
var started bool

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use: "historias", Short: "Expediente clínico electrónico",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			started = true
			return takeFile()
		},
	}
	root.PersistentFlags().StringVar(&given.path, "env-file", "", "`archivo` de variables; lo que ya está en el entorno manda")
	root.AddCommand(
		serveCommand(), workerCommand(), runCommand(), migrateCommand(), checkCommand(), healthCommand(),
		demoCommand(), keysCommand(), auditCommand(), backupCommand(), whatsappCommand(), versionCommand(),
	)
	root.CompletionOptions.DisableDefaultCmd = true
	inSpanish(root)
	return root
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Muestra la versión", Args: cobra.NoArgs,
		Run: func(c *cobra.Command, _ []string) { fmt.Fprintln(c.OutOrStdout(), "historias", version) },
	}
}
