package main

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// The person at the terminal reads Spanish in every help, also in the words
// that the library writes by itself.
func TestHelpIsSpanish(t *testing.T) {
	english := regexp.MustCompile(`(?i)\b(usage|available|flags?|command|help for|use|examples?|global|string|the)\b`)
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		var said bytes.Buffer
		c.SetOut(&said)
		require.NoError(t, c.Help())
		require.NotRegexp(t, english, said.String(), c.CommandPath())
		require.NotEmpty(t, c.Short, c.CommandPath())
		for _, below := range c.Commands() {
			each(below)
		}
	}
	each(rootCommand())
}
