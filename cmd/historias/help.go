package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// usage is cobra's template with Spanish words; what cobra lists by itself (help,
// completion) is left out of it.
const usage = `Uso:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [orden]

Órdenes:{{range .Commands}}{{if and .IsAvailableCommand (ne .Name "help")}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Opciones:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Opciones de todas las órdenes:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

«{{.CommandPath}} [orden] --help» explica una orden.{{end}}
`

// inSpanish makes the help of root and of every command below it Spanish.
func inSpanish(root *cobra.Command) {
	root.SetUsageTemplate(usage)
	root.DisableSuggestions = true // they are English
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		if c.Name() == "help" {
			c.Short, c.Long, c.Use = "Explica una orden", "Explica una orden.", "help [orden]"
		}
	}
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		c.Flags().BoolP("help", "h", false, "muestra esta ayuda")
		c.DisableFlagsInUseLine = true
		for _, below := range c.Commands() {
			each(below)
		}
	}
	each(root)
}

// misused explains what was not understood; cobra's own words say which.
func misused(err error) string {
	return fmt.Sprintf("La orden no se entiende (%s). «historias --help» muestra las que hay.", err)
}
