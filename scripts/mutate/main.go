// Mutate proves that the tests of the packages that decide would notice a wrong
// decision. It changes one thing at a time (a comparison, a condition, a line that
// is left out, a role in the table, a condition of an SQL text) and asks the tests;
// a change that no test notices is a survivor.
//
// The usual tools build and test a package anew for each change. Here decisions are
// proved over HTTP against PostgreSQL, in package api, which would take days. So all
// changes are compiled in at once, behind a number that one variable of the
// environment names, and each is asked only of the tests that reach it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	var o options
	flag.StringVar(&o.subject, "subject", "", "only these subjects, with commas (by default all)")
	flag.StringVar(&o.out, "out", filepath.Join("tmp", "mutants.tsv"), "where each mutant's fate is written")
	flag.StringVar(&o.from, "from", "", "fates of an earlier run: what was killed there is not asked again")
	flag.StringVar(&o.tests, "tests", "", "only the tests of these packages, with commas")
	flag.IntVar(&o.workers, "workers", 1, "how many test programs run at a time")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

type options struct {
	subject, out, from, tests string
	workers                   int
}

func run(o options) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	chosen, err := chosenSubjects(o.subject, o.tests)
	if err != nil {
		return err
	}
	mutants, edited, err := findMutants(root, chosen)
	if err != nil {
		return err
	}
	bench, err := newBench(root, work, edited, o.workers)
	if err != nil {
		return err
	}
	if err := bench.build(chosen); err != nil {
		return err
	}
	if err := judgeAll(bench, mutants, chosen, o); err != nil {
		return err
	}
	return report(os.Stdout, mutants, chosen)
}
