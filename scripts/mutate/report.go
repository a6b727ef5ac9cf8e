package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// equivalentText lists mutants that decide nothing otherwise, each with the reason:
// name, tab, reason.
//
//go:embed equivalent.tsv
var equivalentText string

// needed is the share of mutants that must be killed.
const needed = 0.95

// report prints the figures of each subject and what survived, and fails below what
// is needed.
func report(out io.Writer, mutants []*mutant, chosen []subject) error {
	reasons := equivalents()
	var short []string
	for _, s := range chosen {
		var all, dead, same int
		for _, m := range mutants {
			_, equal := reasons[m.name]
			switch {
			case !s.has(m.file):
				continue
			case m.fate == killed:
				dead++
			case equal:
				same++
			default:
				fmt.Fprintf(out, "%s %s:%d %s\n", m.fate, m.file, m.line, m.name)
			}
			all++
		}
		share := float64(dead) / float64(max(all-same, 1))
		fmt.Fprintf(out, "%-12s %4d mutants, %4d killed, %3d equivalent, %3d left: %.1f %%\n", s.name, all, dead, same, all-dead-same, 100*share)
		if share < needed {
			short = append(short, s.name)
		}
	}
	if len(short) > 0 {
		return fmt.Errorf("fewer than %.0f %% killed in %s", 100*needed, strings.Join(short, ", "))
	}
	return nil
}

func equivalents() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(equivalentText) {
		if name, reason, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			all[name] = reason
		}
	}
	return all
}
