package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"historias/cmd/historias/checkup"
	"historias/internal/app"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/connection"
	"historias/internal/errs"
	"historias/internal/whatsapp"
)

func whatsappCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "whatsapp", Short: "Conexión con WhatsApp"}
	template := &cobra.Command{Use: "template", Short: "Plantilla con la que se solicita el consentimiento"}
	template.AddCommand(templateCreateCommand(), templateSyncCommand())
	cmd.AddCommand(diagnosisCommand(), template)
	return cmd
}

func diagnosisCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "diagnosis", Short: "Pregunta a Meta por todo y dice qué falta", Args: cobra.NoArgs,
		Long: "Pregunta a Meta por la cuenta, el número, su calidad y su tope, la clave de acceso y sus permisos, la plantilla y su texto, y el\n" +
			"webhook, y compara todo con lo que este programa necesita: ✓ está bien, ! funciona y conviene revisarlo, ✗ falta. Termina con 1\n" +
			"si algo falta. No muestra claves; de los identificadores, las últimas cuatro cifras.",
		RunE: func(c *cobra.Command, _ []string) error {
			return withApp(c.Context(), func(a *app.App) error { return diagnose(c.Context(), c.OutOrStdout(), a, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "lo dice en JSON")
	return cmd
}

func diagnose(ctx context.Context, w io.Writer, a *app.App, asJSON bool) error {
	report, err := a.Connection.Diagnose(ctx)
	if err != nil {
		return metaFault(err)
	}
	if asJSON {
		err = printReport(w, report)
	} else {
		err = checkup.Print(w, whatsappFindings(report), report.Worst() != connection.Fail, false)
	}
	if err == nil && report.Worst() == connection.Fail {
		return faultf("Hay faltas: las líneas con ✗ dicen qué hacer.")
	}
	return err
}

func printReport(w io.Writer, report connection.Report) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		OK bool `json:"ok"`
		connection.Report
	}{report.Worst() != connection.Fail, report})
}

// whatsappFindings are the lines of a report, as every check prints them.
func whatsappFindings(report connection.Report) []checkup.Finding {
	marks := map[connection.Level]checkup.Mark{connection.OK: checkup.Good, connection.Warn: checkup.Doubt, connection.Fail: checkup.Bad}
	all := make([]checkup.Finding, 0, len(report.Findings))
	for _, f := range report.Findings {
		all = append(all, checkup.Finding{Mark: marks[f.Level], Subject: "WhatsApp", Text: f.Text, Do: f.Advice})
	}
	return all
}

// lookAtWhatsApp is how «historias check» looks at the account, without a
// database.
func lookAtWhatsApp(ctx context.Context, c *config.Config) []checkup.Finding {
	n, err := app.MetaNumber(c)
	if err != nil {
		return []checkup.Finding{{Mark: checkup.Bad, Subject: "WhatsApp", Text: "las variables META_ no se entienden", Do: "compárelas con .env.example"}}
	}
	if n == nil {
		return nil
	}
	return whatsappFindings(connection.Inspect(ctx, n, clock.System()))
}

func templateCreateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "create", Short: "La entrega a Meta para su aprobación, o corrige su texto", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withApp(c.Context(), func(a *app.App) error {
				done, err := a.Connection.Submit(c.Context())
				if err != nil {
					return metaFault(err)
				}
				_, err = fmt.Fprintln(c.OutOrStdout(), submitted[done])
				return err
			})
		},
	}
}

// submitted says what became of handing the template in.
var submitted = map[connection.Submission]string{
	connection.Created:   "La plantilla se entregó a Meta, que tarda hasta un día en revisarla. Las solicitudes de consentimiento esperan hasta entonces y salen solas.",
	connection.Corrected: "El texto de la plantilla se sustituyó por el de este sistema y Meta lo revisa de nuevo, hasta por un día. Las solicitudes esperan hasta entonces.",
	connection.Unchanged: "La plantilla ya está en la cuenta con el texto de este sistema. No se cambió nada.",
}

func templateSyncCommand() *cobra.Command {
	return &cobra.Command{
		Use: "sync", Short: "Pregunta a Meta por su estado y lo guarda", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withApp(c.Context(), func(a *app.App) error {
				t, err := a.Connection.Sync(c.Context())
				if err != nil {
					return metaFault(err)
				}
				return printTemplate(c.OutOrStdout(), t)
			})
		},
	}
}

func printTemplate(w io.Writer, t connection.Template) error {
	if t.Status == whatsapp.TemplateAbsent {
		return faultf("La plantilla %s (%s) no existe en la cuenta. Créela con «historias whatsapp template create».", t.Name, t.Language)
	}
	if _, err := fmt.Fprintf(w, "%s (%s): %s\n", t.Name, t.Language, t.StatusWords()); err != nil {
		return err
	}
	if !t.Faithful {
		return faultf("Su texto no es el que este sistema guarda como prueba: las solicitudes esperan. Sustitúyalo con «historias whatsapp template create».")
	}
	return nil
}

// metaFault says in Spanish why Meta did not do what was asked.
func metaFault(err error) error {
	if known, ok := errs.As(err); ok {
		return faultf("%s", known.Message)
	}
	if errors.Is(err, whatsapp.ErrNoAccount) {
		return faultf("Falta META_WHATSAPP_BUSINESS_ID, el identificador de la cuenta de WhatsApp.")
	}
	var refused *whatsapp.SendError
	if errors.As(err, &refused) {
		f := connection.Trouble("la plantilla", refused)
		return faultf("%s %s", f.Text, f.Advice)
	}
	return err
}
